package io.github.matrixsync.store.postgres;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Runs something before the next commit of a thread: the rows are sent, and the commit, which stands in the same text,
 * afterwards by itself. Thread-safe.
 */
final class HeldCommits {
  private static final String COMMIT = ";\nCOMMIT";

  private final ThreadLocal<@Nullable Runnable> next = new ThreadLocal<>();
  private final ThreadLocal<@Nullable Runnable> lost = new ThreadLocal<>();

  /** Runs a write, and something else before its commit. */
  void before(Runnable beforeCommit, Runnable write) {
    next.set(beforeCommit);
    try {
      write.run();
    } finally {
      next.remove();
    }
  }

  /** Runs a write whose commit gets no answer, and something else after it and before the store knows of that. */
  void loseAnswer(Runnable afterCommit, Runnable write) {
    lost.set(afterCommit);
    before(() -> {}, write);
  }

  /** Returns a connection whose commits are watched, if this thread asked for it. */
  Connection watched(Connection connection) {
    if (next.get() == null) {
      return connection;
    }
    return proxy(Connection.class, (self, method, arguments) -> {
      if (method.getName().equals("prepareStatement")
          && arguments[0] instanceof String sql
          && sql.endsWith(COMMIT)) {
        String rows = sql.substring(0, sql.length() - COMMIT.length());
        return watched(connection, connection.prepareStatement(rows));
      }
      return call(method, connection, arguments);
    });
  }

  private PreparedStatement watched(Connection connection, PreparedStatement statement) {
    return proxy(PreparedStatement.class, (self, method, arguments) -> {
      Object result = call(method, statement, arguments);
      Runnable held = next.get();
      if (method.getName().equals("execute") && held != null) {
        next.remove();
        Sessions.keepOpen(connection);
        held.run();
        connection.commit();
        loseAnswer();
      }
      return result;
    });
  }

  private void loseAnswer() throws SQLException {
    Runnable afterCommit = lost.get();
    if (afterCommit != null) {
      lost.remove();
      afterCommit.run();
      throw new SQLException("the answer was lost", "08006");
    }
  }

  private static @Nullable Object call(Method method, Object target, Object[] arguments)
      throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
