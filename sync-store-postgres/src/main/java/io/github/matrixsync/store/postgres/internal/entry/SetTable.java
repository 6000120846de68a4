package io.github.matrixsync.store.postgres.internal.entry;

import io.github.matrixsync.store.ephemeral.CoalescingStream;
import io.github.matrixsync.store.postgres.internal.sql.Results;
import io.github.matrixsync.store.postgres.internal.sql.Schema;
import io.github.matrixsync.store.postgres.internal.sql.Statements;
import io.github.matrixsync.store.postgres.internal.stream.StreamNumber;
import io.github.matrixsync.store.postgres.internal.write.Plan;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A table whose entries callers set whole. An entry has a new position when its value changes. Immutable.
 *
 * @param <E> the identity of an entry
 * @param <C> an entry
 */
public abstract class SetTable<E, C extends CoalescingStream.Change>
    implements EntryTable<C, E, C, Long>, EntryReads.Reader<C> {
  private final StreamNumber stream;
  private final String present;
  private final String upsert;

  /**
   * Describes a table.
   *
   * @param columns in the order in which rows are read and written
   * @param key the columns of the primary key
   */
  protected SetTable(Schema schema, StreamNumber stream, List<String> columns, List<String> key) {
    this.stream = stream;
    present = schema.sql("""
        SELECT t.* FROM unnest(%s) a (%s)
        CROSS JOIN LATERAL (SELECT %s FROM @%s WHERE %s LIMIT 1) t""".formatted(
            parameters(key),
            String.join(", ", key),
            String.join(", ", columns),
            stream.table(),
            key.stream()
                .map(column -> column + " = a." + column)
                .collect(Collectors.joining(" AND "))));
    upsert = schema.sql(upsert(stream.table(), columns, Statements.rows(columns.size()), key));
  }

  /** Returns a statement that adds rows or replaces those with the same key. */
  public static String upsert(String table, List<String> columns, String rows, List<String> key) {
    return "INSERT INTO @%s (%s) %s ON CONFLICT (%s) DO UPDATE SET %s"
        .formatted(
            table,
            String.join(", ", columns),
            rows,
            String.join(", ", key),
            columns.stream()
                .map(column -> column + " = excluded." + column)
                .collect(Collectors.joining(", ")));
  }

  private static String parameters(List<String> columns) {
    return columns.stream().map(column -> "?").collect(Collectors.joining(", "));
  }

  /** Returns the identity of an entry. */
  protected abstract E entryOf(C change);

  /** Returns an array parameter for each column of the primary key. */
  protected abstract Object[] keyParameters(Collection<C> changes);

  /** Returns an array parameter for each column. */
  protected abstract Object[] parameters(Collection<C> changes);

  /** Returns an entry at another position. */
  protected abstract C at(C change, long position);

  /** Returns whether two entries have the same value, whatever their positions. */
  protected abstract boolean isSame(C value, C present);

  /** Returns whether setting an entry to this value is a change. */
  protected boolean isChange(C value, C present) {
    return !isSame(value, present);
  }

  @Override
  public final StreamNumber stream() {
    return stream;
  }

  @Override
  public final void addReads(Statements statements, List<C> changes) {
    Map<E, C> each = new LinkedHashMap<>();
    changes.forEach(change -> each.putIfAbsent(entryOf(change), change));
    statements.add(present, keyParameters(each.values()));
  }

  @Override
  public final void read(Results results, Draft<E, C> draft) throws SQLException {
    ResultSet row = results.next();
    while (row.next()) {
      C entry = read(row, 0);
      draft.read(entryOf(entry), entry);
    }
  }

  @Override
  public final Long apply(C change, Draft<E, C> draft) {
    E entry = entryOf(change);
    C present = draft.get(entry);
    if (present != null && !isChange(change, present)) {
      return present.position();
    }
    C moved = at(change, draft.nextPosition());
    draft.put(entry, moved);
    return moved.position();
  }

  @Override
  public final void addRows(Statements statements, Draft<E, C> draft, Collection<C> changed) {
    statements.add(upsert, parameters(changed));
  }

  @Override
  public final Plan.Outcome find(E entry, C row, Draft<E, C> later) {
    C present = later.get(entry);
    if (present == null || present.position() < row.position()) {
      return Plan.Outcome.NOT_STORED;
    }
    return present.position() == row.position() && isSame(row, present)
        ? Plan.Outcome.STORED
        : Plan.Outcome.OVERWRITTEN;
  }
}
