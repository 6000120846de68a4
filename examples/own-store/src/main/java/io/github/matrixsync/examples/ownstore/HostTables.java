package io.github.matrixsync.examples.ownstore;

import io.github.matrixsync.event.RoomEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What the host has anyway: a table of events, which it fills in its own way. Here a list; the row number is the position. Thread-safe. */
public final class HostTables {
  private final List<RoomEvent> rows = new ArrayList<>(); // guarded by this
  private final List<Runnable> triggers = new CopyOnWriteArrayList<>();
  private volatile long rowCount;

  /** Makes empty tables. */
  public HostTables() {}

  /** Inserts a row, commits, then fires the triggers. Returns the row number. */
  public long insert(RoomEvent event) {
    long number;
    synchronized (this) {
      rows.add(event);
      number = rows.size();
      rowCount = number;
    }
    triggers.forEach(HostTables::fire);
    return number;
  }

  private static void fire(Runnable trigger) {
    try {
      trigger.run();
    } catch (RuntimeException e) {
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
    }
  }

  /** Returns the rows up to a number, the first being number 1. */
  synchronized List<RoomEvent> rowsUpTo(long number) {
    return List.copyOf(rows.subList(0, (int) Math.min(number, rows.size())));
  }

  long rowCount() {
    return rowCount;
  }

  List<Runnable> triggers() {
    return triggers;
  }
}
