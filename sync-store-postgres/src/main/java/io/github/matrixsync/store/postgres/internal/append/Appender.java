package io.github.matrixsync.store.postgres.internal.append;

import io.github.matrixsync.store.StoreException;
import io.github.matrixsync.store.model.Append;
import io.github.matrixsync.store.postgres.internal.sql.Database;
import io.github.matrixsync.store.postgres.internal.sql.Failures;
import io.github.matrixsync.store.postgres.internal.sql.Results;
import io.github.matrixsync.store.postgres.internal.sql.Schema;
import io.github.matrixsync.store.postgres.internal.sql.Statements;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Stores batches in one transaction of two round trips: what they need is read under the log's lock, and their rows are
 * written with the commit. Thread-safe.
 */
public final class Appender {
  private static final String WHAT = "appending";

  /** How long the outcome of a broken commit is looked for. */
  private static final Duration SEARCH = Duration.ofSeconds(20);

  private static final Duration PAUSE = Duration.ofMillis(200);

  private final Database database;
  private final LockedReads reads;
  private final RowWriter writer;
  private final String isStored;

  public Appender(Database database, Schema schema) {
    this.database = database;
    reads = new LockedReads(schema);
    writer = new RowWriter(schema);
    isStored = schema.sql("SELECT EXISTS (SELECT 1 FROM @event WHERE position = ? AND id = ?)");
  }

  /**
   * Stores these batches, each of them whole or not at all. A batch that does not fit what is stored is refused by
   * itself.
   *
   * @throws StoreException if storing failed; then none of them is stored, or its outcome is unknown
   */
  Appended append(List<List<Append>> batches) {
    Attempt attempt = new Attempt();
    try {
      return database.transaction(connection -> {
        Appended appended = place(connection, batches, TransactionSettings.own(), attempt);
        if (attempt.rows != null) {
          write(connection, attempt.rows, true);
        }
        return appended;
      });
    } catch (SQLException e) {
      if (attempt.rows == null || !Failures.isAnswerMissing(e)) {
        throw Failures.failed(WHAT, e);
      }
      return find(attempt, e);
    }
  }

  /**
   * Stores a batch in the host's transaction, which the host commits next.
   *
   * @throws IllegalArgumentException if the batch does not fit what is stored
   * @throws IllegalStateException if the connection has autocommit or another isolation than READ COMMITTED
   * @throws StoreException if storing failed
   */
  public List<Long> append(Connection connection, List<Append> batch) {
    try {
      requireReadCommitted(connection);
      Attempt attempt = new Attempt();
      Appended appended = place(connection, List.of(batch), TransactionSettings.hosts(), attempt);
      if (attempt.rows != null) {
        write(connection, attempt.rows, false);
      }
      return appended.positions(0);
    } catch (SQLException e) {
      throw Failures.failed(WHAT, e);
    }
  }

  private static void requireReadCommitted(Connection connection) throws SQLException {
    if (connection.getAutoCommit()) {
      throw new IllegalStateException(
          "the connection has autocommit: an append needs the host's transaction");
    }
    if (connection.getTransactionIsolation() != Connection.TRANSACTION_READ_COMMITTED) {
      throw new IllegalStateException(
          "the transaction's isolation is not READ COMMITTED: it would not see the appends it waited for");
    }
  }

  private Appended place(
      Connection connection, List<List<Append>> batches, Statements first, Attempt attempt)
      throws SQLException {
    List<Append> all = batches.stream().flatMap(List::stream).toList();
    StoredState state = reads.read(connection, all, first);
    NewRows rows = new NewRows(state);
    List<Outcome> outcomes = new ArrayList<>();
    for (List<Append> each : batches) {
      outcomes.add(place(new Batch(state, each), rows));
    }
    attempt.appended = new Appended(outcomes, state.head.position(), state.head.backfill());
    attempt.rows = rows.isEmpty() ? null : rows;
    return attempt.appended;
  }

  private static Outcome place(Batch batch, NewRows rows) {
    try {
      batch.check();
    } catch (IllegalArgumentException e) {
      return new Outcome(List.of(), e);
    }
    return new Outcome(batch.place(rows), null);
  }

  private void write(Connection connection, NewRows rows, boolean commits) throws SQLException {
    Statements statements = new Statements();
    writer.addTo(statements, rows);
    if (commits) {
      statements.add("COMMIT");
    }
    statements.execute(connection).close();
  }

  /**
   * Finds out whether a transaction was committed whose connection broke. Its lock is waited for, because until it is
   * free the old transaction may still commit.
   */
  private Appended find(Attempt attempt, SQLException broken) {
    NewEvent row = attempt.requireRows().events.get(0);
    long end = System.nanoTime() + SEARCH.toNanos();
    SQLException failure = broken;
    while (System.nanoTime() - end < 0) {
      try {
        if (database.transaction(connection -> isStored(connection, row))) {
          return attempt.requireAppended();
        }
        throw Failures.failed(WHAT, broken);
      } catch (SQLException e) {
        failure = e;
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    }
    failure.addSuppressed(broken);
    throw Failures.outcomeUnknown(WHAT, failure);
  }

  private boolean isStored(Connection connection, NewEvent row) throws SQLException {
    Statements statements = TransactionSettings.own()
        .add(reads.lock())
        .add(isStored, row.stored.position(), row.stored.event().id().value());
    try (Results results = statements.execute(connection)) {
      results.next();
      results.next();
      ResultSet answer = results.next();
      return answer.next() && answer.getBoolean(1);
    }
  }

  /** What became of one batch. */
  record Outcome(List<Long> positions, @Nullable IllegalArgumentException refusal) {}

  /**
   * What became of all batches.
   *
   * @param head the position that this node's watermark must cover, because the positions may be that high
   * @param backfill the same for backfill
   */
  record Appended(List<Outcome> outcomes, long head, long backfill) {
    List<Long> positions(int batch) {
      Outcome outcome = outcomes.get(batch);
      if (outcome.refusal() != null) {
        throw outcome.refusal();
      }
      return outcome.positions();
    }
  }

  /** How far a transaction came before its connection broke. */
  private static final class Attempt {
    private @Nullable NewRows rows;
    private @Nullable Appended appended;

    private NewRows requireRows() {
      if (rows == null) {
        throw new IllegalStateException("nothing was to be written");
      }
      return rows;
    }

    private Appended requireAppended() {
      if (appended == null) {
        throw new IllegalStateException("nothing was placed");
      }
      return appended;
    }
  }
}
