package io.github.matrixsync.internal.concurrent;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A future that can stand in a {@link TimerWheel} without any other object: the links and the deadline are its own.
 *
 * @param <V> what it is completed with
 */
public abstract class TimedFuture<V> extends CompletableFuture<V> {
  /**
   * The tick of its deadline; {@link TimerWheel#NEVER} while it stands in no wheel. Guarded by the wheel's lock for its
   * slot.
   */
  long tick = TimerWheel.NEVER;

  /** Its neighbors in the slot. Guarded like the tick. */
  @Nullable TimedFuture<?> before;

  @Nullable TimedFuture<?> behind;

  /** Its time is up. Called once, outside of any lock, on the scheduler's thread; returns soon and does not block. */
  protected abstract void timeUp();
}
