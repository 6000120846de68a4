package io.github.matrixsync.internal.longpoll;

import io.github.matrixsync.event.DeviceId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.concurrent.EngineThreads;
import io.github.matrixsync.internal.concurrent.OutageLog;
import io.github.matrixsync.operation.PollObserver;
import io.github.matrixsync.store.ephemeral.PresenceState;
import java.util.Optional;

/** Calls the host's poll observer and logs what it throws. An exception does not affect any poll. Thread-safe. */
public final class GuardedObserver implements PollObserver {
  private final PollObserver host;
  private final EngineThreads threads;
  private final OutageLog failing = new OutageLog("the poll observer");

  public GuardedObserver(PollObserver host, EngineThreads threads) {
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

  @Override
  public void syncBegan(UserId user, Optional<DeviceId> device, Optional<PresenceState> presence) {
    call(() -> host.syncBegan(user, device, presence));
  }

  @Override
  public void syncEnded(UserId user, Optional<DeviceId> device, Optional<PresenceState> presence) {
    call(() -> host.syncEnded(user, device, presence));
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
