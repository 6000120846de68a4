package io.github.matrixsync.store.postgres.internal.read;

import static io.github.matrixsync.store.postgres.internal.sql.Statements.texts;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.Relation;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.model.HistoryPoint;
import io.github.matrixsync.store.postgres.internal.sql.Database;
import io.github.matrixsync.store.postgres.internal.sql.Schema;
import io.github.matrixsync.store.postgres.internal.sql.TextCodec;
import io.github.matrixsync.store.postgres.internal.stream.ProvenRead;
import io.github.matrixsync.store.postgres.internal.stream.StreamNumber;
import io.github.matrixsync.store.timeline.Child;
import io.github.matrixsync.store.timeline.ThreadSummary;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The reads of relations between events (rules RL1 to RL5). Thread-safe. */
public final class RelationReads {
  private static final int FIRST = ProvenRead.HEAD_COLUMNS + 1;

  private static final String PARENTS = """
      FROM unnest(?) a (id)
      CROSS JOIN LATERAL (SELECT room, sender, type, state_key FROM @event
        WHERE id = a.id AND kind <> 1 LIMIT 1) p
      """;

  private static final String CHILDREN = """
      FROM @event WHERE relates_to = a.id AND room = p.room AND relates_to IS NOT NULL AND kind <> 1
        AND rel_type = ? AND NOT redacted
      """;

  private static final String COLUMNS = "id, sender, type, origin_server_ts, depth, position";

  private final ProvenRead read;
  private final String children;
  private final String edits;
  private final String threads;

  private record Related(EventId parent, Child child) {}

  private record RootedThread(EventId root, ThreadSummary summary) {}

  public RelationReads(Database database, Schema schema) {
    read = new ProvenRead(database, schema, StreamNumber.EVENTS);
    String newest = " ORDER BY depth DESC, position DESC LIMIT ";
    children = read.with(schema.sql("SELECT a.id AS parent, c.* " + PARENTS
        + "CROSS JOIN LATERAL (SELECT " + COLUMNS + " " + CHILDREN + newest + "?) c"));
    edits = read.with(schema.sql("SELECT a.id AS parent, c.* " + PARENTS
        + "CROSS JOIN LATERAL (SELECT " + COLUMNS + " " + CHILDREN
        + " AND sender = p.sender AND type = p.type AND state_key IS NULL AND p.state_key IS NULL"
        + " ORDER BY origin_server_ts DESC, id DESC LIMIT ?) c"));
    threads = read.with(
        schema.sql("SELECT a.id AS parent, c.*, t.total, t.participates OR p.sender = t.viewer "
            + PARENTS
            + "CROSS JOIN LATERAL (SELECT count(*) FILTER (WHERE NOT sender = ANY (arg.ignored)) AS total,"
            + " coalesce(bool_or(sender = arg.viewer), false) AS participates, max(arg.viewer) AS viewer"
            + " FROM (SELECT ?::text AS viewer, ?::text[] AS ignored) arg CROSS JOIN LATERAL ("
            + "SELECT sender " + CHILDREN + ") each) t "
            + "CROSS JOIN LATERAL (SELECT " + COLUMNS + " " + CHILDREN
            + " AND NOT sender = ANY (?)" + newest + "1) c"));
  }

  /**
   * Returns the children of events.
   *
   * @param bounds the positions that the database must have reached
   */
  public Map<EventId, List<Child>> children(
      ProvenRead.Bounds bounds, Collection<EventId> parents, String relType, int limit) {
    Map<EventId, List<Child>> found = new HashMap<>();
    read.rows(
            "reading relations",
            bounds,
            row -> new Related(EventId.parse(row.getString(FIRST)), child(row)),
            relType.equals(Relation.REPLACE) ? edits : children,
            texts(Set.copyOf(parents), EventId::value),
            TextCodec.encode(relType),
            limit)
        .forEach(row ->
            found.computeIfAbsent(row.parent(), parent -> new ArrayList<>()).add(row.child()));
    found.replaceAll((parent, all) -> List.copyOf(all));
    return Map.copyOf(found);
  }

  /**
   * Returns the summaries of threads.
   *
   * @param bounds the positions that the database must have reached
   */
  public Map<EventId, ThreadSummary> threads(
      ProvenRead.Bounds bounds, Collection<EventId> roots, UserId viewer, Set<UserId> ignored) {
    byte[] thread = TextCodec.encode(Relation.THREAD);
    Object ignoredUsers = texts(ignored, UserId::value);
    Map<EventId, ThreadSummary> found = new HashMap<>();
    read.rows(
            "reading threads",
            bounds,
            row -> new RootedThread(
                EventId.parse(row.getString(FIRST)),
                new ThreadSummary(child(row), row.getInt(FIRST + 7), row.getBoolean(FIRST + 8))),
            threads,
            texts(Set.copyOf(roots), EventId::value),
            viewer.value(),
            ignoredUsers,
            thread,
            thread,
            ignoredUsers)
        .forEach(row -> found.put(row.root(), row.summary()));
    return Map.copyOf(found);
  }

  private static Child child(ResultSet row) throws SQLException {
    return new Child(
        EventId.parse(row.getString(FIRST + 1)),
        UserId.parse(row.getString(FIRST + 2)),
        TextCodec.decode(row.getBytes(FIRST + 3)),
        row.getLong(FIRST + 4),
        new HistoryPoint(row.getLong(FIRST + 5), row.getLong(FIRST + 6)));
  }
}
