package io.github.matrixsync.internal.concurrent;

import io.github.matrixsync.operation.Scheduler;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Something that goes wrong for a while, such as a store that cannot be read: an operator is told once when it begins,
 * and once when it is over with how often and how long it was, however often it happens in between. Times are
 * nanoseconds of the engine's {@link Scheduler}. Thread-safe.
 */
public final class OutageLog {
  private static final Logger log = LoggerFactory.getLogger("io.github.matrixsync.SyncEngine");

  private final String subject;
  private volatile boolean on; // written under this
  private long since; // guarded by this
  private long last; // guarded by this
  private long count; // guarded by this

  /**
   * Makes one that has not begun.
   *
   * @param subject for whom or what, as the log names it
   */
  public OutageLog(String subject) {
    this.subject = subject;
  }

  /** Returns whether it has begun and is not over. */
  public boolean isOn() {
    return on;
  }

  /** Returns the time at which it began; of no meaning if it is over. */
  public synchronized long since() {
    return since;
  }

  /**
   * Takes notice that it happened.
   *
   * @param began when, which counts if it is the first time
   * @param message what to tell then
   * @param cause what to tell with it, if there is anything
   */
  public void happened(long began, long now, String message, @Nullable Throwable cause) {
    if (isFirst(began, now)) {
      log.warn("{} {}", subject, message, cause);
    }
  }

  private synchronized boolean isFirst(long began, long now) {
    boolean first = !on;
    if (first) {
      since = began;
      count = 0;
      on = true;
    }
    count++;
    last = now;
    return first;
  }

  /**
   * Takes notice that all is well again.
   *
   * @param message what to tell, if it was on
   */
  public void over(long now, String message) {
    overUnlessSince(now, now, message);
  }

  /** Takes notice that all is well, unless it happened after {@code quietSince}. */
  public void overUnlessSince(long quietSince, long now, String message) {
    if (!on) {
      return;
    }
    long times;
    Duration length;
    synchronized (this) {
      if (!on || last - quietSince > 0) {
        return;
      }
      on = false;
      times = count;
      length = Duration.ofNanos(now - since);
    }
    log.warn("{} {}: {} within {} s", subject, message, times, length.toMillis() / 1e3);
  }
}
