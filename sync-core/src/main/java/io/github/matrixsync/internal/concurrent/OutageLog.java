package io.github.matrixsync.internal.concurrent;

import io.github.matrixsync.operation.Scheduler;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs an outage, such as a store that cannot be read, once when it begins and once when it is over, with the number of
 * failures and the duration. Times are nanoseconds of the engine's {@link Scheduler}. Thread-safe.
 */
public final class OutageLog {
  private static final Logger log = LoggerFactory.getLogger("io.github.matrixsync.SyncEngine");

  private final String subject;
  private volatile boolean on; // written under this
  private long since; // guarded by this
  private long last; // guarded by this
  private long count; // guarded by this

  /**
   * Makes a log without a current outage.
   *
   * @param subject what fails, the beginning of each message
   */
  public OutageLog(String subject) {
    this.subject = subject;
  }

  /** Returns whether there is an outage now. */
  public boolean isOn() {
    return on;
  }

  /** Returns the time at which the outage began; meaningless if there is none. */
  public synchronized long since() {
    return since;
  }

  /**
   * Records a failure, and logs it if it is the first of an outage.
   *
   * @param began when the failure began, the begin of the outage if it is the first
   * @param message the message if it is the first
   * @param cause the exception to log with it, if any
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
   * Ends the outage, if there is one.
   *
   * @param message the message if there was an outage
   */
  public void over(long now, String message) {
    overUnlessSince(now, now, message);
  }

  /** Ends the outage unless there was a failure after {@code quietSince}. */
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
