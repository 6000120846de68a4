package io.github.matrixsync.examples.ownstore;

import io.github.matrixsync.event.RoomEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;

/**
 * The host's existing table of events, which it fills in its own way. Here it is a list, whose row number is the
 * position. Thread-safe.
 */
public final class HostTables {
  private final List<RoomEvent> rows = new ArrayList<>(); // guarded by this
  private final List<Runnable> triggers = new CopyOnWriteArrayList<>();
  private final Object transactions = new Object();
  private volatile long rowCount;

  /** Creates empty tables. */
  public HostTables() {}

  /** Inserts a row as {@link #insert(List, Runnable)} does, and returns its number. */
  public long insert(RoomEvent event) {
    return insert(List.of(event), () -> {}).get(0);
  }

  /**
   * Inserts rows in one transaction, commits, then fires the triggers. One transaction at a time takes row numbers,
   * from before it knows them until it has committed, so that nobody reads a number while a lower one may still come.
   *
   * @param beforeCommit runs right before the commit; if it throws, nothing is inserted
   * @return the row numbers
   */
  public List<Long> insert(List<RoomEvent> events, Runnable beforeCommit) {
    List<Long> numbers;
    synchronized (transactions) {
      long last = rowCount;
      numbers = LongStream.rangeClosed(last + 1, last + events.size()).boxed().toList();
      beforeCommit.run();
      commit(events);
    }
    triggers.forEach(HostTables::fire);
    return numbers;
  }

  private synchronized void commit(List<RoomEvent> events) {
    rows.addAll(events);
    rowCount = rows.size();
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
