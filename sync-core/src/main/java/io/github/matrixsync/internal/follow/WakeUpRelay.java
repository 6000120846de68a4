package io.github.matrixsync.internal.follow;

import io.github.matrixsync.internal.log.WakeUpTargets;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Passes wake-up targets from the followers to the listener that wakes polls. Thread-safe. */
public final class WakeUpRelay {
  private final AtomicReference<@Nullable Listener> current = new AtomicReference<>();

  /** Receives wake-up targets. */
  public interface Listener {
    /** Wakes the polls of the targets. Must not block. */
    void wake(WakeUpTargets targets);
  }

  /** Sets the listener, before anything is followed. */
  public void setListener(Listener listener) {
    current.set(listener);
  }

  /** Calls the listener, if there is one. */
  public void wake(WakeUpTargets targets) {
    Listener listener = current.get();
    if (listener != null) {
      listener.wake(targets);
    }
  }
}
