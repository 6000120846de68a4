package io.github.matrixsync.store.postgres;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.event.DeviceId;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.HistoryVisibility;
import io.github.matrixsync.event.Relation;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.device.SettableDeviceListStore;
import io.github.matrixsync.store.device.SettableToDeviceInbox;
import io.github.matrixsync.store.model.Direction;
import io.github.matrixsync.store.model.HistoryPoint;
import io.github.matrixsync.store.model.HistorySlice;
import io.github.matrixsync.store.model.Interest;
import io.github.matrixsync.store.model.Range;
import io.github.matrixsync.store.model.Ranges;
import io.github.matrixsync.store.state.RoomMembers;
import io.github.matrixsync.store.timeline.ThreadSummary;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * What reads of a large history cost: one statement each, whatever the number of rooms, and blocks in proportion to
 * what they return. The table is vacuumed first, as the server does it by itself: until then a walk along an index also
 * reads the page of each event that it passes. The property {@code history.events} sets how large it is.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ReadCostTest {
  private static final int BLOCKS_PER_ROW = 10;
  private static final int BLOCKS_PER_ROOM = 10;
  private static final int BLOCKS_PER_READ = 60;
  private static final int ROOMS = 1_000;
  private static final UserId USER = UserId.parse("@u0:large");
  private static final Pattern BLOCKS = Pattern.compile("\"Shared (?:Hit|Read) Blocks\": (\\d+)");
  private static final Pattern SCAN =
      Pattern.compile("\"Node Type\": \"Seq Scan\"[^{}]*?\"Relation Name\": \"(\\w+)\"");
  private static final TestDatabase DATABASE = new TestDatabase();
  private static final StatementRecorder RECORDER = new StatementRecorder(DATABASE.dataSource());
  private static final String SCHEMA = DATABASE.newSchema();

  private static PostgresStore store;
  private static PostgresEventStore events;
  private static long head;

  @BeforeAll
  static void fill() throws SQLException {
    long size = Long.getLong("history.events", 1_000_000);
    new LargeHistory((int) (size / 100), (int) (size / 20), 40, ROOMS, size)
        .fill(DATABASE.dataSource(), SCHEMA);
    store = PostgresStore.builder(RECORDER.dataSource())
        .schema(SCHEMA)
        .hints(false)
        .lookInterval(Duration.ofHours(1))
        .open();
    events = store.events();
    head = events.watermark();
  }

  @AfterAll
  static void close() throws SQLException {
    store.close();
    execute("DROP SCHEMA " + SCHEMA + " CASCADE");
    DATABASE.close();
  }

  @Test
  @Order(1)
  void plans_neverAnalyzed_readWhatTheyReturn() throws SQLException {
    execute("VACUUM " + SCHEMA + ".event");
    plansReadWhatTheyReturn("force_custom_plan");
    plansReadWhatTheyReturn("force_generic_plan");
  }

  @Test
  @Order(2)
  void plans_analyzed_readWhatTheyReturn() throws SQLException {
    execute("VACUUM ANALYZE "
        + LargeHistory.TABLES.stream().map(table -> SCHEMA + "." + table).collect(joining(", ")));
    plansReadWhatTheyReturn("force_custom_plan");
    plansReadWhatTheyReturn("force_generic_plan");
  }

  @Test
  @Order(3)
  void statements_tenRoomsOrAThousand_oneEach() {
    RECORDER.explain(null);
    for (int rooms : new int[] {10, ROOMS}) {
      reads(rooms).forEach((name, read) -> {
        RECORDER.clear();
        assertThat(read.getAsInt()).as(name).isPositive();
        assertThat(RECORDER.statementsOfThisThread())
            .as("%s of %d rooms", name, rooms)
            .hasSize(1);
      });
    }
  }

  private static void plansReadWhatTheyReturn(String mode) {
    RECORDER.explain("SET plan_cache_mode = " + mode);
    Map<String, IntSupplier> all = reads(ROOMS);
    all.putAll(smallReads(ROOMS));
    all.forEach((name, read) -> {
      RECORDER.clear();
      int rows = read.getAsInt();
      assertThat(rows).as(name).isPositive();
      String plan = RECORDER.plans().get(0);
      long most = (long) BLOCKS_PER_ROW * rows
          + (name.contains("rooms") ? BLOCKS_PER_ROOM * ROOMS : 0)
          + BLOCKS_PER_READ;
      assertThat(blocks(plan))
          .as("blocks of %s, %d rows, %s:%n%s", name, rows, mode, plan)
          .isLessThanOrEqualTo(most);
      assertThat(scanned(plan))
          .as("%s, %s:%n%s", name, mode, plan)
          .doesNotContain("event", "state_entry", "member", "to_device_message", "unread_count");
    });
  }

  /** Returns the blocks that a plan read in all: those of its topmost node, which come first. */
  private static long blocks(String plan) {
    Matcher matcher = BLOCKS.matcher(plan);
    long blocks = 0;
    for (int i = 0; i < 2 && matcher.find(); i++) {
      blocks += Long.parseLong(matcher.group(1));
    }
    return blocks;
  }

  private static List<String> scanned(String plan) {
    List<String> tables = new ArrayList<>();
    Matcher matcher = SCAN.matcher(plan);
    while (matcher.find()) {
      tables.add(matcher.group(1));
    }
    return tables;
  }

  /** Returns the reads by name; each returns how many rows it had. */
  private static Map<String, IntSupplier> reads(int count) {
    List<RoomId> rooms = new ArrayList<>(events.memberships(USER, head).keySet()).subList(0, count);
    Map<RoomId, Long> now = map(rooms, room -> head);
    Map<RoomId, Long> halfWay = map(rooms, room -> head / 2);
    long turn = Long.getLong("history.events", 1_000_000) / 100;
    Map<RoomId, Ranges> whole = map(rooms, room -> ranges(0, head));
    Map<RoomId, Ranges> joinedLately = map(rooms, room -> ranges(head - 3 * turn, head));
    Map<RoomId, Ranges> leftLongAgo = map(rooms, room -> ranges(0, head / 10));
    RoomId one = rooms.get(0);
    HistoryPoint middle = events.pointAt(one, head / 2);
    List<EventId> ids = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      ids.add(EventId.parse("$e" + i * 97 + ":large"));
    }
    Map<String, IntSupplier> reads = new LinkedHashMap<>();
    reads.put("memberships", () -> events.memberships(USER, head).size());
    reads.put("timelines of rooms", () -> events.timelines(USER, rooms, head).size());
    reads.put("members of rooms", () -> sum(events.joinedMembers(rooms, head).values()));
    reads.put("state of rooms", () -> sum(events.state(now).values()));
    reads.put("state of rooms half way", () -> sum(events.state(halfWay).values()));
    reads.put("latest of rooms", () -> sum(events.latest(whole, 20).values()));
    reads.put(
        "latest of rooms joined 3 events ago",
        () -> sum(events.latest(joinedLately, 20).values()));
    reads.put(
        "latest of rooms left 90 % ago",
        () -> sum(events.latest(leftLongAgo, 20).values()));
    reads.put("point", () -> (int) events.pointAt(one, head / 2).depth());
    for (Direction direction : Direction.values()) {
      HistorySlice slice = new HistorySlice(
          one,
          ranges(0, head),
          direction == Direction.FORWARD ? middle : HistoryPoint.START,
          direction == Direction.FORWARD ? HistoryPoint.END : middle);
      reads.put(
          "history " + direction, () -> events.history(slice, direction, 20).size());
    }
    reads.put(
        "log",
        () -> events.log(Interest.everything(), head / 2, head, 1_000).events().size());
    reads.put(
        "log of a room",
        () -> events.log(Interest.of(one), head / 2, head, 20).events().size());
    reads.put(
        "log of a user",
        () -> events.log(Interest.of(USER), head / 2, head, 500).events().size());
    reads.put("events", () -> events.events(ids).size());
    putSyncReads(reads, rooms, turn);
    return reads;
  }

  /** Adds the reads that only {@code /sync} needs. Counting members reads a row for each member. */
  private static void putSyncReads(Map<String, IntSupplier> reads, List<RoomId> rooms, long turn) {
    Map<RoomId, Range> sinceLastJoins = map(rooms, room -> new Range(head - 65 * turn, head));
    Map<RoomId, Ranges> whole = map(rooms, room -> ranges(0, head));
    Map<RoomId, Ranges> due = map(rooms, room -> ranges(head - 10 * turn, head));
    RoomId one = rooms.get(0);
    EventId root = events.state(Map.of(one, head)).values().stream()
        .flatMap(List::stream)
        .filter(stored -> stored.event().type().equals("m.room.create"))
        .map(stored -> stored.event().id())
        .findAny()
        .orElseThrow();
    reads.put("newest of rooms", () -> sum(events.newest(whole, 20).values()));
    reads.put("newest of rooms since lately", () -> sum(events.newest(due, 20).values()));
    reads.put(
        "state changes of rooms", () -> sum(events.stateChanges(sinceLastJoins).values()));
    reads.put(
        "member counts of rooms",
        () -> events.members(rooms, head, 5).values().stream()
            .mapToInt(RoomMembers::joined)
            .sum());
    reads.put(
        "gaps of rooms",
        () -> events.lastGap(map(rooms, room -> new Range(0, head))).size());
    reads.put(
        "children",
        () -> sum(events.children(List.of(root), Relation.THREAD, 20).values()));
    reads.put("threads", () -> (int) events.threads(List.of(root), USER, Set.of()).values().stream()
        .mapToLong(ThreadSummary::count)
        .sum());
  }

  /** Returns the reads of small roles. Reading to-device messages also writes how far they were read. */
  private static Map<String, IntSupplier> smallReads(int count) {
    SettableToDeviceInbox inbox = store.toDevice();
    SettableDeviceListStore lists = store.deviceLists();
    DeviceId device = DeviceId.parse("D");
    List<RoomId> rooms = new ArrayList<>(events.memberships(USER, head).keySet()).subList(0, count);
    List<UserId> users = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      users.add(UserId.parse("@u" + i + ":large"));
    }
    Map<String, IntSupplier> reads = new LinkedHashMap<>();
    reads.put(
        "to-device messages",
        () -> inbox.messages(USER, device, 0, inbox.watermark(), 100).size());
    reads.put(
        "to-device messages after half",
        () -> inbox
            .messages(USER, device, inbox.watermark() / 2, inbox.watermark(), 100)
            .size());
    reads.put(
        "changed device lists",
        () -> lists.changes(lists.watermark() / 2, lists.watermark(), 100).size());
    reads.put("device lists of users", () -> lists.current(users).size());
    reads.put(
        "unread counts of rooms",
        () -> store.notificationCounts().counts(USER, rooms, head).size());
    return reads;
  }

  private static Ranges ranges(long after, long upTo) {
    return new Ranges(
        List.of(new Range(after, upTo)),
        upTo,
        Optional.of(USER),
        EnumSet.allOf(HistoryVisibility.class),
        Set.of());
  }

  private static <V> Map<RoomId, V> map(List<RoomId> rooms, Function<RoomId, V> value) {
    Map<RoomId, V> map = new HashMap<>();
    rooms.forEach(room -> map.put(room, value.apply(room)));
    return map;
  }

  private static int sum(Collection<? extends Collection<?>> collections) {
    return collections.stream().mapToInt(Collection::size).sum();
  }

  private static void execute(String sql) throws SQLException {
    try (Connection connection = DATABASE.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
