package io.github.matrixsync.store.postgres.internal.sql;

import java.util.regex.Pattern;

/**
 * The name of the schema that holds a store's tables. Statements name a table as {@code @table}. Immutable.
 *
 * @param name lower-case letters, digits and underscores, at most 40
 */
public record Schema(String name) {
  private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_]{0,39}");
  private static final Pattern TABLE = Pattern.compile("@([a-z_]+)");

  /**
   * Checks the name, so that it can be part of a statement.
   *
   * @throws IllegalArgumentException if {@code name} has other characters or is too long
   */
  public Schema {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a schema's name has 1 to 40 of a-z, 0-9 and _, and begins with no digit; got '" + name
              + "'");
    }
  }

  /** Returns a statement in which every {@code @table} is the table of this schema. */
  public String sql(String text) {
    return TABLE.matcher(text).replaceAll("\"" + name + "\".$1");
  }

  /** Returns the channel on which nodes tell each other of new rows. */
  public String channel() {
    return "matrix_sync:" + name;
  }

  /**
   * Returns an expression for the first key of the store's advisory locks: the schema's oid, so that stores in one
   * database do not wait for each other.
   */
  public String lockKey() {
    return "('\"" + name + "\"'::regnamespace::oid::bigint::bit(32)::int)";
  }
}
