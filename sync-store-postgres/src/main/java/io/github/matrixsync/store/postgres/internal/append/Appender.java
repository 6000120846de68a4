package io.github.matrixsync.store.postgres.internal.append;

import static io.github.matrixsync.store.postgres.internal.sql.Statements.longs;
import static io.github.matrixsync.store.postgres.internal.sql.Statements.texts;

import io.github.matrixsync.store.StoreException;
import io.github.matrixsync.store.model.Append;
import io.github.matrixsync.store.model.StoredEvent;
import io.github.matrixsync.store.postgres.internal.sql.Database;
import io.github.matrixsync.store.postgres.internal.sql.Failures;
import io.github.matrixsync.store.postgres.internal.sql.Results;
import io.github.matrixsync.store.postgres.internal.sql.Schema;
import io.github.matrixsync.store.postgres.internal.sql.Statements;
import io.github.matrixsync.store.postgres.internal.stream.StreamNumber;
import io.github.matrixsync.store.postgres.internal.write.Groups;
import io.github.matrixsync.store.postgres.internal.write.Plan;
import io.github.matrixsync.store.postgres.internal.write.TransactionSettings;
import io.github.matrixsync.store.postgres.internal.write.WriteTransaction;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Stores batches, those of many callers in one transaction: what they need is read under the log's lock, and their rows
 * are written with the commit. Thread-safe.
 */
public final class Appender {
  private static final String WHAT = "appending";

  private final Groups<List<Append>, Stored> groups = new Groups<>(this::store);
  private final WriteTransaction transaction;
  private final LockedReads reads;
  private final RowWriter writer;
  private final String outcome;

  public Appender(Database database, Schema schema) {
    transaction = new WriteTransaction(database, schema, StreamNumber.EVENTS, WHAT);
    reads = new LockedReads(schema);
    writer = new RowWriter(schema);
    outcome = schema.sql("""
        SELECT count(*) FILTER (WHERE EXISTS (SELECT 1 FROM @event e WHERE e.position = a.position AND e.id = a.id)
            OR EXISTS (SELECT 1 FROM @purged_event p WHERE p.id = a.id AND p.position = a.position)),
          (SELECT retained FROM @stream WHERE number = 1)
        FROM unnest(?, ?) a (position, id)""");
  }

  /**
   * A batch that was stored, and the heads that this node's watermarks must cover, because the positions may be that
   * high.
   *
   * @param positions of the events, in the batch's order
   */
  public record Stored(List<Long> positions, long head, long backfill) {}

  /**
   * Stores a batch, whole or not at all, with others that wait at the time. Returns once its outcome is known, also if
   * the thread is interrupted meanwhile; the thread is then still interrupted.
   *
   * @throws IllegalArgumentException if the batch does not fit what is stored
   * @throws StoreException if storing failed
   */
  public Stored append(List<Append> batch) {
    long bytes =
        batch.stream().mapToLong(append -> append.event().json().length()).sum();
    return groups.store(batch, batch.size(), bytes);
  }

  private IntFunction<Stored> store(List<List<Append>> batches) {
    return transaction.run(connection -> plan(connection, batches, TransactionSettings.own()));
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
      AppendPlan plan = plan(connection, List.of(batch), TransactionSettings.hosts());
      if (!plan.isEmpty()) {
        Statements statements = new Statements();
        plan.addTo(statements);
        statements.execute(connection).close();
      }
      return plan.apply(0).positions();
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

  private AppendPlan plan(Connection connection, List<List<Append>> batches, Statements first)
      throws SQLException {
    List<Append> all = batches.stream().flatMap(List::stream).toList();
    StoredState state = reads.read(connection, all, first);
    NewRows rows = new NewRows(state);
    List<Placed> outcomes = new ArrayList<>();
    for (List<Append> each : batches) {
      outcomes.add(place(new Batch(state, each), rows));
    }
    return new AppendPlan(rows, outcomes);
  }

  private static Placed place(Batch batch, NewRows rows) {
    try {
      batch.check();
    } catch (IllegalArgumentException e) {
      return new Placed(List.of(), e);
    }
    return new Placed(batch.place(rows), null);
  }

  /** The outcome of one batch. */
  private record Placed(List<Long> positions, @Nullable IllegalArgumentException refusal) {}

  /** The rows of all batches, and each caller's result. */
  private final class AppendPlan implements Plan, IntFunction<Stored> {
    private final NewRows rows;
    private final List<Placed> outcomes;

    AppendPlan(NewRows rows, List<Placed> outcomes) {
      this.rows = rows;
      this.outcomes = outcomes;
    }

    @Override
    public Stored apply(int batch) {
      Placed outcome = outcomes.get(batch);
      if (outcome.refusal() != null) {
        throw outcome.refusal();
      }
      StreamHead head = rows.state.head;
      return new Stored(outcome.positions(), head.position(), head.backfill());
    }

    /** Also a jump is written at once, or this node's watermark would be above what the server knows. */
    @Override
    public boolean isEmpty() {
      return rows.isEmpty() && rows.state.head.servers().jump() == 0;
    }

    @Override
    public void addTo(Statements statements) {
      writer.addTo(statements, rows);
    }

    /**
     * Looks for all events: if the transaction was rolled back, another caller may have appended some of them since, at
     * the same positions.
     */
    @Override
    public Outcome find(Connection connection) throws SQLException {
      List<StoredEvent> events = rows.events.stream().map(row -> row.stored).toList();
      Statements statements = new Statements(
          outcome,
          longs(events.stream().map(StoredEvent::position).toList()),
          texts(events, stored -> stored.event().id().value()));
      try (Results results = statements.execute(connection)) {
        ResultSet answer = results.next();
        answer.next();
        if (!events.isEmpty() && answer.getLong(1) == events.size()) {
          return Outcome.STORED;
        }
        long retained = answer.getLong(2);
        boolean isPurged = events.stream()
            .anyMatch(stored -> stored.position() > 0 && stored.position() <= retained);
        return isPurged ? Outcome.OVERWRITTEN : Outcome.NOT_STORED;
      }
    }
  }
}
