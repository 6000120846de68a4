package io.github.matrixsync.visibility;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Counts which cells of the tables random histories cover, and compares the oracle with the written tables. Confined to
 * one thread.
 */
final class CellCoverage {
  private final Map<Cell, String> written = new HashMap<>();
  private final Map<Cell, Long> byCell = new LinkedHashMap<>();
  private final Map<String, Long> others = new TreeMap<>();
  private long comparisons;

  CellCoverage(Cells cells) {
    cells.all().forEach(cell -> {
      byCell.put(cell, 0L);
      written.put(cell, cells.letter(cell));
    });
    OtherCases.all().forEach(kind -> others.put(kind, 0L));
  }

  void compared() {
    comparisons++;
  }

  long comparisons() {
    return comparisons;
  }

  /** Returns the cells and kinds that no history covered. */
  List<String> missed() {
    List<String> missed = new ArrayList<>();
    byCell.forEach((cell, coverage) -> addIfNone(missed, cell.toString(), coverage));
    others.forEach((kind, coverage) -> addIfNone(missed, kind, coverage));
    return missed;
  }

  private static void addIfNone(List<String> missed, String name, long coverage) {
    if (coverage == 0) {
      missed.add(name);
    }
  }

  /** Returns how many cells there are, and how often the rarest and all of them were hit. */
  String summary() {
    Map<String, long[]> tables = new LinkedHashMap<>();
    byCell.forEach((cell, coverage) -> {
      long[] sums =
          tables.computeIfAbsent(cell.table(), table -> new long[] {0, Long.MAX_VALUE, 0});
      sums[0]++;
      sums[1] = Math.min(sums[1], coverage);
      sums[2] += coverage;
    });
    StringBuilder text = new StringBuilder();
    tables.forEach(
        (table, sums) -> text.append("  %s: %d cells, the rarest hit %d times, all %d times%n"
            .formatted(table, sums[0], sums[1], sums[2])));
    return text.append("  ").append(others).toString();
  }

  /** Counts the kinds besides the cells. */
  void countOthers(Chronicle chronicle, long now) {
    for (Fact fact : chronicle.known()) {
      OtherCases.redactionsBy(chronicle, fact, now).forEach(this::countOther);
    }
    for (String viewer : RandomHistory.VIEWERS) {
      for (String room : RandomHistory.ROOMS) {
        countOther(OtherCases.wayOf(chronicle, viewer, room, now));
      }
    }
  }

  private void countOther(String kind) {
    others.merge(kind, 1L, Long::sum);
  }

  /** Counts the cell that decides about an event for a viewer, if one does, and checks its letter. */
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
          cell + " is written " + expected + ", the oracle has " + letter + " of " + fact);
    }
  }

  /** Returns {@code A}, {@code P} or {@code -}; empty if a redaction makes the first two look alike. */
  private static Optional<String> letter(Chronicle chronicle, Fact fact, String shown) {
    if (shown.equals(SpecOracle.HIDDEN)) {
      return Optional.of("-");
    }
    return chronicle.redaction(fact).isPresent()
        ? Optional.empty()
        : Optional.of(shown.contains("beside-" + fact.id()) ? "A" : "P");
  }

  /**
   * A poll for one room by a viewer who need not be in it.
   *
   * @param after the place after which it begins
   * @param shown the events, by the oracle; empty if the room may not be read
   */
  record Peek(String viewer, String room, long after, Optional<List<String>> shown) {}

  /** Counts the cells that decide about the events of a world readable room for a viewer who peeks. */
  void countPeek(Chronicle chronicle, Peek peek, long now) {
    String room = peek.room();
    if (!chronicle.visibility(room, now).equals("world_readable")) {
      return;
    }
    for (Fact fact : chronicle.facts()) {
      if (fact.room().equals(room) && fact.place() > peek.after()) {
        boolean shown =
            peek.shown().orElseThrow().stream().anyMatch(line -> line.startsWith(fact.id() + " "));
        new Classified(chronicle, peek.viewer(), fact, now)
            .peekCell()
            .ifPresent(cell -> hit(cell, fact, Optional.of(shown ? "A" : "-")));
      }
    }
  }
}
