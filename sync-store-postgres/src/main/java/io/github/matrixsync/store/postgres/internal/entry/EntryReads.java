package io.github.matrixsync.store.postgres.internal.entry;

import static io.github.matrixsync.store.postgres.internal.sql.Statements.texts;

import io.github.matrixsync.store.StoreException;
import io.github.matrixsync.store.ephemeral.CoalescingStream;
import io.github.matrixsync.store.postgres.internal.sql.Database;
import io.github.matrixsync.store.postgres.internal.sql.Schema;
import io.github.matrixsync.store.postgres.internal.stream.ProvenRead;
import io.github.matrixsync.store.postgres.internal.stream.StreamNumber;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * The reads of a role, each one statement that proves itself. Thread-safe.
 *
 * @param <K> the key by which snapshots read entries
 * @param <C> an entry
 */
public final class EntryReads<K, C extends CoalescingStream.Change> {
  /**
   * Makes an entry of a row.
   *
   * @param <C> an entry
   */
  public interface Reader<C> {
    /**
     * Reads a row.
     *
     * @param before the number of columns before the entry's
     */
    C read(ResultSet row, int before) throws SQLException;
  }

  /**
   * How entries stand in a table.
   *
   * @param columns those that the reader reads; the first is the key's, and never null
   * @param text makes of a key what its column holds
   * @param <K> the key by which snapshots read entries
   * @param <C> an entry
   */
  public record Form<K, C>(List<String> columns, Function<K, String> text, Reader<C> reader) {}

  private final ProvenRead read;
  private final String what;
  private final Form<K, C> form;
  private final String changes;
  private final String current;

  /** Prepares the statements. */
  public EntryReads(Database database, Schema schema, StreamNumber stream, Form<K, C> form) {
    read = new ProvenRead(database, schema, stream);
    what = "reading " + stream.words();
    this.form = form;
    String select = "SELECT " + String.join(", ", form.columns) + " FROM @" + stream.table();
    changes = read.with(
        schema.sql(select + " WHERE position > ? AND position <= ? ORDER BY position LIMIT ?"));
    current = read.with(schema.sql(select + " WHERE " + form.columns.get(0) + " = ANY (?)"));
  }

  /**
   * Returns the entries with positions in {@code (after, upTo]}, at most {@code limit}.
   *
   * @throws StoreException if reading failed
   */
  public List<C> changes(long after, long upTo, int limit) {
    List<C> found = new ArrayList<>(read.rows(
        what,
        new ProvenRead.Bounds(after, upTo, 0),
        row -> form.reader.read(row, ProvenRead.HEAD_COLUMNS),
        changes,
        after,
        upTo,
        limit));
    found.sort(Comparator.comparingLong(CoalescingStream.Change::position));
    return List.copyOf(found);
  }

  /**
   * Returns the entries of these keys.
   *
   * @param upTo the position as of which they must be known at least
   * @throws StoreException if reading failed
   */
  public List<C> current(Collection<K> keys, long upTo) {
    Object asked = texts(Set.copyOf(keys), form.text);
    return List.copyOf(read.rows(
        what,
        ProvenRead.Bounds.upTo(upTo),
        row -> form.reader.read(row, ProvenRead.HEAD_COLUMNS),
        current,
        asked));
  }
}
