package io.github.matrixsync.internal.concurrent;

import io.github.matrixsync.operation.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * Schedules alarms again that the host's scheduler refused, until it accepts them. It uses an own thread, because there
 * is no other timer; the thread exists only while an alarm is refused. Thread-safe.
 */
final class Retries {
  private static final long INTERVAL = Duration.ofMillis(20).toMillis();

  private final Scheduler scheduler;
  private final ThreadFactory factory;
  private final List<Alarm> refused = new ArrayList<>(); // guarded by this
  private final CountDownLatch closed = new CountDownLatch(1);
  private boolean running; // guarded by this

  Retries(Scheduler scheduler, ThreadFactory factory) {
    this.scheduler = scheduler;
    this.factory = factory;
  }

  /** Adds an alarm that was refused. */
  synchronized void add(Alarm alarm) {
    if (closed.getCount() > 0) {
      refused.add(alarm);
      startThread();
    }
  }

  /** Starts the thread if alarms are refused and it does not run. */
  synchronized void startThread() {
    if (!refused.isEmpty() && !running) {
      try {
        factory.newThread(this::run).start();
        running = true;
      } catch (Throwable e) {
        // No thread can be made. The next call that schedules anything tries again.
      }
    }
  }

  /** Drops all alarms. */
  synchronized void close() {
    closed.countDown();
    refused.clear();
  }

  private void run() {
    while (isAnyLeft()) {
      pause();
      for (Alarm alarm : copy()) {
        if (alarm.isDone() || isAccepted(alarm)) {
          remove(alarm);
        }
      }
    }
  }

  private boolean isAccepted(Alarm alarm) {
    try {
      alarm.scheduleOn(scheduler);
      return true;
    } catch (Throwable e) {
      // The first refusal was logged, and it is tried again soon.
      return false;
    }
  }

  /** Returns whether alarms are left; if not, the calling thread ends. */
  private synchronized boolean isAnyLeft() {
    running = !refused.isEmpty();
    return running;
  }

  private void pause() {
    try {
      closed.await(INTERVAL, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      // Only close() ends the thread; an interrupt makes it try sooner.
    }
  }

  private synchronized List<Alarm> copy() {
    return List.copyOf(refused);
  }

  private synchronized void remove(Alarm alarm) {
    refused.remove(alarm);
  }
}
