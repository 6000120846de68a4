package io.github.matrixsync.internal.follow;

import io.github.matrixsync.internal.log.WakeUpTargets;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Passes on whom something new concerns, from who finds it to who waits for it. Thread-safe. */
public final class WakeUpRelay {
  private final AtomicReference<@Nullable Listener> current = new AtomicReference<>();

  /** Is told whom something new concerns. */
  public interface Listener {
    /** Something came that concerns these. Must not block. */
    void wake(WakeUpTargets targets);
  }

  /** Has {@code listener} be told from now on, before anything is followed. */
  public void setListener(Listener listener) {
    current.set(listener);
  }

  /** Tells the listener. */
  public void wake(WakeUpTargets targets) {
    Listener listener = current.get();
    if (listener != null) {
      listener.wake(targets);
    }
  }
}
