package io.github.matrixsync.races;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jetbrains.lincheck.Lincheck;
import org.jspecify.annotations.Nullable;

/**
 * Two concurrent threads, and a check when both are done. The model checker explores their interleavings. It assumes
 * sequentially consistent memory, so it does not find missing barriers. Confined.
 *
 * <p>The threads are classes, not lambdas, which the model checker does not instrument on JDK 25. Nor does it
 * instrument objects created by a constructor reference, on any JDK: a lock in one would block for real, and the race
 * would hang. And it no longer interrupts a thread that has iterated over a hash map or set; if that happened before
 * the threads begin, it interrupts neither of them.
 */
public abstract class Race {
  private static final int INTERLEAVINGS = 500;

  private AtomicReference<@Nullable RuntimeException> found = new AtomicReference<>();

  /** Runs on one thread. */
  protected abstract void one();

  /** Runs on the other thread. */
  protected abstract void other();

  /** Throws if the result is wrong. */
  protected abstract void check();

  /** Runs many interleavings, each of a new race; throws at the first whose check fails or whose threads deadlock. */
  public static void explore(Supplier<Race> races) {
    explore(INTERLEAVINGS, races);
  }

  public static void explore(int interleavings, Supplier<Race> races) {
    Lincheck.runConcurrentTest(interleavings, () -> races.get().run());
  }

  /**
   * Asserts that exploring the same race of a broken twin finds a check or a thread that fails. What the exploration
   * throws does not matter: on JDK 25 the model checker may fail in its own report.
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
    } catch (RuntimeException e) { // the model checker ends a thread by an error
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
