package io.github.matrixsync.store.postgres.torture;

import io.github.matrixsync.store.model.Append;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;

/**
 * The fault that the store does not have: positions come from a sequence, so that they are not in the order of commits.
 * Thread-safe.
 */
final class SequenceAppender {
  private static final String INSERT = """
      INSERT INTO matrix_sync.event (position, room, kind, depth, has_depth, top_depth, room_id, sender, id, type,
        origin_server_ts, subject_knows, sets_state, redacted, json)
      VALUES (nextval('torture.position'), 1, 0, 1, false, 1, ?, ?, ?, '\\x6d', 0, false, false, false, '\\x7b7d')""";

  private final DataSource source;

  SequenceAppender(DataSource source) {
    this.source = source;
  }

  /** Appends a batch in a transaction that may take a while before it commits. */
  void append(List<Append> batch, Random random) throws SQLException {
    try (Connection connection = source.getConnection()) {
      connection.setAutoCommit(false);
      try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
        for (Append append : batch) {
          insert.setString(1, append.event().room().value());
          insert.setString(2, append.event().sender().value());
          insert.setString(3, append.event().id().value());
          insert.addBatch();
        }
        insert.executeBatch();
      }
      LockSupport.parkNanos(random.nextInt(20_000_000));
      connection.commit();
    }
  }
}
