package io.github.matrixsync.store.postgres;

import io.github.matrixsync.store.StoreException;
import io.github.matrixsync.store.postgres.internal.schema.ServerChecks;
import io.github.matrixsync.store.postgres.internal.sql.Database;
import io.github.matrixsync.store.postgres.internal.stream.Watcher;
import java.util.List;
import java.util.Optional;

/** Collects the health of a store. Thread-safe. */
final class HealthChecks {
  private final Database database;
  private final ServerChecks checks;
  private final Watcher watcher;
  private final List<String> warnings;

  HealthChecks(Database database, ServerChecks checks, Watcher watcher, List<String> warnings) {
    this.database = database;
    this.checks = checks;
    this.watcher = watcher;
    this.warnings = warnings;
  }

  PostgresHealth health() {
    PostgresHealth.Hints hints = hints(watcher.listening());
    StoreException failure = watcher.lastFailure();
    try {
      List<PostgresHealth.LockHolder> holders =
          checks.lockHolders(database).stream().map(HealthChecks::lockHolder).toList();
      return new PostgresHealth(
          hints, Optional.ofNullable(failure).map(StoreException::getMessage), holders, warnings);
    } catch (StoreException e) {
      return new PostgresHealth(hints, Optional.ofNullable(e.getMessage()), List.of(), warnings);
    }
  }

  private static PostgresHealth.LockHolder lockHolder(ServerChecks.Holder holder) {
    return new PostgresHealth.LockHolder(
        holder.stream(), holder.pid(), holder.application(), holder.age());
  }

  private static PostgresHealth.Hints hints(Watcher.Listening listening) {
    return switch (listening) {
      case WORKS -> PostgresHealth.Hints.ARRIVE;
      case OFF -> PostgresHealth.Hints.OFF;
      case SILENT -> PostgresHealth.Hints.SILENT;
      case BROKEN -> PostgresHealth.Hints.BROKEN;
    };
  }
}
