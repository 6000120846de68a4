package io.github.matrixsync.internal.poll;

import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.run.Threads;
import io.github.matrixsync.internal.run.Trouble;
import io.github.matrixsync.operation.PollObserver;

/**
 * Tells the host's observer of polls. An observer that throws is logged, and changes nothing for any poll. Thread-safe.
 */
final class Observed implements PollObserver {
  private final PollObserver host;
  private final Threads threads;
  private final Trouble failing = new Trouble("the poll observer");

  Observed(PollObserver host, Threads threads) {
    this.host = host;
    this.threads = threads;
  }

  @Override
  public void pollBegan(UserId user) {
    tell(() -> host.pollBegan(user));
  }

  @Override
  public void pollEnded(UserId user) {
    tell(() -> host.pollEnded(user));
  }

  private void tell(Runnable call) {
    try {
      call.run();
      if (failing.isOn()) {
        failing.over(threads.nanoTime(), "succeeds again; failures");
      }
    } catch (Throwable e) {
      long now = threads.nanoTime();
      failing.happened(now, now, "failed; polls go on", e);
    }
  }
}
