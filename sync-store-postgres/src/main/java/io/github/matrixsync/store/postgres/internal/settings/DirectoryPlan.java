package io.github.matrixsync.store.postgres.internal.settings;

import io.github.matrixsync.store.postgres.internal.sql.Results;
import io.github.matrixsync.store.postgres.internal.sql.Statements;
import io.github.matrixsync.store.postgres.internal.write.Plan;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.function.Consumer;

/**
 * A change of the directory.
 *
 * @param isEmpty whether nothing is to be written
 * @param writes adds the statements that write
 * @param isSo reads whether the directory is as it is to be; to repeat a change does no harm
 */
record DirectoryPlan(boolean isEmpty, Consumer<Statements> writes, Statements isSo)
    implements Plan {
  @Override
  public void addTo(Statements statements) {
    writes.accept(statements);
  }

  @Override
  public Outcome find(Connection connection) throws SQLException {
    try (Results results = isSo.execute(connection)) {
      ResultSet answer = results.next();
      return answer.next() && answer.getBoolean(1) ? Outcome.STORED : Outcome.OVERWRITTEN;
    }
  }
}
