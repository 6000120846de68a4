package io.github.matrixsync.store.postgres.internal.read;

import io.github.matrixsync.store.postgres.internal.sql.Schema;

/** The columns from which {@link EventRows} makes events. Pure. */
final class EventColumns {
  private static final String COLUMNS = """
      position, kind, depth, has_depth, room_id, sender, id, type, state_key, origin_server_ts, redacts, membership, \
      visibility, backfill_visibility, age_since, room_version, replaces, changes, subject_knows, json, \
      rel_type, relates_to""";

  private EventColumns() {}

  /**
   * Returns a query of whole events, and of the redactions that apply to them, by a query of their positions.
   *
   * <p>Its columns are: the target of a redaction, or nothing for a found event, as text; whether that redaction is
   * redacted itself; an ordinal; then those of the event.
   *
   * @param schema the tables' schema
   * @param positions a query of positions; its second column is {@code n}, an ordinal that is returned with the event
   */
  static String of(Schema schema, String positions) {
    String found = columns("e");
    String redacting = columns("x");
    return schema.sql("WITH asked AS MATERIALIZED (" + positions + "),"
        + " page AS MATERIALIZED (SELECT asked.n, e.room, e.redacted, " + found
        + " FROM asked CROSS JOIN LATERAL (SELECT * FROM @event WHERE position = asked.position LIMIT 1) e)"
        + " SELECT '' AS target, false AS again, n, " + COLUMNS + " FROM page"
        + " UNION ALL SELECT r.target, r.again, 0, " + columns("r")
        + " FROM (SELECT DISTINCT room, id FROM page WHERE redacted) p CROSS JOIN LATERAL ("
        + "SELECT x.target, EXISTS (SELECT 1 FROM @redaction y WHERE y.room = x.room AND y.target = x.id) AS again, "
        + redacting
        + " FROM @redaction x WHERE x.room = p.room AND x.target = p.id LIMIT 1) r");
  }

  private static String columns(String table) {
    return table + "." + COLUMNS.replace(", ", ", " + table + ".");
  }
}
