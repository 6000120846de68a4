package io.github.matrixsync.store.postgres.internal.write;

import io.github.matrixsync.store.postgres.internal.sql.Statements;

/**
 * What every writing transaction of the store sets for itself, whatever the role, the database or the pool have set:
 * the isolation under which a statement sees what was committed while the one before it waited, durability, bounds on
 * how long it may hold the lock, and plans that look each row up by an index. A plan is kept by the connection: one
 * that reads a whole table, made while the table was nearly empty, would read it at every write until the server
 * analyzes it.
 */
public final class TransactionSettings {
  private static final String ISOLATION =
      "SET TRANSACTION ISOLATION LEVEL READ COMMITTED, READ WRITE";

  private static final String SETTINGS = """
      SELECT set_config('synchronous_commit', CASE WHEN current_setting('synchronous_commit') IN ('off', 'local')
          THEN 'on' ELSE current_setting('synchronous_commit') END, true),
        set_config('lock_timeout', '10s', true),
        set_config('statement_timeout', '30s', true),
        set_config('idle_in_transaction_session_timeout', '5s', true),
        set_config('plan_cache_mode', 'force_generic_plan', true),
        set_config('enable_seqscan', 'off', true),
        set_config('enable_hashjoin', 'off', true),
        set_config('enable_mergejoin', 'off', true),
        set_config('enable_material', 'off', true)""";

  private TransactionSettings() {}

  /** Returns the first statements of a transaction of the store's own. They return one row. */
  public static Statements own() {
    return new Statements(ISOLATION).add(SETTINGS);
  }

  /** Returns what the store sets in a transaction of the host, whose isolation was checked. It returns one row. */
  public static Statements hosts() {
    return new Statements(SETTINGS);
  }
}
