package io.github.matrixsync.store.postgres.internal.sql;

import io.github.matrixsync.store.StoreException;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;

/**
 * Turns failures of the driver and the server into those of the store contract (rule E1). The server's details, which
 * can hold the content of a row, are left out. Pure.
 */
public final class Failures {
  private static final String CONNECTION = "08";
  private static final String SHUTDOWN = "57P";
  private static final Set<String> ENDING = Set.of("FATAL", "PANIC");
  private static final String DATA = "22";
  private static final String INTEGRITY = "23";
  private static final String LIMIT = "54";

  private Failures() {}

  /** Returns the failure of a read, or of a write that certainly stored nothing. */
  public static StoreException failed(String what, SQLException cause) {
    return StoreException.failed(message(what, cause), withoutDetails(cause));
  }

  /** Returns the failure of a write that may have been stored. */
  public static StoreException outcomeUnknown(String what, SQLException cause) {
    return StoreException.outcomeUnknown(message(what, cause), withoutDetails(cause));
  }

  /**
   * Returns whether the server may have committed although this was thrown by a commit: no answer of it came, or one by
   * which it ended the session, such as that its disk is full.
   */
  public static boolean isAnswerMissing(SQLException cause) {
    String state = cause.getSQLState();
    return state == null
        || state.startsWith(CONNECTION)
        || state.startsWith(SHUTDOWN)
        || isEndOfSession(cause);
  }

  private static boolean isEndOfSession(SQLException cause) {
    return cause instanceof PSQLException fromServer
        && fromServer.getServerErrorMessage() != null
        && ENDING.contains(String.valueOf(fromServer.getServerErrorMessage().getSeverity()));
  }

  /** Returns whether the server refused values, so that other values may be accepted at once. */
  public static boolean isOfValues(StoreException failure) {
    if (!(failure.getCause() instanceof SQLException cause) || cause.getSQLState() == null) {
      return false;
    }
    String state = cause.getSQLState();
    return state.startsWith(DATA) || state.startsWith(INTEGRITY) || state.startsWith(LIMIT);
  }

  private static String message(String what, SQLException cause) {
    return what + " failed: " + reason(cause) + " [" + cause.getSQLState() + "]";
  }

  private static SQLException withoutDetails(SQLException cause) {
    SQLException plain = new SQLException(reason(cause), cause.getSQLState(), cause.getErrorCode());
    plain.setStackTrace(cause.getStackTrace());
    Throwable root = cause.getCause();
    if (root != null && !(root instanceof SQLException)) {
      plain.initCause(root);
    }
    return plain;
  }

  private static @Nullable String reason(SQLException cause) {
    if (cause instanceof PSQLException fromServer && fromServer.getServerErrorMessage() != null) {
      return fromServer.getServerErrorMessage().getMessage();
    }
    return cause.getMessage();
  }
}
