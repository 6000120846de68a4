package io.github.matrixsync.store.postgres.torture;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a run did and found. Confined to one thread. */
final class TortureReport {
  private final Map<String, Object> totals = new LinkedHashMap<>();
  private final Map<Faults.Kind, Integer> faults;
  private final Collection<String> mismatches;
  private long events;
  private long lost;
  private long contradictions;

  TortureReport(Map<Faults.Kind, Integer> faults, Collection<String> mismatches) {
    this.faults = Map.copyOf(faults);
    this.mismatches = mismatches;
    faults.forEach((kind, count) -> totals.put(kind.name(), count));
  }

  /** Counts what is in the archive. */
  void archive(Server server) throws SQLException {
    events = server.number("SELECT count(*) FROM torture.archive");
    totals.put("events", events);
    totals.put("outliers", server.number("SELECT count(*) FROM torture.archive WHERE kind = 1"));
    totals.put("backfill", server.number("SELECT count(*) FROM torture.archive WHERE kind = 2"));
    totals.put(
        "redactions",
        server.number("SELECT count(*) FROM torture.archive WHERE redacts IS NOT NULL"));
    totals.put(
        "member events",
        server.number("SELECT count(*) FROM torture.archive WHERE membership IS NOT NULL"));
    totals.put("purged", server.number("SELECT count(*) FROM matrix_sync.purged_event"));
  }

  /** Compares what the readers got. */
  void readers(Archive archive, List<Reader> readers) throws IOException {
    for (Reader reader : readers) {
      ReaderCheck check = ReaderCheck.of(archive, reader);
      totals.put(
          "reader " + reader.file().getFileName() + " of " + reader.interest(),
          check.events() + " events, " + check.lost() + " lost, " + check.wrong() + " wrong, "
              + check.expired() + " times expired, " + reader.pages() + " pages, " + reader.hops()
              + " from the other node, age " + check.age() + " ms");
      lost += check.lost();
      contradictions += check.wrong();
    }
  }

  /** Notes what contradicts in the tables. */
  void tables(Map<String, Long> found) {
    totals.putAll(found);
    contradictions += found.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Returns how many faults there were of each kind. */
  Map<Faults.Kind, Integer> faults() {
    return faults;
  }

  /** Returns how many events were stored. */
  long events() {
    return events;
  }

  /** Returns how many events readers lost. */
  long lost() {
    return lost;
  }

  /** Returns how many rows and reads contradict what they should be. */
  long contradictions() {
    return contradictions;
  }

  /** Returns whether nothing is wrong. */
  boolean isClean() {
    return mismatches.isEmpty() && lost == 0 && contradictions == 0;
  }

  /** Returns what processes and readers saw while they ran. */
  List<String> mismatches() {
    return List.copyOf(mismatches);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    totals.forEach((name, value) -> text.append("%-70s %s%n".formatted(name, value)));
    mismatches.forEach(mismatch -> text.append("MISMATCH ").append(mismatch).append('\n'));
    return text.toString();
  }
}
