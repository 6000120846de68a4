package io.github.matrixsync.benchmarks.world;

import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.EventId;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Checks the answers that are measured. */
public final class Expect {
  private static final long LONGEST_MINUTES = 5;

  private Expect() {}

  /** Requires a condition. */
  public static void that(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalStateException(otherwise);
    }
  }

  /** Requires two numbers to be equal. */
  public static void same(long expected, long got, String what) {
    that(expected == got, what + ": expected " + expected + ", got " + got);
  }

  /** Requires a batch to begin where the poll began, and to hold one event. */
  public static void single(EventBatch batch, StreamToken start, EventId event) {
    that(batch.start().equals(start), "a batch begins at " + batch.start() + ", not at " + start);
    same(1, batch.chunk().size(), "events in a batch");
    that(batch.chunk().get(0).id().equals(Optional.of(event)), "a batch without " + event);
  }

  /** Waits until a latch has reached zero, and fails if it does not in time. */
  public static void arrival(CountDownLatch all) throws InterruptedException {
    that(all.await(LONGEST_MINUTES, TimeUnit.MINUTES), all.getCount() + " answers are missing");
  }
}
