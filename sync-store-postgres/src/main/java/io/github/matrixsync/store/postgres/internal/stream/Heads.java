package io.github.matrixsync.store.postgres.internal.stream;

import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.StoreException;
import io.github.matrixsync.store.postgres.internal.sql.Database;
import io.github.matrixsync.store.postgres.internal.sql.Results;
import io.github.matrixsync.store.postgres.internal.sql.Schema;
import io.github.matrixsync.store.postgres.internal.sql.Statements;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the heads of all streams in one statement, and moves the watermarks there. The statement also returns the
 * next deadline of typing and the users whose settings changed. Thread-safe.
 */
public final class Heads {
  /** The most changes of settings that one look tells. */
  private static final int MAX_CHANGES = 1_000;

  /** The most looks in a row, if there are more changes. */
  private static final int MAX_LOOKS = 1_000;

  private final Database database;
  private final String sql;
  private final Map<StreamNumber, Watermark> watermarks = new EnumMap<>(StreamNumber.class);
  private final NextDeadline nextDeadline = new NextDeadline();
  private final SettingsChanges settings = new SettingsChanges();
  private final AtomicLong backfilledTo = new AtomicLong();

  public Heads(Database database, Schema schema) {
    this.database = database;
    for (StreamNumber stream : StreamNumber.values()) {
      watermarks.put(stream, new Watermark());
    }
    sql = schema.sql("""
        SELECT s.number, greatest(s.floor, s.retained, CASE s.number%s END), s.retained,
          CASE s.number WHEN 1 THEN least(s.backfill_floor, (SELECT min(position) FROM @event)) END,
          CASE s.number WHEN 3 THEN greatest(s.floor, (SELECT max(revision) FROM @typing)) END,
          CASE s.number WHEN 3 THEN (SELECT next_until FROM @typing ORDER BY revision DESC LIMIT 1) END,
          CASE s.number WHEN 6 THEN ARRAY(SELECT subject FROM @settings_change
            WHERE position > ? ORDER BY position LIMIT %d) END,
          CASE s.number WHEN 6 THEN (SELECT max(position) FROM (SELECT position FROM @settings_change
            WHERE position > ? ORDER BY position LIMIT %d) changes) END
        FROM @stream s""".formatted(maxima(), MAX_CHANGES, MAX_CHANGES));
  }

  private static String maxima() {
    StringBuilder cases = new StringBuilder();
    for (StreamNumber stream : StreamNumber.values()) {
      cases.append(" WHEN %d THEN (SELECT max(position) FROM @%s)"
          .formatted(stream.number(), stream.table()));
    }
    return cases.toString();
  }

  /** Returns the watermark of a stream. */
  public Watermark watermark(StreamNumber stream) {
    Watermark watermark = watermarks.get(stream);
    if (watermark == null) {
      throw new IllegalArgumentException("there is no stream " + stream);
    }
    return watermark;
  }

  /** Returns the next deadline of typing. */
  public NextDeadline nextDeadline() {
    return nextDeadline;
  }

  /** Returns whose settings changed. */
  public SettingsChanges settings() {
    return settings;
  }

  /** Returns the lowest position of backfill that this node knows of. */
  public long backfilledTo() {
    return backfilledTo.get();
  }

  /** Moves the lowest known position of backfill down. */
  public void backfilledTo(long known) {
    backfilledTo.accumulateAndGet(known, Math::min);
  }

  /**
   * Reads the heads, and tells the listeners of those that advanced.
   *
   * @throws StoreException if reading failed
   */
  public void look() {
    boolean isComplete = false;
    for (int i = 0; i < MAX_LOOKS && !isComplete; i++) {
      isComplete = tell(database.read("looking at the heads", this::read));
    }
  }

  private List<Head> read(Connection connection) throws SQLException {
    long told = settings.told();
    List<Head> heads = new ArrayList<>();
    try (Results results = new Statements(sql, told, told).execute(connection)) {
      ResultSet row = results.next();
      while (row.next()) {
        heads.add(Head.read(row));
      }
    }
    if (heads.size() != watermarks.size()) {
      throw new SQLException(
          "the table of streams has " + heads.size() + " rows, needed are " + watermarks.size());
    }
    return heads;
  }

  /** Tells what was read. Returns whether all changes of settings were among it. */
  private boolean tell(List<Head> heads) {
    boolean isComplete = true;
    for (Head head : heads) {
      Watermark watermark = watermark(head.stream);
      switch (head.stream) {
        case EVENTS -> backfilledTo(head.backfill);
        case TYPING -> tellDeadline(head, watermark);
        case SETTINGS -> isComplete = tellSettings(head);
        default -> {}
      }
      watermark.advanceTo(head.position, head.retained);
    }
    return isComplete;
  }

  private void tellDeadline(Head head, Watermark watermark) {
    if (nextDeadline.learn(head.revision, head.deadline) && watermark.position() >= head.position) {
      watermark.signal();
    }
  }

  private boolean tellSettings(Head head) {
    boolean isComplete = head.users.size() < MAX_CHANGES;
    settings.tell(head.users, isComplete ? head.position : head.lastChange);
    return isComplete;
  }

  /**
   * A stream's head.
   *
   * @param backfill of the events: the lowest position
   * @param revision of typing: as of when the deadline is known
   * @param deadline of typing: the earliest, in milliseconds since the epoch
   * @param users of the settings: who changed theirs
   * @param lastChange of the settings: the position of the last of them
   */
  // More than five parameters: one for each column of the row.
  private record Head(
      StreamNumber stream,
      long position,
      long retained,
      long backfill,
      long revision,
      @Nullable Long deadline,
      List<UserId> users,
      long lastChange) {
    static Head read(ResultSet row) throws SQLException {
      long deadline = row.getLong(6);
      boolean hasDeadline = !row.wasNull();
      return new Head(
          StreamNumber.of(row.getInt(1)),
          row.getLong(2),
          row.getLong(3),
          row.getLong(4),
          row.getLong(5),
          hasDeadline ? deadline : null,
          users(row),
          row.getLong(8));
    }

    private static List<UserId> users(ResultSet row) throws SQLException {
      java.sql.Array array = row.getArray(7);
      List<UserId> users = new ArrayList<>();
      if (array != null) {
        for (Object user : (Object[]) array.getArray()) {
          users.add(UserId.parse((String) user));
        }
      }
      return users;
    }
  }
}
