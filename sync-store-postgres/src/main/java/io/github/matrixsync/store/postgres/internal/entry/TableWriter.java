package io.github.matrixsync.store.postgres.internal.entry;

import io.github.matrixsync.store.StoreException;
import io.github.matrixsync.store.postgres.internal.sql.Database;
import io.github.matrixsync.store.postgres.internal.sql.Results;
import io.github.matrixsync.store.postgres.internal.sql.Schema;
import io.github.matrixsync.store.postgres.internal.sql.Statements;
import io.github.matrixsync.store.postgres.internal.stream.StreamNumber;
import io.github.matrixsync.store.postgres.internal.write.Groups;
import io.github.matrixsync.store.postgres.internal.write.Plan;
import io.github.matrixsync.store.postgres.internal.write.Servers;
import io.github.matrixsync.store.postgres.internal.write.TransactionSettings;
import io.github.matrixsync.store.postgres.internal.write.WriteTransaction;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * Stores the changes of entries, those of many callers in one transaction. Whether a change is one is decided under the
 * stream's lock. Thread-safe.
 *
 * @param <O> one caller's change
 * @param <E> the identity of an entry
 * @param <V> an entry's row
 * @param <R> what the caller is told
 */
public final class TableWriter<O, E, V, R> {
  private final Groups<O, Written<E, V, R>> groups = new Groups<>(this::store);
  private final EntryTable<O, E, V, R> table;
  private final WriteTransaction transaction;
  private final String lock;
  private final String head;
  private final String jump;

  public TableWriter(Database database, Schema schema, EntryTable<O, E, V, R> table) {
    this.table = table;
    StreamNumber stream = table.stream();
    transaction = new WriteTransaction(database, schema, stream, "setting " + stream.words());
    lock = WriteTransaction.lock(schema, stream);
    head = schema.sql("SELECT greatest(s.floor, s.retained, (SELECT max(position) FROM @"
        + stream.table() + ")), greatest(s.floor, " + table.revision() + "), " + Servers.COLUMNS
        + " FROM @stream s WHERE s.number = " + stream.number());
    jump = schema.sql("UPDATE @stream SET floor = ?, cluster = ?, timeline = ? WHERE number = "
        + stream.number());
  }

  /**
   * What a caller is told, and the state of the entries that its transaction left.
   *
   * @param draft to be read only
   */
  public record Written<E, V, R>(R result, Draft<E, V> draft) {}

  /**
   * Stores a change. Returns once its outcome is known.
   *
   * @throws StoreException if storing failed
   */
  public Written<E, V, R> write(O change) {
    return groups.store(change, 1, table.size(change));
  }

  private IntFunction<Written<E, V, R>> store(List<O> changes) {
    return transaction.run(connection -> plan(connection, changes));
  }

  private DraftPlan plan(Connection connection, List<O> changes) throws SQLException {
    Statements first = TransactionSettings.own().add(lock);
    Draft<E, V> draft = read(connection, changes, first, 2);
    List<R> results = new ArrayList<>();
    for (O change : changes) {
      results.add(table.apply(change, draft));
    }
    return new DraftPlan(changes, draft, results);
  }

  /** Reads what changes need, after statements that return this number of rows. */
  private Draft<E, V> read(Connection connection, List<O> changes, Statements first, int rowsBefore)
      throws SQLException {
    table.addReads(first.add(head), changes);
    try (Results results = first.execute(connection)) {
      for (int i = 0; i < rowsBefore; i++) {
        results.next();
      }
      ResultSet row = results.next();
      if (!row.next()) {
        throw new SQLException("the table of streams lacks a row");
      }
      Draft<E, V> draft = new Draft<>(row.getLong(1), row.getLong(2), Servers.read(row, 3));
      table.read(results, draft);
      return draft;
    }
  }

  /** The changed rows, and each caller's result. */
  private final class DraftPlan implements Plan, IntFunction<Written<E, V, R>> {
    private final List<O> changes;
    private final Draft<E, V> draft;
    private final List<R> results;

    DraftPlan(List<O> changes, Draft<E, V> draft, List<R> results) {
      this.changes = changes;
      this.draft = draft;
      this.results = results;
    }

    @Override
    public Written<E, V, R> apply(int caller) {
      return new Written<>(results.get(caller), draft);
    }

    /** A jump is written at once too, so that every node reads that the head is above its watermark. */
    @Override
    public boolean isEmpty() {
      return draft.changed().isEmpty() && draft.servers().jump() == 0;
    }

    @Override
    public void addTo(Statements statements) {
      if (draft.servers().isNew()) {
        Servers.Server server = draft.servers().present();
        statements.add(jump, draft.floor(), server.cluster(), server.timeline());
      }
      if (!draft.changed().isEmpty()) {
        table.addRows(statements, draft, draft.changed().values());
      }
    }

    @Override
    public Outcome find(Connection connection) throws SQLException {
      Draft<E, V> later = read(connection, changes, new Statements(), 0);
      Outcome outcome = draft.changed().isEmpty() ? Outcome.NOT_STORED : Outcome.OVERWRITTEN;
      for (Map.Entry<E, V> change : draft.changed().entrySet()) {
        Outcome ofRow = table.find(change.getKey(), change.getValue(), later);
        if (ofRow == Outcome.NOT_STORED) {
          return ofRow;
        }
        outcome = ofRow == Outcome.STORED ? ofRow : outcome;
      }
      return outcome;
    }
  }
}
