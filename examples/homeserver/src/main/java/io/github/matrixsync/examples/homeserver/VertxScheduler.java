package io.github.matrixsync.examples.homeserver;

import io.github.matrixsync.operation.Scheduler;
import io.vertx.core.Vertx;
import java.time.Duration;

/** The timers of Vert.x. Thread-safe. */
public record VertxScheduler(Vertx vertx) implements Scheduler {
  @Override
  public Scheduled schedule(Runnable task, Duration delay) {
    long timer = vertx.setTimer(Math.max(1, delay.toMillis()), id -> task.run());
    return () -> vertx.cancelTimer(timer);
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }
}
