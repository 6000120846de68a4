package io.github.matrixsync.store.postgres.torture;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.model.StoredEvent;
import io.github.matrixsync.store.postgres.PostgresEventStore;
import io.github.matrixsync.store.postgres.PostgresStore;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Compares what the store reads at some positions, past ones too, with what follows from the archive: state, members
 * and memberships of every room and user. Confined to one thread.
 */
final class StoreCheck {
  private static final int POSITIONS = 5;
  private static final List<RoomId> ROOMS =
      IntStream.range(0, Batches.ROOMS).mapToObj(Batches::room).toList();

  private static final String STATE = """
      SELECT room_id, id FROM (SELECT DISTINCT ON (room_id, type, state_key) room_id, id FROM torture.archive
        WHERE kind = 0 AND state_key IS NOT NULL AND position BETWEEN 1 AND %d
        ORDER BY room_id, type, state_key, position DESC) latest""";

  private static final String MEMBERS = """
      SELECT room_id, subject, id, membership FROM (
        SELECT DISTINCT ON (room_id, subject) room_id, subject, id, membership FROM torture.archive
        WHERE membership IS NOT NULL AND position BETWEEN 1 AND %d
        ORDER BY room_id, subject, position DESC) latest""";

  private final Server server;
  private final PostgresEventStore events;
  private long contradictions;

  private StoreCheck(Server server, PostgresEventStore events) {
    this.server = server;
    this.events = events;
  }

  /** Returns how many rooms and users differ, at how many positions. */
  static long run(Server server, Random random) throws SQLException {
    try (PostgresStore store =
        PostgresStore.builder(Connections.direct(server.url(), "torture")).open()) {
      StoreCheck check = new StoreCheck(server, store.events());
      long head = store.events().watermark();
      check.compare(head);
      for (int i = 1; i < POSITIONS; i++) {
        check.compare(random.nextLong(head + 1));
      }
      return check.contradictions;
    }
  }

  private void compare(long position) throws SQLException {
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement()) {
      compareState(position, statement);
      compareMembers(position, statement);
    }
  }

  private void compareState(long position, Statement statement) throws SQLException {
    Map<RoomId, Set<EventId>> expected = new HashMap<>();
    try (ResultSet row = statement.executeQuery(STATE.formatted(position))) {
      while (row.next()) {
        add(expected, RoomId.parse(row.getString(1)), EventId.parse(row.getString(2)));
      }
    }
    Map<RoomId, List<StoredEvent>> read =
        events.state(ROOMS.stream().collect(Collectors.toMap(room -> room, room -> position)));
    for (RoomId room : ROOMS) {
      List<EventId> ids = read.getOrDefault(room, List.of()).stream()
          .map(stored -> stored.event().id())
          .toList();
      Set<EventId> expectedIds = expected.getOrDefault(room, Set.of());
      count(ids.size() == expectedIds.size() && expectedIds.containsAll(ids));
    }
  }

  private void compareMembers(long position, Statement statement) throws SQLException {
    Map<RoomId, Set<UserId>> joined = new HashMap<>();
    Map<UserId, Map<RoomId, EventId>> memberships = new HashMap<>();
    try (ResultSet row = statement.executeQuery(MEMBERS.formatted(position))) {
      while (row.next()) {
        RoomId room = RoomId.parse(row.getString(1));
        UserId user = UserId.parse(row.getString(2));
        memberships
            .computeIfAbsent(user, one -> new HashMap<>())
            .put(room, EventId.parse(row.getString(3)));
        if (row.getInt(4) == 0) {
          add(joined, room, user);
        }
      }
    }
    Map<RoomId, Set<UserId>> read = events.joinedMembers(ROOMS, position);
    for (RoomId room : ROOMS) {
      count(read.getOrDefault(room, Set.of()).equals(joined.getOrDefault(room, Set.of())));
    }
    compareMemberships(position, memberships);
  }

  private void compareMemberships(long position, Map<UserId, Map<RoomId, EventId>> expected) {
    for (int i = 0; i < Batches.USERS; i++) {
      UserId user = Batches.user(i);
      Map<RoomId, EventId> read = new HashMap<>();
      events
          .memberships(user, position)
          .forEach((room, change) -> read.put(room, change.event().orElseThrow()));
      count(read.equals(expected.getOrDefault(user, Map.of())));
    }
  }

  private void count(boolean isEqual) {
    contradictions += isEqual ? 0 : 1;
  }

  private static <K, V> void add(Map<K, Set<V>> sets, K key, V value) {
    sets.computeIfAbsent(key, one -> new HashSet<>()).add(value);
  }
}
