package io.github.matrixsync.store.tck.rules.writer;

import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.store.tck.support.Threads;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;

/**
 * A fill by a thread of its own that waits right before its commit, until it is told to go on or is closed. Confined to
 * the thread of its test.
 */
final class HeldFill implements AutoCloseable {
  private final CountDownLatch reached = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);
  private final FutureTask<List<Long>> fill;
  private volatile boolean holding;

  private HeldFill(WriterSubject subject, RoomEvent event) {
    fill = Threads.start(() -> {
      try {
        return subject.fill(List.of(event), this::hold);
      } finally {
        reached.countDown();
      }
    });
  }

  /** Returns a fill of one event that waits right before its commit. */
  static HeldFill of(WriterSubject subject, RoomEvent event) {
    HeldFill held = new HeldFill(subject, event);
    Threads.await(held.reached, "fill to run beforeCommit");
    if (!held.holding) {
      throw new AssertionError("fill gave " + held.commit() + " and did not run beforeCommit");
    }
    return held;
  }

  private void hold() {
    holding = true;
    reached.countDown();
    Threads.await(released, "the end of the test");
  }

  /** Lets the commit go on, and returns the positions when it is done. */
  List<Long> commit() {
    released.countDown();
    return Threads.join(fill);
  }

  @Override
  public void close() {
    released.countDown();
  }
}
