package io.github.matrixsync.store.postgres.internal.read;

import static io.github.matrixsync.store.postgres.internal.sql.Statements.longs;
import static io.github.matrixsync.store.postgres.internal.sql.Statements.texts;

import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.model.Range;
import io.github.matrixsync.store.model.Ranges;
import io.github.matrixsync.store.model.StoredEvent;
import io.github.matrixsync.store.postgres.internal.sql.Database;
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

/** The read of the newest live events of rooms by position (rule B4). Thread-safe. */
public final class NewestReads {
  private static final Comparator<StoredEvent> NEWEST_FIRST =
      Comparator.comparingLong(StoredEvent::position).reversed();

  /** The viewer of some rooms. One statement reads all rooms of a viewer; a call almost always has a single viewer. */
  private record Viewer(Optional<UserId> own, Set<UserId> ignored) {}

  private final ProvenRead read;
  private final String newest;

  public NewestReads(Database database, Schema schema) {
    read = new ProvenRead(database, schema, StreamNumber.EVENTS);
    // Only live events have a high_depth, as in Walk.
    newest = read.with(EventColumns.of(schema, """
        WITH arg AS MATERIALIZED (SELECT ?::text AS own, ?::text[] AS ignored),
          asked_range AS MATERIALIZED (SELECT * FROM unnest(?, ?, ?) b (n, after, up_to))
        SELECT p.position, a.n::integer AS n
        FROM arg CROSS JOIN unnest(?, ?, ?) WITH ORDINALITY a (id, after, up_to, n)
        CROSS JOIN LATERAL (SELECT number FROM @room WHERE id = a.id LIMIT 1) r
        CROSS JOIN LATERAL (SELECT position FROM @event
          WHERE room = r.number AND high_depth IS NOT NULL AND position > a.after AND position <= a.up_to
            AND (sender = arg.own OR subject = arg.own OR EXISTS (SELECT 1 FROM asked_range b
              WHERE b.n = a.n AND position > b.after AND position <= b.up_to))
            AND (sender = ANY (arg.ignored) AND sender <> arg.own
              AND (state_key IS NULL OR (subject = arg.own AND membership = 1))) IS NOT TRUE
          ORDER BY position DESC LIMIT ?) p"""));
  }

  /** Returns the newest events in the ranges of each room, in descending order. */
  public Map<RoomId, List<StoredEvent>> newest(Map<RoomId, Ranges> due, int limit, long upTo) {
    Map<Viewer, List<RoomId>> byViewer = new HashMap<>();
    due.forEach((room, ranges) -> {
      if (!ranges.live().isEmpty()) {
        Viewer viewer = new Viewer(ranges.own(), ranges.ignored());
        byViewer.computeIfAbsent(viewer, key -> new ArrayList<>()).add(room);
      }
    });
    Map<RoomId, List<StoredEvent>> found = new HashMap<>();
    due.keySet().forEach(room -> found.put(room, new ArrayList<>()));
    byViewer.forEach((viewer, rooms) -> read(viewer, rooms, due, limit, upTo)
        .forEach(row ->
            found.getOrDefault(rooms.get(row.ordinal() - 1), new ArrayList<>()).add(row.stored())));
    found.replaceAll((room, events) -> events.stream().sorted(NEWEST_FIRST).toList());
    return Collections.unmodifiableMap(found);
  }

  private List<EventRows.Row> read(
      Viewer viewer, List<RoomId> rooms, Map<RoomId, Ranges> due, int limit, long upTo) {
    List<Long> firsts = new ArrayList<>();
    List<Long> upTos = new ArrayList<>();
    List<Long> ordinals = new ArrayList<>();
    List<Long> afters = new ArrayList<>();
    List<Long> ends = new ArrayList<>();
    for (RoomId room : rooms) {
      Ranges ranges = due.getOrDefault(room, Ranges.everything(1));
      firsts.add(ranges.live().get(0).after());
      upTos.add(ranges.upTo());
      for (Range range : ranges.live()) {
        ordinals.add((long) firsts.size());
        afters.add(range.after());
        ends.add(range.upTo());
      }
    }
    return EventRows.redacted(read.rows(
        "reading the newest events",
        ProvenRead.Bounds.upTo(upTo),
        EventRows::read,
        newest,
        viewer.own().map(UserId::value).orElse(null),
        texts(viewer.own().isEmpty() ? Set.of() : viewer.ignored(), UserId::value),
        longs(ordinals),
        longs(afters),
        longs(ends),
        texts(rooms, RoomId::value),
        longs(firsts),
        longs(upTos),
        limit));
  }
}
