package io.github.matrixsync.store.tck.rules.writer;

import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.store.tck.support.Threads;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;

/**
 * A transaction of another thread that waits right before its commit until {@link #commit} or {@link #close}. Confined
 * to the thread of its test.
 */
final class HeldTransaction implements AutoCloseable {
  private final CountDownLatch reached = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);
  private final FutureTask<List<Long>> write;
  private volatile boolean holding;

  private HeldTransaction(WriterFixture subject, RoomEvent event) {
    write = Threads.start(() -> {
      try {
        return subject.fill(List.of(event), this::hold);
      } finally {
        reached.countDown();
      }
    });
  }

  /** Begins a transaction that writes one event. */
  static HeldTransaction of(WriterFixture subject, RoomEvent event) {
    HeldTransaction held = new HeldTransaction(subject, event);
    Threads.await(held.reached, "fill to run beforeCommit");
    if (!held.holding) {
      throw new AssertionError("fill returned " + held.commit() + " and did not run beforeCommit");
    }
    return held;
  }

  private void hold() {
    holding = true;
    reached.countDown();
    Threads.await(released, "the end of the test");
  }

  /** Commits, and returns the positions. */
  List<Long> commit() {
    released.countDown();
    return Threads.join(write);
  }

  @Override
  public void close() {
    released.countDown();
  }
}
