package io.github.matrixsync.store.postgres.internal.read;

import static io.github.matrixsync.store.postgres.internal.sql.Statements.longs;
import static io.github.matrixsync.store.postgres.internal.sql.Statements.shorts;
import static io.github.matrixsync.store.postgres.internal.sql.Statements.texts;

import io.github.matrixsync.event.HistoryVisibility;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.model.Direction;
import io.github.matrixsync.store.model.HistoryPoint;
import io.github.matrixsync.store.model.HistorySlice;
import io.github.matrixsync.store.model.Range;
import io.github.matrixsync.store.model.Ranges;
import io.github.matrixsync.store.model.StoredEvent;
import io.github.matrixsync.store.postgres.internal.sql.Database;
import io.github.matrixsync.store.postgres.internal.sql.EnumCodec;
import io.github.matrixsync.store.postgres.internal.sql.Schema;
import io.github.matrixsync.store.postgres.internal.stream.ProvenRead;
import io.github.matrixsync.store.postgres.internal.stream.StreamNumber;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads of rooms' histories, which are ordered by depth, then by position (rules H1, H2). Thread-safe. */
public final class HistoryReads {
  private static final String WHAT = "reading history";
  private static final Comparator<StoredEvent> BY_POINT = Comparator.comparing(StoredEvent::point);

  /** A viewer, for whom one statement reads all rooms: those who look are the same almost always. */
  private record Viewer(
      Optional<UserId> own, Set<HistoryVisibility> backfill, Set<UserId> ignored) {
    static Viewer of(Ranges ranges) {
      return new Viewer(ranges.own(), ranges.backfill(), ranges.ignored());
    }
  }

  private final ProvenRead read;
  private final Schema schema;
  private final String pointAt;

  public HistoryReads(Database database, Schema schema) {
    read = new ProvenRead(database, schema, StreamNumber.EVENTS);
    this.schema = schema;
    // A row knows a point that no live event up to it exceeds, so that the walk begins right above
    // what is looked for.
    pointAt = read.with(schema.sql("""
        SELECT found.depth, found.position FROM @room r CROSS JOIN LATERAL (
          (SELECT e.depth, e.position, 1 AS choice FROM (SELECT high_depth, high_position FROM @event
              WHERE room = r.number AND high_depth IS NOT NULL AND position > 0 AND position <= ?
              ORDER BY position DESC LIMIT 1) h
            CROSS JOIN LATERAL (SELECT depth, position FROM @event
              WHERE room = r.number AND kind = 0 AND (depth, position) <= (h.high_depth, h.high_position)
                AND position <= ?
              ORDER BY depth DESC, position DESC LIMIT 1) e)
          UNION ALL
          (SELECT b.depth, b.position, 2 FROM unnest(ARRAY[0, 1, 2, 3, NULL]::smallint[]) v (visibility)
            CROSS JOIN LATERAL (SELECT depth, position FROM @event
              WHERE room = r.number AND kind = 2 AND backfill_visibility IS NOT DISTINCT FROM v.visibility
              ORDER BY depth DESC, position DESC LIMIT 1) b)
          ORDER BY choice, depth DESC, position DESC LIMIT 1) found
        WHERE r.id = ?"""));
  }

  /** Returns the last events of each room that its ranges include, ascending. */
  public Map<RoomId, List<StoredEvent>> latest(Map<RoomId, Ranges> visible, int limit, long upTo) {
    Map<Viewer, List<RoomId>> byViewer = new HashMap<>();
    visible.forEach((room, ranges) ->
        byViewer.computeIfAbsent(Viewer.of(ranges), viewer -> new ArrayList<>()).add(room));
    Map<RoomId, List<StoredEvent>> found = new HashMap<>();
    byViewer.forEach((viewer, rooms) -> {
      Walk walk = new Walk(HistoryPoint.START, HistoryPoint.END, Direction.BACKWARD, limit);
      found.putAll(walk(walk, viewer, rooms, visible, upTo));
    });
    return Collections.unmodifiableMap(found);
  }

  /** Returns events of one room's history, from the end of the slice at which the direction begins. */
  public List<StoredEvent> history(HistorySlice slice, Direction direction, int limit, long upTo) {
    if (slice.after().compareTo(slice.upTo()) >= 0) {
      return List.of();
    }
    Walk walk = new Walk(slice.after(), slice.upTo(), direction, limit);
    RoomId room = slice.room();
    List<StoredEvent> ascending = walk(
            walk, Viewer.of(slice.visible()), List.of(room), Map.of(room, slice.visible()), upTo)
        .getOrDefault(room, List.of());
    if (direction == Direction.FORWARD) {
      return ascending;
    }
    List<StoredEvent> descending = new ArrayList<>(ascending);
    Collections.reverse(descending);
    return List.copyOf(descending);
  }

  /** Returns the point of a room's history at a position. */
  public HistoryPoint pointAt(RoomId room, long position) {
    List<HistoryPoint> found = read.rows(
        WHAT,
        ProvenRead.Bounds.upTo(position),
        row -> new HistoryPoint(
            row.getLong(ProvenRead.HEAD_COLUMNS + 1), row.getLong(ProvenRead.HEAD_COLUMNS + 2)),
        pointAt,
        position,
        position,
        room.value());
    return found.isEmpty() ? HistoryPoint.START : found.get(0);
  }

  private Map<RoomId, List<StoredEvent>> walk(
      Walk walk, Viewer viewer, List<RoomId> rooms, Map<RoomId, Ranges> visible, long upTo) {
    List<Long> upTos = new ArrayList<>();
    List<Long> ordinals = new ArrayList<>();
    List<Long> afters = new ArrayList<>();
    List<Long> ends = new ArrayList<>();
    for (int i = 0; i < rooms.size(); i++) {
      Ranges ranges = visible.getOrDefault(rooms.get(i), Ranges.everything(0));
      upTos.add(Math.max(ranges.upTo(), 0));
      for (Range range : ranges.live()) {
        ordinals.add(i + 1L);
        afters.add(range.after());
        ends.add(range.upTo());
      }
    }
    String own = viewer.own().map(UserId::value).orElse(null);
    List<EventRows.Row> rows = read.rows(
        WHAT,
        ProvenRead.Bounds.upTo(upTo),
        EventRows::read,
        read.with(EventColumns.of(schema, walk.positions())),
        texts(rooms, RoomId::value),
        longs(upTos),
        longs(ordinals),
        longs(afters),
        longs(ends),
        own,
        texts(viewer.own().isEmpty() ? Set.of() : viewer.ignored(), UserId::value),
        shorts(viewer.backfill().stream()
            .map(visibility -> EnumCodec.number(visibility))
            .toList()),
        walk.after().depth(),
        walk.after().position(),
        walk.upTo().depth(),
        walk.upTo().position(),
        walk.limit());
    return byRoom(rooms, EventRows.redacted(rows));
  }

  private static Map<RoomId, List<StoredEvent>> byRoom(
      List<RoomId> rooms, List<EventRows.Row> rows) {
    Map<RoomId, List<StoredEvent>> byRoom = new HashMap<>();
    rooms.forEach(room -> byRoom.put(room, new ArrayList<>()));
    for (EventRows.Row row : rows) {
      byRoom.getOrDefault(rooms.get(row.ordinal() - 1), new ArrayList<>()).add(row.stored());
    }
    byRoom.replaceAll((room, events) -> events.stream().sorted(BY_POINT).toList());
    return byRoom;
  }
}
