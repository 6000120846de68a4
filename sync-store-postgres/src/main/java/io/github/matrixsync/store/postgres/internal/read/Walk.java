package io.github.matrixsync.store.postgres.internal.read;

import io.github.matrixsync.store.model.Direction;
import io.github.matrixsync.store.model.HistoryPoint;

/**
 * A walk along rooms' histories between two points, and the query of the positions that it finds.
 *
 * <p>What a viewer may see of a room comes from three places, each of which is walked along an index in the order of
 * the history, for at most as many events as are wanted: ranges of live positions, the viewer's own events, and
 * backfill by its visibility. A range is walked twice at most. The first walk looks at a bounded number of events
 * below the greatest point that the range can have; almost always that is all. If too few of them are in the range, it
 * is small or its events are far apart, and the second walk goes by position through the range alone.
 *
 * <p>Where an event must be found by position, live ones are told by {@code high_depth}, which only they have, and not
 * by {@code kind}: with that the planner could take the index by depth, and read the whole room.
 *
 * @param after exclusive
 * @param upTo inclusive
 * @param direction from which end the walk begins
 * @param limit the most events of each room
 */
record Walk(HistoryPoint after, HistoryPoint upTo, Direction direction, int limit) {
  /** How many events the first walk of a range looks at, for each that is wanted, and at least. */
  private static final int FENCE_FACTOR = 4;

  private static final int MIN_FENCE = 100;

  private static final String POSITIONS = """
      found AS (
        SELECT k.n, p.position, p.depth FROM arg CROSS JOIN asked_range b JOIN asked_room k ON k.n = b.n
          CROSS JOIN LATERAL (SELECT high_depth, high_position FROM @event
            WHERE room = k.room AND high_depth IS NOT NULL AND position > 0 AND position <= b.up_to
            ORDER BY position DESC LIMIT 1) h
          CROSS JOIN LATERAL (SELECT coalesce(array_agg(position), '{}') AS positions,
              coalesce(array_agg(depth), '{}') AS depths
            FROM (SELECT position, depth FROM (
                SELECT position, depth FROM @event
                WHERE room = k.room AND kind = 0 AND (depth, position) <= (h.high_depth, h.high_position) AND $bounds
                ORDER BY depth $order, position $order LIMIT $fence) fenced
              WHERE position > b.after AND position <= b.up_to AND (arg.ignored = '{}' OR NOT EXISTS (
                SELECT 1 FROM @event WHERE position = fenced.position AND $ignored))
              ORDER BY depth $order, position $order LIMIT $limit) walked) first
          CROSS JOIN LATERAL (
            SELECT * FROM unnest(first.positions, first.depths) f (position, depth)
            UNION ALL
            (SELECT position, depth FROM @event
              WHERE cardinality(first.positions) < $limit AND room = k.room AND high_depth IS NOT NULL
                AND position > b.after AND position <= b.up_to AND $bounds AND $ignored IS NOT TRUE
              ORDER BY depth $order, position $order LIMIT $limit)) p
        UNION ALL
        SELECT k.n, p.position, p.depth FROM arg CROSS JOIN asked_room k CROSS JOIN LATERAL (
          (SELECT position, depth FROM @event
            WHERE room = k.room AND sender = arg.own AND kind <> 1 AND position <= k.up_to AND $bounds
            ORDER BY depth $order, position $order LIMIT $limit)
          UNION ALL
          (SELECT position, depth FROM @event
            WHERE room = k.room AND subject = arg.own AND subject IS NOT NULL AND kind <> 1
              AND position <= k.up_to AND $bounds AND $ignored IS NOT TRUE
            ORDER BY depth $order, position $order LIMIT $limit)
          UNION ALL
          SELECT old.position, old.depth FROM unnest(CASE WHEN k.has_backfill THEN arg.visibilities END) v (visibility)
            CROSS JOIN LATERAL (SELECT position, depth FROM @event
              WHERE room = k.room AND kind = 2 AND backfill_visibility = v.visibility AND $bounds
                AND $ignored IS NOT TRUE
              ORDER BY depth $order, position $order LIMIT $limit) old) p)
      SELECT position, n::integer AS n FROM (
        SELECT n, position, row_number() OVER (PARTITION BY n ORDER BY depth $order, position $order) AS place
        FROM (SELECT DISTINCT n, position, depth FROM found) each_once) placed
      WHERE place <= (SELECT most FROM arg)""";

  private static final String ARGUMENTS = """
      asked_room AS MATERIALIZED (
        SELECT a.n, r.number AS room, a.up_to,
          EXISTS (SELECT 1 FROM @event WHERE room = r.number AND kind = 2) AS has_backfill
        FROM unnest(?, ?) WITH ORDINALITY a (id, up_to, n)
        CROSS JOIN LATERAL (SELECT number FROM @room WHERE id = a.id LIMIT 1) r),
      asked_range AS MATERIALIZED (SELECT * FROM unnest(?, ?, ?) b (n, after, up_to)),
      arg AS MATERIALIZED (
        SELECT ?::text AS own, ?::text[] AS ignored, ?::smallint[] AS visibilities, ?::bigint AS after_depth,
          ?::bigint AS after_position, ?::bigint AS up_to_depth, ?::bigint AS up_to_position, ?::integer AS most),
      """;

  private static final String BOUNDS = "(depth, position) > (arg.after_depth, arg.after_position)"
      + " AND (depth, position) <= (arg.up_to_depth, arg.up_to_position)";

  private static final String IGNORED = "(sender = ANY (arg.ignored) AND sender <> arg.own"
      + " AND (state_key IS NULL OR (subject = arg.own AND membership = 1)))";

  /**
   * Returns the query of the positions. Its inner limits are constants, powers of two, because the planner must see
   * them; the outer one is a parameter.
   */
  String positions() {
    int most = Integer.highestOneBit(Math.max(limit, 1) * 2 - 1);
    return "WITH " + ARGUMENTS
        + POSITIONS
            .replace("$order", direction == Direction.FORWARD ? "ASC" : "DESC")
            .replace("$bounds", BOUNDS)
            .replace("$ignored", IGNORED)
            .replace("$fence", Integer.toString(Math.max(MIN_FENCE, FENCE_FACTOR * most)))
            .replace("$limit", Integer.toString(most));
  }
}
