package io.github.matrixsync.internal.concurrent;

import io.github.matrixsync.operation.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * Asks a scheduler again, and until it takes them, for alarms that it has refused. It does so on a thread of its own,
 * since there is nobody else left who could; the thread is there only while anything is refused. Thread-safe.
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

  /** Takes over an alarm that was refused. */
  synchronized void add(Alarm alarm) {
    if (closed.getCount() > 0) {
      refused.add(alarm);
      startThread();
    }
  }

  /** Sees to it that whatever is refused is asked for again, should there have been no thread for that. */
  synchronized void startThread() {
    if (!refused.isEmpty() && !running) {
      try {
        factory.newThread(this::run).start();
        running = true;
      } catch (Throwable e) {
        // There is no thread to be had. The next call that schedules anything tries again.
      }
    }
  }

  /** Gives everything up. */
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
      // Its first refusal was logged, and it is asked again soon.
      return false;
    }
  }

  /** Says whether anything is left; if not, the thread that asks is about to end. */
  private synchronized boolean isAnyLeft() {
    running = !refused.isEmpty();
    return running;
  }

  private void pause() {
    try {
      closed.await(INTERVAL, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      // Only close() ends this; whoever interrupts makes it ask sooner.
    }
  }

  private synchronized List<Alarm> copy() {
    return List.copyOf(refused);
  }

  private synchronized void remove(Alarm alarm) {
    refused.remove(alarm);
  }
}
