package io.github.matrixsync.internal.longpoll;

import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.concurrent.EngineThreads;
import io.github.matrixsync.internal.concurrent.OutageLog;
import io.github.matrixsync.operation.PollObserver;

/** Calls the host's poll observer and logs what it throws. An exception does not affect any poll. Thread-safe. */
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
    call(() -> host.pollBegan(user));
  }

  @Override
  public void pollEnded(UserId user) {
    call(() -> host.pollEnded(user));
  }

  private void call(Runnable notification) {
    try {
      notification.run();
      if (failing.isOn()) {
        failing.over(threads.nanoTime(), "succeeds again; failures");
      }
    } catch (Throwable e) {
      long now = threads.nanoTime();
      failing.happened(now, now, "failed; polls go on", e);
    }
  }
}
