package io.github.matrixsync.store.postgres;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A data source that records every statement that is prepared and executed, and the plan of each query with its
 * parameters if asked for. Thread-safe.
 */
final class StatementRecorder {
  private final DataSource target;
  private final List<Executed> statements = new CopyOnWriteArrayList<>();
  private final List<String> plans = new CopyOnWriteArrayList<>();
  private volatile @Nullable String settings;

  StatementRecorder(DataSource target) {
    this.target = target;
  }

  /** Has the plans of queries recorded, made with these settings of the session; null: no longer. */
  void explain(@Nullable String sessionSettings) {
    settings = sessionSettings;
  }

  /** Forgets what was recorded. */
  void clear() {
    statements.clear();
    plans.clear();
  }

  /** Returns the statements of all threads, of which the store's own looks at the heads when it likes. */
  List<String> statements() {
    return statements.stream().map(Executed::sql).toList();
  }

  /** Returns the statements that the calling thread executed. */
  List<String> statementsOfThisThread() {
    return statements.stream()
        .filter(executed -> executed.thread() == Thread.currentThread())
        .map(Executed::sql)
        .toList();
  }

  /** Returns the plans of the queries, as JSON that {@code EXPLAIN (ANALYZE, BUFFERS)} gives. */
  List<String> plans() {
    return plans;
  }

  DataSource dataSource() {
    return proxy(
        DataSource.class,
        target,
        (method, result) ->
            result instanceof Connection connection ? recorded(connection) : result);
  }

  private Connection recorded(Connection connection) {
    InvocationHandler handler = (proxy, method, arguments) -> {
      Object result = invoke(method, connection, arguments);
      return method.getName().equals("prepareStatement")
          ? recorded(connection, (PreparedStatement) result, (String) arguments[0])
          : result;
    };
    return Connection.class.cast(Proxy.newProxyInstance(
        getClass().getClassLoader(), new Class<?>[] {Connection.class}, handler));
  }

  private PreparedStatement recorded(
      Connection connection, PreparedStatement statement, String sql) {
    Map<Integer, @Nullable Object> parameters = new TreeMap<>();
    InvocationHandler handler = (proxy, method, arguments) -> {
      if (method.getName().equals("setObject") || method.getName().equals("setArray")) {
        parameters.put((Integer) arguments[0], arguments[1]);
      }
      if (method.getName().equals("execute")) {
        statements.add(new Executed(Thread.currentThread(), sql));
        boolean isQuery = sql.startsWith("SELECT") || sql.startsWith("WITH");
        String with = settings;
        if (with != null && isQuery && !sql.contains("pg_advisory") && !sql.contains("pg_notify")) {
          plans.add(plan(connection, with, sql, parameters.values()));
        }
      }
      return invoke(method, statement, arguments);
    };
    return PreparedStatement.class.cast(Proxy.newProxyInstance(
        getClass().getClassLoader(), new Class<?>[] {PreparedStatement.class}, handler));
  }

  /** Plans a query as the server does it for a prepared statement, by the settings custom or generic. */
  private String plan(
      Connection connection, String with, String sql, Iterable<@Nullable Object> parameters)
      throws SQLException {
    StringBuilder prepared = new StringBuilder();
    int count = 0;
    for (String part : sql.split("\\?", -1)) {
      prepared.append(count == 0 ? "" : "$" + count).append(part);
      count++;
    }
    List<String> literals = new ArrayList<>();
    List<String> types = new ArrayList<>();
    for (Object parameter : parameters) {
      types.add(typeOf(parameter));
      literals.add(literal(parameter));
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute("DEALLOCATE ALL");
      statement.execute("PREPARE planned " + listed(types) + " AS " + prepared);
      statement.execute(with);
      try (ResultSet row = statement.executeQuery(
          "EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) EXECUTE planned " + listed(literals))) {
        row.next();
        return row.getString(1);
      }
    }
  }

  private static String literal(@Nullable Object parameter) {
    if (parameter == null) {
      return "NULL";
    }
    return parameter instanceof byte[] bytes
        ? "'\\x" + HexFormat.of().formatHex(bytes) + "'"
        : "'" + parameter.toString().replace("'", "''") + "'";
  }

  private static String listed(List<String> items) {
    return items.isEmpty() ? "" : "(" + String.join(", ", items) + ")";
  }

  private static String typeOf(@Nullable Object parameter) throws SQLException {
    if (parameter instanceof Array array) {
      return array.getBaseTypeName() + "[]";
    }
    if (parameter instanceof Long) {
      return "bigint";
    }
    if (parameter instanceof byte[]) {
      return "bytea";
    }
    return parameter instanceof Integer ? "integer" : "text";
  }

  private record Executed(Thread thread, String sql) {}

  private interface Wrapping {
    @Nullable Object wrap(Method method, @Nullable Object result);
  }

  private static <T> T proxy(Class<T> type, T target, Wrapping wrapping) {
    InvocationHandler handler =
        (proxy, method, arguments) -> wrapping.wrap(method, invoke(method, target, arguments));
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private static @Nullable Object invoke(
      Method method, Object target, Object @Nullable [] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
