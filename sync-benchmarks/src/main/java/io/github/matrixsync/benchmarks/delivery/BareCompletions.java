package io.github.matrixsync.benchmarks.delivery;

import io.github.matrixsync.benchmarks.world.Expect;
import io.github.matrixsync.benchmarks.world.Pool;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntConsumer;

/**
 * The floor of a wake-up: futures with one dependent each, completed in chunks on an executor. Confined to one thread.
 */
final class BareCompletions {
  private static final int CHUNK = 256;

  private final Pool pool;
  private final CompletableFuture<Object>[] futures;
  private long startedAt;

  /** Prepares {@code count} completions on {@code pool}. */
  @SuppressWarnings({"unchecked", "rawtypes"})
  BareCompletions(Pool pool, int count) {
    this.pool = pool;
    futures = new CompletableFuture[count];
  }

  /**
   * Completes all with {@code value}, calls {@code dependent} with the number of each, and returns the time of it all,
   * in nanoseconds.
   */
  long nanos(Object value, IntConsumer dependent) throws InterruptedException {
    CountDownLatch done = new CountDownLatch(futures.length);
    for (int i = 0; i < futures.length; i++) {
      int number = i;
      futures[i] = new CompletableFuture<>();
      CompletableFuture<Void> unused = futures[i].thenAccept(any -> {
        dependent.accept(number);
        done.countDown();
      });
    }
    startedAt = System.nanoTime();
    for (int from = 0; from < futures.length; from += CHUNK) {
      int first = from;
      int end = Math.min(from + CHUNK, futures.length);
      pool.execute(() -> {
        for (int i = first; i < end; i++) {
          futures[i].complete(value);
        }
      });
    }
    Expect.arrival(done);
    return System.nanoTime() - startedAt;
  }

  /** Returns when the last call of {@link #nanos} began, by {@link System#nanoTime}. */
  long startedAt() {
    return startedAt;
  }
}
