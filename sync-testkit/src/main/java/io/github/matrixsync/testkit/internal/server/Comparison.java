package io.github.matrixsync.testkit.internal.server;

import java.util.ArrayList;
import java.util.List;

/** Formats what was expected and what was seen side by side, with a mark at the first difference. Pure. */
public final class Comparison {
  private static final String NOTHING = "(nothing)";
  private static final String MARK = ">";

  private record Row(String mark, String expected, String seen, String about) {}

  private Comparison() {}

  /**
   * Returns the two lists as columns.
   *
   * @param heading the first line, which says what is wrong
   * @param expected what was expected, in words
   * @param seen what was seen
   * @param firstDifference the index of the first row that is marked
   */
  public static String of(
      String heading, List<String> expected, List<Sighting> seen, int firstDifference) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < Math.max(expected.size(), seen.size()); i++) {
      String wanted = i < expected.size() ? expected.get(i) : NOTHING;
      boolean differs = i == firstDifference;
      rows.add(i < seen.size() ? row(differs, wanted, seen.get(i)) : missing(differs, wanted));
    }
    return picture(heading, rows);
  }

  /**
   * Returns what was seen, beside it what was expected of it, and then what was expected and not seen.
   *
   * @param found the indexes of those that were expected, in the order of {@code expected}, whose rest is missing
   */
  public static String ofSome(
      String heading, List<String> expected, List<Sighting> seen, List<Integer> found) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < seen.size(); i++) {
      int place = found.indexOf(i);
      rows.add(row(false, place < 0 ? "" : expected.get(place), seen.get(i)));
    }
    for (int i = found.size(); i < expected.size(); i++) {
      rows.add(missing(i == found.size(), expected.get(i)));
    }
    return picture(heading, rows);
  }

  /** Returns a row with an entry, whose text is not cut if it is not what was expected. */
  private static Row row(boolean differs, String expected, Sighting seen) {
    String text = differs ? EventText.whole(seen.event()) : EventText.summary(seen.event());
    return new Row(differs ? MARK : "", expected, text, about(seen));
  }

  private static Row missing(boolean isMarked, String expected) {
    return new Row(isMarked ? MARK : "", expected, NOTHING, "");
  }

  private static String picture(String heading, List<Row> entries) {
    List<Row> rows = new ArrayList<>(entries);
    rows.add(0, new Row("", "expected", "seen", ""));
    int left = rows.stream().mapToInt(row -> row.expected().length()).max().orElse(0);
    int right = rows.stream().mapToInt(row -> row.seen().length()).max().orElse(0);
    StringBuilder picture = new StringBuilder(heading).append('\n');
    for (Row row : rows) {
      String line = pad(row.mark(), 2)
          + pad(row.expected(), left + 2)
          + pad(row.seen(), right + 2)
          + row.about();
      picture.append(line.stripTrailing()).append('\n');
    }
    return picture.toString();
  }

  /** Returns the time, the event id, the sender and the room of a sighting. */
  private static String about(Sighting sighting) {
    List<String> parts = new ArrayList<>();
    parts.add(sighting.at().toString());
    sighting.event().id().ifPresent(id -> parts.add(id.value()));
    sighting.event().sender().ifPresent(sender -> parts.add(sender.value()));
    sighting.event().room().ifPresent(room -> parts.add(room.value()));
    return String.join(" ", parts);
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }
}
