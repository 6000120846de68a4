package io.github.matrixsync.internal.longpoll;

import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.concurrent.EngineThreads;
import io.github.matrixsync.internal.concurrent.OutageLog;
import io.github.matrixsync.operation.PollObserver;

/**
 * Tells the host's observer of polls. An observer that throws is logged, and changes nothing for any poll. Thread-safe.
 */
final class GuardedObserver implements PollObserver {
  private final PollObserver host;
  private final EngineThreads threads;
  private final OutageLog failing = new OutageLog("the poll observer");

  GuardedObserver(PollObserver host, EngineThreads threads) {
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
