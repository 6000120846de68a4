package io.github.matrixsync.store.postgres.internal.device;

import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.Registration;
import io.github.matrixsync.store.StoreException;
import io.github.matrixsync.store.postgres.internal.sql.Database;
import io.github.matrixsync.store.postgres.internal.sql.Schema;
import io.github.matrixsync.store.postgres.internal.stream.Heads;
import io.github.matrixsync.store.postgres.internal.stream.Listeners;
import io.github.matrixsync.store.postgres.internal.stream.ProvenRead;
import io.github.matrixsync.store.postgres.internal.stream.StreamNumber;
import io.github.matrixsync.store.postgres.internal.stream.Watermark;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The listeners of a stream whose entries have a two-part key: a user, and a device or a room. They are called with the
 * keys of changed entries. When the watermark advances because of another node, this node reads the keys that changed;
 * if the read fails, it reads them at the next advance. Thread-safe.
 *
 * @param <T> the second part of the key
 */
final class ChangeListeners<T> {
  private static final int FIRST = ProvenRead.HEAD_COLUMNS + 1;

  /** The maximum number of changes that one read returns. */
  private static final int MAX_CHANGES = 1_000;

  /**
   * Describes the stream's table.
   *
   * @param column the column with the second part of the key
   * @param parse parses a value of the column
   */
  record Entries<T>(StreamNumber stream, String column, Function<String, T> parse) {}

  private record Change<T>(long position, UserId user, T other) {}

  private final Listeners<BiConsumer<UserId, T>> listeners = new Listeners<>();
  private final Entries<T> entries;
  private final Watermark watermark;
  private final ProvenRead read;
  private final String sql;
  private final AtomicLong told;

  @SuppressWarnings("this-escape") // called for later advances only
  ChangeListeners(Database database, Schema schema, Heads heads, Entries<T> entries) {
    this.entries = entries;
    watermark = heads.watermark(entries.stream);
    told = new AtomicLong(watermark.position());
    read = new ProvenRead(database, schema, entries.stream);
    sql = read.with(schema.sql("SELECT position, subject, %s FROM @%s WHERE position > ?"
            .formatted(entries.column, entries.stream.table())
        + " ORDER BY position LIMIT " + MAX_CHANGES));
    watermark.onAdvance(this::tellOthers);
  }

  /** Adds a listener. */
  Registration add(BiConsumer<UserId, T> listener) {
    return listeners.add(listener);
  }

  /**
   * Moves the watermark to the last change that this node committed, and calls the listeners.
   *
   * @param floor the position before the first of these changes
   * @param tellOwn calls {@link #tell} for each of these changes
   */
  void written(long floor, long position, Consumer<ChangeListeners<T>> tellOwn) {
    told.compareAndSet(floor, position);
    watermark.advanceTo(position);
    tellOwn.accept(this);
  }

  /** Calls the listeners. */
  void tell(UserId user, T other) {
    listeners.call(listener -> listener.accept(user, other));
  }

  /** Calls the listeners for the changes of other nodes. */
  private void tellOthers() {
    long after = told.get();
    long upTo = watermark.position();
    while (after < upTo && !listeners.isEmpty()) {
      List<Change<T>> found;
      try {
        found = changed(after);
      } catch (StoreException e) {
        return;
      }
      found.forEach(change -> tell(change.user, change.other));
      long through = found.size() < MAX_CHANGES ? upTo : found.get(found.size() - 1).position;
      told.accumulateAndGet(through, Math::max);
      after = through;
    }
    told.accumulateAndGet(upTo, Math::max);
  }

  private List<Change<T>> changed(long after) {
    List<Change<T>> rows = new ArrayList<>(read.rows(
        "reading the latest changes of " + entries.stream.words(),
        ProvenRead.Bounds.upTo(after),
        row -> new Change<>(
            row.getLong(FIRST),
            UserId.parse(row.getString(FIRST + 1)),
            entries.parse.apply(row.getString(FIRST + 2))),
        sql,
        after));
    rows.sort(Comparator.comparingLong(Change::position));
    return rows;
  }
}
