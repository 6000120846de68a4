package io.github.matrixsync.store.postgres.internal.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One or more statements with their parameters. Several are sent in one round trip, and each sees what was committed
 * before it ran. Confined to one thread.
 */
public final class Statements {
  /** An array as a parameter. The driver sends it in binary form if its Java type is that of its elements. */
  private static final class ArrayValue {
    private final String type;
    private final Object[] elements;

    private ArrayValue(String type, Object[] elements) {
      this.type = type;
      this.elements = elements;
    }
  }

  private final StringBuilder text = new StringBuilder();
  private final List<@Nullable Object> values = new ArrayList<>();

  /** Starts without statements. */
  public Statements() {}

  /** Starts with one statement. */
  public Statements(String sql, @Nullable Object... parameters) {
    add(sql, parameters);
  }

  /**
   * Adds a statement.
   *
   * @param sql the statement, with a {@code ?} for each parameter
   * @param parameters numbers, texts, booleans, byte arrays, and arrays made by the methods of this class
   */
  public Statements add(String sql, @Nullable Object... parameters) {
    if (text.length() > 0) {
      text.append(";\n");
    }
    text.append(sql);
    for (Object parameter : parameters) {
      values.add(parameter);
    }
    return this;
  }

  /** Returns whether nothing was added. */
  public boolean isEmpty() {
    return text.length() == 0;
  }

  /** Sends the statements and returns their results. */
  public Results execute(Connection connection) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(text.toString());
    try {
      bind(connection, statement);
      return new Results(statement, statement.execute());
    } catch (SQLException | RuntimeException e) {
      try {
        statement.close();
      } catch (SQLException unclosed) {
        e.addSuppressed(unclosed);
      }
      throw e;
    }
  }

  private void bind(Connection connection, PreparedStatement statement) throws SQLException {
    for (int i = 0; i < values.size(); i++) {
      Object value = values.get(i);
      if (value instanceof ArrayValue array) {
        statement.setArray(i + 1, connection.createArrayOf(array.type, array.elements));
      } else {
        statement.setObject(i + 1, value);
      }
    }
  }

  /**
   * Returns a query of the rows whose columns are array parameters. Unlike {@code FROM unnest(?, ?)} it makes no
   * temporary table for each array, which for one row took longer than storing it.
   */
  public static String rows(int columns) {
    return "SELECT unnest(?)" + ", unnest(?)".repeat(columns - 1);
  }

  /** Returns an array parameter of type {@code bigint[]}. */
  public static Object longs(Collection<? extends @Nullable Long> numbers) {
    return new ArrayValue("int8", numbers.toArray(new Long[0]));
  }

  /** Returns an array parameter of type {@code smallint[]}. */
  public static Object shorts(Collection<? extends @Nullable Short> numbers) {
    return new ArrayValue("int2", numbers.toArray(new Short[0]));
  }

  /** Returns an array parameter of type {@code boolean[]}. */
  public static Object booleans(Collection<? extends @Nullable Boolean> booleans) {
    return new ArrayValue("bool", booleans.toArray(new Boolean[0]));
  }

  /** Returns an array parameter of type {@code text[]}. */
  public static Object texts(Collection<? extends @Nullable String> texts) {
    return new ArrayValue("text", texts.toArray(new String[0]));
  }

  /** Returns an array parameter of type {@code text[]} with what {@code text} makes of each item. */
  public static <T> Object texts(Collection<T> items, Function<T, String> text) {
    return texts(items.stream().map(text).toList());
  }

  /**
   * Returns texts or numbers as an array literal, so that an array parameter can have it as an item: array parameters
   * cannot contain arrays.
   */
  public static String literal(Collection<String> items) {
    return items.stream()
        .map(item -> '"' + item.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
        .collect(Collectors.joining(",", "{", "}"));
  }

  /** Returns an array parameter of type {@code bytea[]}. */
  public static Object bytes(Collection<? extends byte @Nullable []> arrays) {
    return new ArrayValue("bytea", arrays.toArray(new byte[0][]));
  }
}
