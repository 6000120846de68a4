package io.github.matrixsync.testkit.internal.server;

import java.util.ArrayList;
import java.util.List;

/** Formats what was expected and what was seen side by side, with a mark at the first difference. Pure. */
public final class Comparison {
  private static final String NOTHING = "(nothing)";

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
    rows.add(new Row("", "expected", "seen", ""));
    for (int i = 0; i < Math.max(expected.size(), seen.size()); i++) {
      rows.add(new Row(
          i == firstDifference ? ">" : "",
          i < expected.size() ? expected.get(i) : NOTHING,
          i < seen.size() ? EventText.summary(seen.get(i).event()) : NOTHING,
          i < seen.size() ? about(seen.get(i)) : ""));
    }
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
