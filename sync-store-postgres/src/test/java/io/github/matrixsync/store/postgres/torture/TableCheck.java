package io.github.matrixsync.store.postgres.torture;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.postgresql.PGConnection;

/** Compares the tables with the archive and with what writers were told. Each query counts what contradicts. */
final class TableCheck {
  private static final String BATCHES = """
      WITH first AS (SELECT id, min(position) AS position FROM torture.archive GROUP BY id),
      part AS (SELECT position, regexp_replace(id, '\\.[0-9]+\\.[0-9]+$', '') AS batch,
          split_part(id, '.', 5)::int AS place, split_part(id, '.', 6)::int AS size FROM first)
      """;

  private static final String STATE =
      "(SELECT * FROM torture.archive WHERE kind = 0 AND state_key IS NOT NULL)";

  private static final Map<String, String> QUERIES = queries();

  private TableCheck() {}

  private static Map<String, String> queries() {
    Map<String, String> queries = new LinkedHashMap<>();
    queries.put("acknowledged, but not stored there", """
        SELECT count(*) FROM torture.claim c WHERE status = 's' AND NOT EXISTS (
          SELECT 1 FROM torture.archive a WHERE a.position = c.position AND a.id = c.id)""");
    queries.put("failed or rolled back, but stored", """
        SELECT count(*) FROM torture.claim c JOIN torture.archive a ON a.id = c.id AND a.kind = c.kind
        WHERE c.status = 'f'""");
    queries.put("stored twice", """
        SELECT count(*) FROM (SELECT FROM torture.archive GROUP BY id, kind = 1 HAVING count(*) > 1) twice""");
    queries.put("batches that are not whole", BATCHES + """
        SELECT count(*) FROM (SELECT FROM part GROUP BY batch HAVING count(*) <> max(size)) cut""");
    queries.put("batches with something between", BATCHES + """
        SELECT count(*) FROM (SELECT position - lag(position) OVER w AS step FROM part WHERE position > 0
          WINDOW w AS (PARTITION BY batch ORDER BY place)) steps WHERE step <> 1""");
    queries.put("batches without their host's row, and rows without their batch", BATCHES + """
        SELECT count(*) FROM (SELECT DISTINCT batch FROM part WHERE batch LIKE '$h%') b
        FULL JOIN torture.host_row r USING (batch) WHERE b.batch IS NULL OR r.batch IS NULL""");
    queries.put("rows that are neither there nor purged", """
        SELECT count(*) FROM torture.archive a LEFT JOIN matrix_sync.event e USING (position)
        WHERE e.id IS DISTINCT FROM a.id AND NOT (a.position BETWEEN 1 AND (
            SELECT retained FROM matrix_sync.stream WHERE number = 1)
          AND (a.kind = 1 OR a.state_key IS NULL AND EXISTS (
            SELECT 1 FROM matrix_sync.purged_event p WHERE p.position = a.position AND p.id = a.id)))""");
    queries.put("rows that should be purged", """
        SELECT count(*) FROM matrix_sync.event e WHERE kind = 0 AND state_key IS NULL AND position BETWEEN 1 AND (
          SELECT purged FROM matrix_sync.stream WHERE number = 1)""");
    queries.put("rows that nobody inserted", """
        SELECT count(*) FROM matrix_sync.event e LEFT JOIN torture.archive a USING (position)
        WHERE a.id IS DISTINCT FROM e.id""");
    queries.put("replaces that is not the entry before", """
        SELECT count(*) FROM (SELECT replaces, lag(id) OVER (
          PARTITION BY room_id, type, state_key ORDER BY position) AS before FROM %s s) chain
        WHERE replaces IS DISTINCT FROM before""".formatted(STATE));
    queries.put("state entries out of their chain", """
        SELECT count(*) FROM (SELECT until, lead(since, 1, 9223372036854775807) OVER (
          PARTITION BY room, entry ORDER BY since) AS next FROM matrix_sync.state_entry) chain
        WHERE until <> next""");
    queries.put(
        "state events without their entry, and entries without their event", """
        SELECT count(*) FROM %s s FULL JOIN matrix_sync.state_entry e ON e.since = s.position AND e.event = s.position
        WHERE e.since IS NULL OR s.position IS NULL""".formatted(STATE));
    queries.put("memberships out of their chain", """
        SELECT count(*) FROM (SELECT before, until, lag(after, 1, 3::smallint) OVER w AS last,
            lead(since, 1, 9223372036854775807) OVER w AS next
          FROM matrix_sync.member WINDOW w AS (PARTITION BY room, subject ORDER BY since)) chain
        WHERE before <> last OR until <> next""");
    queries.put("member events without their row, and rows without their event", """
        SELECT count(*) FROM (SELECT * FROM torture.archive WHERE membership IS NOT NULL) a
        FULL JOIN matrix_sync.member m ON m.since = a.position AND m.subject = a.subject AND m.event = a.id
          AND m.after = a.membership
        WHERE m.since IS NULL OR a.position IS NULL""");
    queries.put("events without their first redaction", """
        WITH first AS (SELECT room_id, redacts, min(position) AS position FROM torture.archive
          WHERE kind = 0 AND redacts IS NOT NULL GROUP BY 1, 2)
        SELECT count(*) FROM first f JOIN matrix_sync.event e ON e.id = f.redacts AND e.room_id = f.room_id
          LEFT JOIN matrix_sync.redaction x ON x.room = e.room AND x.target = e.id
        WHERE NOT e.redacted OR x.position IS DISTINCT FROM f.position""");
    return queries;
  }

  /** Returns how many rows contradict, by what they contradict. */
  static Map<String, Long> run(Server server, List<Path> claims) throws SQLException, IOException {
    loadClaims(server, claims);
    server.execute("CREATE INDEX ON torture.archive (id); ANALYZE");
    Map<String, Long> found = new LinkedHashMap<>();
    for (Map.Entry<String, String> query : QUERIES.entrySet()) {
      found.put(query.getKey(), server.number(query.getValue()));
    }
    return found;
  }

  private static void loadClaims(Server server, List<Path> files) throws SQLException, IOException {
    try (Connection connection = server.connect()) {
      for (Path file : files) {
        if (Files.exists(file)) {
          String text = Files.readString(file);
          String whole = text.substring(0, text.lastIndexOf('\n') + 1);
          connection
              .unwrap(PGConnection.class)
              .getCopyAPI()
              .copyIn("COPY torture.claim FROM STDIN", new StringReader(whole));
        }
      }
    }
  }
}
