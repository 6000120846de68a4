package io.github.matrixsync.store.postgres.internal.entry;

import io.github.matrixsync.store.postgres.internal.sql.Results;
import io.github.matrixsync.store.postgres.internal.sql.Statements;
import io.github.matrixsync.store.postgres.internal.stream.StreamNumber;
import io.github.matrixsync.store.postgres.internal.write.Plan;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;

/**
 * How a role's entries are read under the lock, changed and written. Each of its statements is for any number of
 * entries. Immutable.
 *
 * @param <O> one caller's change
 * @param <E> the identity of an entry
 * @param <V> an entry's row
 * @param <R> what the caller is told
 */
public interface EntryTable<O, E, V, R> {
  /** Returns the stream whose positions the entries have. */
  StreamNumber stream();

  /** Returns an expression for the latest revision, if rows have revisions. */
  default String revision() {
    return "0";
  }

  /** Returns about how long a change is, in bytes. */
  default long size(O change) {
    return 0;
  }

  /** Adds the statements that read what these changes need. */
  void addReads(Statements statements, List<O> changes);

  /** Reads the rows that those statements returned. */
  void read(Results results, Draft<E, V> draft) throws SQLException;

  /** Makes a change, if it is one. */
  R apply(O change, Draft<E, V> draft);

  /** Adds the statements that write changed rows; there is at least one. */
  void addRows(Statements statements, Draft<E, V> draft, Collection<V> changed);

  /**
   * Finds out whether a row was stored, by what is read later under the lock: {@link Plan.Outcome#OVERWRITTEN} if the
   * entry was changed since, whether this row was stored before or not.
   */
  Plan.Outcome find(E entry, V row, Draft<E, V> later);
}
