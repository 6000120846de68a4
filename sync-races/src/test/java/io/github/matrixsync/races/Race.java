package io.github.matrixsync.races;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jetbrains.lincheck.Lincheck;
import org.jspecify.annotations.Nullable;

/**
 * Two threads at once, and what must hold when both are done. The model checker runs them through their interleavings;
 * it takes memory to be as one writes it, so what needs a barrier is beyond it. Confined.
 *
 * <p>The threads are classes, not lambdas: on JDK 25 the model checker does not see into those. Nor does it see what a
 * constructor reference makes, on any JDK: a lock in there would be waited for in earnest, and the race hang. And a
 * thread that has gone through a hash map or set from end to end is not interrupted any more; if that was done before
 * the threads begin, neither of them is.
 */
public abstract class Race {
  private static final int INTERLEAVINGS = 500;

  private AtomicReference<@Nullable RuntimeException> found = new AtomicReference<>();

  /** Is done by one thread. */
  protected abstract void one();

  /** Is done by the other. */
  protected abstract void other();

  /** Throws if anything does not hold. */
  protected abstract void check();

  /**
   * Runs many interleavings, each of a new race; throws at the first whose check fails, or in which the threads wait
   * for each other.
   */
  public static void explore(Supplier<Race> races) {
    explore(INTERLEAVINGS, races);
  }

  public static void explore(int interleavings, Supplier<Race> races) {
    Lincheck.runConcurrentTest(interleavings, () -> races.get().run());
  }

  /**
   * Checks that exploring the same race of a broken twin comes to a check that fails, or to a thread that does. What is
   * thrown in the end is open: on JDK 25 the model checker may fall over its own report of what it found.
   */
  public static void assertFound(Supplier<Race> broken) {
    AtomicReference<@Nullable RuntimeException> found = new AtomicReference<>();
    assertThatThrownBy(() -> explore(() -> broken.get().tellingOf(found)))
        .as("a race that was put there")
        .isNotNull();
    assertThat(found.get()).as("what did not hold in it").isNotNull();
  }

  protected static void require(boolean isSo, String what) {
    if (!isSo) {
      throw new IllegalStateException(what);
    }
  }

  private Race tellingOf(AtomicReference<@Nullable RuntimeException> failure) {
    found = failure;
    return this;
  }

  private void run() {
    Thread one = new One(this);
    Thread other = new Other(this);
    one.start();
    other.start();
    try {
      one.join();
      other.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    telling(this::check);
  }

  private void telling(Runnable part) {
    try {
      part.run();
    } catch (RuntimeException e) { // an error is how the model checker ends a thread
      found.set(e);
      throw e;
    }
  }

  private static final class One extends Thread {
    private final Race race;

    One(Race race) {
      this.race = race;
    }

    @Override
    public void run() {
      race.telling(race::one);
    }
  }

  private static final class Other extends Thread {
    private final Race race;

    Other(Race race) {
      this.race = race;
    }

    @Override
    public void run() {
      race.telling(race::other);
    }
  }
}
