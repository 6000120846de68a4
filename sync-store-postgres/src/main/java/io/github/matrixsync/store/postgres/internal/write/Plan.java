package io.github.matrixsync.store.postgres.internal.write;

import io.github.matrixsync.store.postgres.internal.sql.Statements;
import java.sql.Connection;
import java.sql.SQLException;

/** What a transaction is about to write and to commit. Confined to one thread. */
public interface Plan {
  /** What became of a transaction whose commit got no answer. */
  enum Outcome {
    STORED,
    NOT_STORED,
    /** It was written again or purged since by others, so that nothing shows whether this was stored before. */
    OVERWRITTEN
  }

  /** Returns whether there is nothing to write. */
  boolean isEmpty();

  /** Adds the statements that write. */
  void addTo(Statements statements);

  /** Finds out what became of it. The lock is held, so that the old transaction has ended. */
  Outcome find(Connection connection) throws SQLException;
}
