package io.github.matrixsync.internal.concurrent;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A future with a deadline, which is itself the entry of a {@link TimerWheel}: it contains the links and the deadline.
 *
 * @param <V> the type of its result
 */
public abstract class TimedFuture<V> extends CompletableFuture<V> {
  /**
   * The tick of its deadline; {@link TimerWheel#NEVER} while it is in no wheel. Guarded by the wheel's lock of its
   * slot.
   */
  long tick = TimerWheel.NEVER;

  /** Its neighbors in the slot. Guarded like the tick. */
  @Nullable TimedFuture<?> before;

  @Nullable TimedFuture<?> behind;

  /** Called once when its deadline has passed, without a lock, on the scheduler's thread; must not block. */
  protected abstract void timeUp();
}
