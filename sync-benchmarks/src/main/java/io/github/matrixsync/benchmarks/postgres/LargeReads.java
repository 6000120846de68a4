package io.github.matrixsync.benchmarks.postgres;

import io.github.matrixsync.benchmarks.table.Amount;
import io.github.matrixsync.benchmarks.table.Interleaved;
import io.github.matrixsync.benchmarks.table.Row;
import io.github.matrixsync.benchmarks.table.Size;
import io.github.matrixsync.event.HistoryVisibility;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.model.Append;
import io.github.matrixsync.store.model.Interest;
import io.github.matrixsync.store.model.LogPage;
import io.github.matrixsync.store.model.Range;
import io.github.matrixsync.store.model.Ranges;
import io.github.matrixsync.store.model.StoredEvent;
import io.github.matrixsync.store.postgres.PostgresEventStore;
import io.github.matrixsync.store.postgres.PostgresStore;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** Reads of a large history, its size, a node's start on it, appends to it, and its purge. */
final class LargeReads implements StoreLoad {
  private static final UserId USER = UserId.parse("@u0:large");
  private static final int LIMIT = 20;
  private static final int PAGE = 10_000;
  private static final int BATCH = 100;

  private final long full;

  /**
   * Makes the benchmark.
   *
   * @param full how many events there are at full size
   */
  LargeReads(long full) {
    this.full = full;
  }

  @Override
  public String name() {
    return "large";
  }

  @Override
  public List<Row> rows(PostgresServer server, Size size) throws Exception {
    String schema = server.newSchema();
    long events = size == Size.FULL ? full : size.of(20_000, 200_000, 0);
    long rooms = events / 100;
    int joined = (int) Math.min(1_000, rooms);
    List<Row> rows = new ArrayList<>();
    fill(server, schema, script(schema, rooms, joined, events));
    server.execute("VACUUM ANALYZE");
    rows.add(bytes(server, schema, events));
    rows.add(coldStart(server, schema));
    try (PostgresStore store = server.open(schema)) {
      rows.addAll(reads(server, schema, store.events(), size));
      rows.addAll(appends(store.events(), rooms, size));
      rows.add(purge(store.events()));
    }
    server.execute("DROP SCHEMA " + schema + " CASCADE");
    return rows;
  }

  /** Fills the tables. Indexes that are not primary keys are dropped before and created afterwards. */
  private static void fill(PostgresServer server, String schema, String script)
      throws SQLException {
    String indexes = "FROM pg_indexes WHERE schemaname = '" + schema
        + "' AND tablename IN ('event', 'state_entry', 'member') AND indexname NOT LIKE '%_pkey'";
    String make = server.text("SELECT string_agg(indexdef, ';') " + indexes);
    String drop = "SELECT string_agg('DROP INDEX ' || schemaname || '.' || indexname, ';') ";
    server.execute(server.text(drop + indexes));
    server.execute(script);
    server.execute("SET maintenance_work_mem = '512MB'; " + make + "; RESET maintenance_work_mem");
  }

  private static String script(String schema, long rooms, int joined, long events)
      throws Exception {
    String file = "/io/github/matrixsync/store/postgres/large_history.sql";
    try (InputStream in = Objects.requireNonNull(LargeReads.class.getResourceAsStream(file))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .replace("${schema}", schema)
          .replace("${rooms}", Long.toString(rooms))
          .replace("${users}", Long.toString(Math.max(100, rooms)))
          .replace("${members}", "40")
          .replace("${joined}", Integer.toString(joined))
          .replace("${events}", Long.toString(events));
    }
  }

  private static Row bytes(PostgresServer server, String schema, long events) throws SQLException {
    long size = server.number(
        "SELECT sum(pg_total_relation_size(oid)) FROM pg_class WHERE relkind = 'r' AND"
            + " relnamespace = '" + schema + "'::regnamespace");
    return Row.of(
            "bytes an event, state and members included, indexes newly made, " + events + " events",
            Amount.bytes((double) size / events))
        .atMost(Amount.bytes(1_100));
  }

  /** Times a node from its start to the first answer, with a server whose caches are warm. */
  private static Row coldStart(PostgresServer server, String schema) {
    long took = Interleaved.time(() -> {
      try (PostgresStore store = server.open(schema)) {
        PostgresEventStore events = store.events();
        long head = events.watermark();
        List<RoomId> rooms = List.copyOf(events.memberships(USER, head).keySet());
        events.latest(visible(rooms.subList(0, Math.min(10, rooms.size())), head), LIMIT);
      }
    });
    return Row.of("a node's start to its first answer", Amount.nanos(took))
        .atMost(Amount.millis(2_000));
  }

  private static List<Row> reads(
      PostgresServer server, String schema, PostgresEventStore events, Size size) throws Exception {
    int warmups = size.of(0, 2, 5);
    int rounds = size.of(1, 5, 9);
    long head = events.watermark();
    List<RoomId> rooms = List.copyOf(events.memberships(USER, head).keySet());
    List<Long> snapshot = snapshot(events, rooms, head);
    List<Long> newest = positions(events.latest(visible(rooms, head), LIMIT).values());
    List<Row> rows = new ArrayList<>();
    rows.add(Row.of(
            "initialSync of " + rooms.size() + " rooms, the events' part (" + snapshot.size()
                + " events); floor: the same events by primary key",
            Interleaved.of(
                warmups,
                rounds,
                () -> Interleaved.time(() -> snapshot(events, rooms, head)),
                () -> byKey(server, schema, snapshot)))
        .atMostTimesFloor(2));
    double[] latest = new double[rounds];
    for (int i = 0; i < rounds; i++) {
      latest[i] = Interleaved.time(() -> events.latest(visible(rooms, head), LIMIT))
          / (double) newest.size();
    }
    rows.add(Row.of(
            "the newest 20 of " + rooms.size() + " rooms, a message",
            Amount.nanos(Interleaved.median(latest)))
        .atMost(Amount.nanos(25_000)));
    RoomId one = rooms.get(0);
    rows.add(time(
            "newest of a room left 90 % ago",
            rounds, () -> events.latest(Map.of(one, ranges(0, head / 10)), LIMIT))
        .atMost(Amount.millis(20)));
    rows.add(time(
            "newest of a room joined 3 events ago",
            rounds,
            () -> events.latest(Map.of(one, ranges(head - 3 * (head / 100), head)), LIMIT))
        .atMost(Amount.millis(20)));
    rows.add(catchUp(events, head));
    return rows;
  }

  private static Row.Measured time(String question, int rounds, Runnable read) {
    double[] times = new double[rounds];
    read.run();
    for (int i = 0; i < rounds; i++) {
      times[i] = Interleaved.time(read);
    }
    return Row.of(question, Amount.nanos(Interleaved.median(times)));
  }

  /** Reads what the events' part of an initialSync needs. Returns the positions of all its events. */
  private static List<Long> snapshot(PostgresEventStore events, List<RoomId> rooms, long head) {
    Map<RoomId, Long> at = new HashMap<>();
    rooms.forEach(room -> at.put(room, head));
    events.memberships(USER, head);
    events.timelines(USER, rooms, head);
    events.joinedMembers(rooms, head);
    List<Long> found = positions(events.latest(visible(rooms, head), LIMIT).values());
    found.addAll(positions(events.state(at).values()));
    return found;
  }

  private static List<Long> positions(Iterable<List<StoredEvent>> lists) {
    List<Long> positions = new ArrayList<>();
    lists.forEach(list -> list.forEach(event -> positions.add(event.position())));
    return positions;
  }

  private static long byKey(PostgresServer server, String schema, List<Long> positions)
      throws SQLException {
    long start = System.nanoTime();
    try (Connection connection = server.dataSource().getConnection();
        PreparedStatement statement =
            connection.prepareStatement("SELECT e.* FROM unnest(?) p (position) JOIN " + schema
                + ".event e ON e.position = p.position")) {
      statement.setArray(1, connection.createArrayOf("int8", positions.toArray()));
      int rows = 0;
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          row.getString("id");
          row.getBytes("json");
          rows++;
        }
      }
      if (rows != positions.size()) {
        throw new IllegalStateException(rows + " events of " + positions.size());
      }
    }
    return System.nanoTime() - start;
  }

  private static Map<RoomId, Ranges> visible(List<RoomId> rooms, long head) {
    Map<RoomId, Ranges> visible = new HashMap<>();
    rooms.forEach(room -> visible.put(room, ranges(0, head)));
    return visible;
  }

  private static Ranges ranges(long after, long upTo) {
    return new Ranges(
        List.of(new Range(after, upTo)),
        upTo,
        Optional.of(USER),
        EnumSet.allOf(HistoryVisibility.class));
  }

  /** Appends to rooms of the history. After each batch, reads the events as a node does for all its polls. */
  private static List<Row> appends(PostgresEventStore events, long rooms, Size size) {
    int batches = size.of(2, 20, 100);
    double[] single = new double[batches];
    double[] batch = new double[batches];
    double[] poll = new double[batches];
    for (int i = 0; i < batches; i++) {
      single[i] = Interleaved.time(() -> events.append(samples(rooms, 1)));
      long before = events.watermark();
      batch[i] = Interleaved.time(() -> events.append(samples(rooms, BATCH)));
      long now = events.watermark();
      poll[i] = Interleaved.time(() -> events.log(Interest.everything(), before, now, PAGE));
    }
    return List.of(
        median("append of one event to that history", single),
        median("append of " + BATCH + " events to it", batch),
        median("the read of these for all polls of a node", poll));
  }

  private static Row median(String question, double[] times) {
    return Row.of(question, Amount.nanos(Interleaved.median(times))).untargeted();
  }

  private static List<Append> samples(long rooms, int count) {
    List<Append> samples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long room = 1 + ThreadLocalRandom.current().nextLong(rooms);
      samples.add(Samples.next(RoomId.parse("!r" + room + ":large")));
    }
    return samples;
  }

  private static Row catchUp(PostgresEventStore events, long head) {
    long start = Math.max(0, head - 20L * PAGE);
    long took = Interleaved.time(() -> {
      long after = start;
      while (after < head) {
        LogPage page = events.log(Interest.everything(), after, head, PAGE);
        after = page.through();
      }
    });
    return Row.of("catch-up, 10,000 events a page", Amount.rate(head - start, took))
        .atLeast(Amount.perSecond(60_000));
  }

  private static Row purge(PostgresEventStore events) {
    long through = events.watermark() / 10;
    long took = Interleaved.time(() -> events.purge(through));
    return Row.of("purge, rows looked at", Amount.rate(through, took))
        .atLeast(Amount.perSecond(100_000));
  }
}
