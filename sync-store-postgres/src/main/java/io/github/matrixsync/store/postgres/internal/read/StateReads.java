package io.github.matrixsync.store.postgres.internal.read;

import static io.github.matrixsync.store.postgres.internal.sql.Statements.longs;
import static io.github.matrixsync.store.postgres.internal.sql.Statements.texts;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.model.StoredEvent;
import io.github.matrixsync.store.postgres.internal.append.ChangesCodec;
import io.github.matrixsync.store.postgres.internal.sql.Database;
import io.github.matrixsync.store.postgres.internal.sql.Schema;
import io.github.matrixsync.store.postgres.internal.stream.ProvenRead;
import io.github.matrixsync.store.postgres.internal.stream.StreamNumber;
import io.github.matrixsync.store.state.MemberChange;
import io.github.matrixsync.store.state.Timelines;
import io.github.matrixsync.store.state.VisibilityChange;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;

/** Reads of state, memberships and members as of a position (rules S1, S2). Thread-safe. */
public final class StateReads {
  private static final int FIRST = ProvenRead.HEAD_COLUMNS + 1;

  private record Membership(UserId user, RoomId room, MemberChange change) {}

  private record Joined(int room, UserId user) {}

  private record TimelineChange(
      int room, Optional<MemberChange> member, Optional<VisibilityChange> visibility) {}

  private final ProvenRead read;
  private final String state;
  private final String memberships;
  private final String joined;
  private final String timelines;

  public StateReads(Database database, Schema schema) {
    read = new ProvenRead(database, schema, StreamNumber.EVENTS);
    // Each lateral query ends with OFFSET 0, so that the planner keeps the order: the rooms first,
    // then an index of each.
    state = read.with(EventColumns.of(schema, """
        SELECT s.event AS position, a.n::integer AS n
        FROM unnest(?, ?) WITH ORDINALITY a (room, up_to, n)
        CROSS JOIN LATERAL (SELECT number FROM @room WHERE id = a.room LIMIT 1) r
        CROSS JOIN LATERAL (SELECT event FROM @state_entry
          WHERE room = r.number AND until > a.up_to AND since <= a.up_to OFFSET 0) s"""));
    memberships = read.with(schema.sql("""
        SELECT subject, room_id, since, before, after, event FROM @member
        WHERE subject = ANY (?) AND until > ? AND since <= ? AND until > 0"""));
    joined = read.with(schema.sql("""
        SELECT a.n, m.subject
        FROM unnest(?) WITH ORDINALITY a (room, n)
        CROSS JOIN LATERAL (SELECT number FROM @room WHERE id = a.room LIMIT 1) r
        CROSS JOIN LATERAL (SELECT subject FROM @member
          WHERE room = r.number AND after = 0 AND until > ? AND since <= ? OFFSET 0) m"""));
    timelines = read.with(schema.sql("""
        SELECT a.n, t.* FROM unnest(?) WITH ORDINALITY a (room, n)
        CROSS JOIN LATERAL (SELECT number FROM @room WHERE id = a.room LIMIT 1) r
        CROSS JOIN LATERAL (
          (SELECT true AS is_member, since, before, after, event, false AS boundary FROM @member
            WHERE subject = ? AND room = r.number AND since <= ? AND (before <> 0 OR after <> 0) OFFSET 0)
          UNION ALL
          (SELECT false, since, before, after, event, boundary FROM @visibility
            WHERE room = r.number AND since <= ? OFFSET 0)) t"""));
  }

  /** Returns each room's state entries as of its position. */
  public Map<RoomId, List<StoredEvent>> state(Map<RoomId, Long> upTo) {
    List<RoomId> rooms = List.copyOf(upTo.keySet());
    List<Long> positions = rooms.stream().map(upTo::get).toList();
    long highest = positions.stream().mapToLong(Long::longValue).max().orElse(0);
    List<EventRows.Row> rows = read.rows(
        "reading state",
        ProvenRead.Bounds.upTo(highest),
        EventRows::read,
        state,
        texts(rooms, RoomId::value),
        longs(positions));
    Map<Integer, List<StoredEvent>> byRoom = new HashMap<>();
    EventRows.redacted(rows).forEach(row -> listOf(byRoom, row.ordinal()).add(row.stored()));
    return byRoom(rooms, n -> List.copyOf(byRoom.getOrDefault(n, List.of())));
  }

  /** Returns each user's latest member change in every room. */
  public Map<UserId, Map<RoomId, MemberChange>> memberships(Collection<UserId> users, long upTo) {
    Map<UserId, Map<RoomId, MemberChange>> found = new HashMap<>();
    users.forEach(user -> found.put(user, new HashMap<>()));
    List<Membership> rows = read.rows(
        "reading memberships",
        ProvenRead.Bounds.upTo(upTo),
        StateReads::membership,
        memberships,
        texts(found.keySet(), UserId::value),
        upTo,
        upTo);
    for (Membership row : rows) {
      found.computeIfAbsent(row.user(), user -> new HashMap<>()).put(row.room(), row.change());
    }
    found.replaceAll((user, changes) -> Collections.unmodifiableMap(changes));
    return Collections.unmodifiableMap(found);
  }

  private static Membership membership(ResultSet row) throws SQLException {
    UserId user = UserId.parse(row.getString(FIRST));
    return new Membership(
        user, RoomId.parse(row.getString(FIRST + 1)), memberChange(user, row, FIRST + 2));
  }

  private static MemberChange memberChange(UserId user, ResultSet row, int first)
      throws SQLException {
    return new MemberChange(
        row.getLong(first),
        user,
        ChangesCodec.membership(row.getInt(first + 1)),
        ChangesCodec.membership(row.getInt(first + 2)),
        event(row, first + 3));
  }

  private static Optional<EventId> event(ResultSet row, int column) throws SQLException {
    return Optional.ofNullable(row.getString(column)).map(EventId::parse);
  }

  /** Returns the users who are joined to each room. */
  public Map<RoomId, Set<UserId>> joinedMembers(Collection<RoomId> asked, long upTo) {
    List<RoomId> rooms = List.copyOf(Set.copyOf(asked));
    List<Joined> rows = read.rows(
        "reading members",
        ProvenRead.Bounds.upTo(upTo),
        row -> new Joined(row.getInt(FIRST), UserId.parse(row.getString(FIRST + 1))),
        joined,
        texts(rooms, RoomId::value),
        upTo,
        upTo);
    Map<Integer, Set<UserId>> byRoom = new HashMap<>();
    rows.forEach(row -> byRoom.computeIfAbsent(row.room(), n -> new HashSet<>()).add(row.user()));
    return byRoom(rooms, n -> Collections.unmodifiableSet(byRoom.getOrDefault(n, Set.of())));
  }

  /** Returns the viewer's member changes and the visibility changes of each room. */
  public Map<RoomId, Timelines> timelines(UserId viewer, Collection<RoomId> asked, long upTo) {
    List<RoomId> rooms = List.copyOf(Set.copyOf(asked));
    List<TimelineChange> rows = read.rows(
        "reading timelines",
        ProvenRead.Bounds.upTo(upTo),
        row -> timelineChange(viewer, row),
        timelines,
        texts(rooms, RoomId::value),
        viewer.value(),
        upTo,
        upTo);
    Map<Integer, List<MemberChange>> members = new HashMap<>();
    Map<Integer, List<VisibilityChange>> visibilities = new HashMap<>();
    for (TimelineChange row : rows) {
      row.member().ifPresent(change -> listOf(members, row.room()).add(change));
      row.visibility().ifPresent(change -> listOf(visibilities, row.room()).add(change));
    }
    members
        .values()
        .forEach(changes -> changes.sort(Comparator.comparingLong(MemberChange::position)));
    visibilities
        .values()
        .forEach(changes -> changes.sort(Comparator.comparingLong(VisibilityChange::position)));
    return byRoom(
        rooms,
        n -> new Timelines(
            members.getOrDefault(n, List.of()), visibilities.getOrDefault(n, List.of())));
  }

  private static TimelineChange timelineChange(UserId viewer, ResultSet row) throws SQLException {
    int room = row.getInt(FIRST);
    if (row.getBoolean(FIRST + 1)) {
      return new TimelineChange(
          room, Optional.of(memberChange(viewer, row, FIRST + 2)), Optional.empty());
    }
    VisibilityChange change = new VisibilityChange(
        row.getLong(FIRST + 2),
        ChangesCodec.visibility(row.getInt(FIRST + 3)),
        ChangesCodec.visibility(row.getInt(FIRST + 4)),
        event(row, FIRST + 5),
        row.getBoolean(FIRST + 6));
    return new TimelineChange(room, Optional.empty(), Optional.of(change));
  }

  private static <T> List<T> listOf(Map<Integer, List<T>> lists, int room) {
    return lists.computeIfAbsent(room, n -> new ArrayList<>());
  }

  private static <V> Map<RoomId, V> byRoom(List<RoomId> rooms, IntFunction<V> ofRoom) {
    Map<RoomId, V> values = new HashMap<>();
    for (int i = 0; i < rooms.size(); i++) {
      values.put(rooms.get(i), ofRoom.apply(i + 1));
    }
    return Collections.unmodifiableMap(values);
  }
}
