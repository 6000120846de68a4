package io.github.matrixsync.store.postgres.internal.write;

import io.github.matrixsync.store.StoreException;
import io.github.matrixsync.store.postgres.internal.sql.Database;
import io.github.matrixsync.store.postgres.internal.sql.Failures;
import io.github.matrixsync.store.postgres.internal.sql.Schema;
import io.github.matrixsync.store.postgres.internal.sql.SqlWork;
import io.github.matrixsync.store.postgres.internal.sql.Statements;
import io.github.matrixsync.store.postgres.internal.stream.StreamNumber;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Writes to one stream in transactions of two round trips: the first takes the lock and reads what the plan needs, the
 * second writes and commits. Thread-safe.
 */
public final class WriteTransaction {
  /** How long the outcome of a broken commit is looked for. */
  private static final Duration SEARCH = Duration.ofSeconds(20);

  /** How often at most a transaction is begun, if interrupts end it before it has written. */
  private static final int ATTEMPTS = 10;

  private static final Duration PAUSE = Duration.ofMillis(200);

  private final Database database;
  private final String what;
  private final String lock;

  /**
   * Makes the transactions of a stream.
   *
   * @param what names the work in errors
   */
  public WriteTransaction(Database database, Schema schema, StreamNumber stream, String what) {
    this(database, lock(schema, stream), what);
  }

  /**
   * Makes transactions that take a lock.
   *
   * @param lock the statement that waits for it, which returns one row
   * @param what names the work in errors
   */
  public WriteTransaction(Database database, String lock, String what) {
    this.database = database;
    this.lock = lock;
    this.what = what;
  }

  /**
   * Returns the statement that waits for a stream's lock and takes it until the end of the transaction. It returns one
   * row. What is read under the lock must be read by later statements: this one's snapshot is older than the lock.
   */
  public static String lock(Schema schema, StreamNumber stream) {
    return lock(schema, stream.number());
  }

  /** Returns the same for the lock of a role that is no stream. */
  public static String lock(Schema schema, int number) {
    return "SELECT pg_advisory_xact_lock(" + schema.lockKey() + ", " + number + ")";
  }

  /**
   * Runs one transaction. An interrupt of the thread ends nothing, also if the pool of connections throws because of
   * it; the thread is interrupted again at the end.
   *
   * @param planning sets what {@link TransactionSettings} says, takes the lock, and says what to write
   * @return the plan, which is stored
   * @throws StoreException if storing failed; then nothing is stored, or the outcome is unknown
   */
  public <P extends Plan> P run(SqlWork<P> planning) {
    Attempt<P> attempt = new Attempt<>();
    try {
      attempt.takeInterrupt();
      for (int i = 1; i < ATTEMPTS; i++) {
        try {
          return run(planning, attempt);
        } catch (StoreException e) {
          if (attempt.plan != null || !attempt.takeInterrupt()) {
            throw e;
          }
        }
      }
      return run(planning, attempt);
    } finally {
      attempt.giveInterrupt();
    }
  }

  private <P extends Plan> P run(SqlWork<P> planning, Attempt<P> attempt) {
    try {
      return database.transaction(connection -> {
        P plan = planning.on(connection);
        if (!plan.isEmpty()) {
          attempt.plan = plan;
          commit(connection, plan);
        }
        return plan;
      });
    } catch (SQLException e) {
      P plan = attempt.plan;
      if (plan == null || !Failures.isAnswerMissing(e)) {
        throw Failures.failed(what, e);
      }
      find(plan, e, attempt);
      return plan;
    }
  }

  private static void commit(Connection connection, Plan plan) throws SQLException {
    Statements statements = new Statements();
    plan.addTo(statements);
    statements.add("COMMIT").execute(connection).close();
  }

  /**
   * Finds out whether a transaction was committed whose connection broke. Its lock is waited for, because until it is
   * free the old transaction may still commit.
   */
  private void find(Plan plan, SQLException broken, Attempt<?> attempt) {
    long end = System.nanoTime() + SEARCH.toNanos();
    SQLException failure = broken;
    while (System.nanoTime() - end < 0) {
      try {
        attempt.takeInterrupt();
        switch (database.transaction(connection -> find(connection, plan))) {
          case STORED -> {
            return;
          }
          case NOT_STORED -> throw Failures.failed(what, broken);
          case OVERWRITTEN -> throw Failures.outcomeUnknown(what, broken);
        }
      } catch (SQLException e) {
        failure = e;
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    }
    throw Failures.outcomeUnknown(what, failure);
  }

  private Plan.Outcome find(Connection connection, Plan plan) throws SQLException {
    TransactionSettings.own().add(lock).execute(connection).close();
    return plan.find(connection);
  }

  /** How far a transaction came before its connection broke, and whether its thread was interrupted. */
  private static final class Attempt<P extends Plan> {
    private @Nullable P plan;
    private boolean isInterrupted;

    private boolean takeInterrupt() {
      boolean isNew = Thread.interrupted();
      isInterrupted |= isNew;
      return isNew;
    }

    private void giveInterrupt() {
      if (isInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
