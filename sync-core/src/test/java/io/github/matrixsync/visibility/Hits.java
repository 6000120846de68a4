package io.github.matrixsync.visibility;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Counts which cells of the tables random histories come by, and holds what the sentences say against what is written
 * there. Confined to one thread.
 */
final class Hits {
  private final Map<Cell, String> written = new HashMap<>();
  private final Map<Cell, Long> byCell = new LinkedHashMap<>();
  private final Map<String, Long> others = new TreeMap<>();
  private long comparisons;

  Hits(Cells cells) {
    cells.all().forEach(cell -> {
      byCell.put(cell, 0L);
      written.put(cell, cells.letter(cell));
    });
    Other.all().forEach(kind -> others.put(kind, 0L));
  }

  void compared() {
    comparisons++;
  }

  long comparisons() {
    return comparisons;
  }

  /** Returns the cells and kinds that no history came by. */
  List<String> missed() {
    List<String> missed = new ArrayList<>();
    byCell.forEach((cell, hits) -> addIfNone(missed, cell.toString(), hits));
    others.forEach((kind, hits) -> addIfNone(missed, kind, hits));
    return missed;
  }

  private static void addIfNone(List<String> missed, String name, long hits) {
    if (hits == 0) {
      missed.add(name);
    }
  }

  /** Returns how many cells there are, and how often the rarest and all of them were hit. */
  String summary() {
    Map<String, long[]> tables = new LinkedHashMap<>();
    byCell.forEach((cell, hits) -> {
      long[] sums =
          tables.computeIfAbsent(cell.table(), table -> new long[] {0, Long.MAX_VALUE, 0});
      sums[0]++;
      sums[1] = Math.min(sums[1], hits);
      sums[2] += hits;
    });
    StringBuilder text = new StringBuilder();
    tables.forEach(
        (table, sums) -> text.append("  %s: %d cells, the rarest hit %d times, all %d times%n"
            .formatted(table, sums[0], sums[1], sums[2])));
    return text.append("  ").append(others).toString();
  }

  /** Counts what there is besides the cells. */
  void countOthers(Chronicle chronicle, long now) {
    for (Fact fact : chronicle.known()) {
      Other.redactionsBy(chronicle, fact, now).forEach(this::countOther);
    }
    for (String viewer : RandomHistory.VIEWERS) {
      for (String room : RandomHistory.ROOMS) {
        countOther(Other.wayOf(chronicle, viewer, room, now));
      }
    }
  }

  private void countOther(String kind) {
    others.merge(kind, 1L, Long::sum);
  }

  /** Counts the cell that decides about an event for a viewer, if one does, and checks that it says the same. */
  void count(Chronicle chronicle, String viewer, Fact fact, long now, String shown) {
    Optional<Cell> cell = new Classified(chronicle, viewer, fact, now).cell();
    cell.ifPresent(found -> hit(found, fact, letter(chronicle, fact, shown)));
  }

  private void hit(Cell cell, Fact fact, Optional<String> letter) {
    String expected = written.get(cell);
    if (expected == null) {
      throw new AssertionError("no such cell: " + cell);
    }
    byCell.merge(cell, 1L, Long::sum);
    if (!letter.orElse(expected).equals(expected)) {
      throw new AssertionError(
          cell + " is written " + expected + ", the sentences say " + letter + " of " + fact);
    }
  }

  /** Returns {@code A}, {@code P} or {@code -}; empty if a redaction makes the first two look alike. */
  private static Optional<String> letter(Chronicle chronicle, Fact fact, String shown) {
    if (shown.equals(Sentences.HIDDEN)) {
      return Optional.of("-");
    }
    return chronicle.redaction(fact).isPresent()
        ? Optional.empty()
        : Optional.of(shown.contains("beside-" + fact.id()) ? "A" : "P");
  }

  /** Counts the cells that decide about the events of a room that everybody may read, for one who only peeks. */
  void countPeek(
      Chronicle chronicle,
      String viewer,
      String room,
      long after,
      long now,
      Optional<List<String>> peek) {
    if (!chronicle.visibility(room, now).equals("world_readable")) {
      return;
    }
    for (Fact fact : chronicle.facts()) {
      if (fact.room().equals(room) && fact.place() > after) {
        boolean shown =
            peek.orElseThrow().stream().anyMatch(line -> line.startsWith(fact.id() + " "));
        new Classified(chronicle, viewer, fact, now)
            .peekCell()
            .ifPresent(cell -> hit(cell, fact, Optional.of(shown ? "A" : "-")));
      }
    }
  }
}
