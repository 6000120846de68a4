package io.github.matrixsync.internal.concurrent;

import io.github.matrixsync.races.Race;
import org.junit.jupiter.api.Test;

/** Two threads take from the same budget. */
class BudgetRaceTest {
  private static final long EACH = 2;

  /** A bounded amount. */
  interface Store {
    boolean take();

    void giveBack();

    long taken();
  }

  private static final class RealBound implements Store {
    private final Budget bound;

    RealBound(long most) {
      bound = new Budget(most);
    }

    @Override
    public boolean take() {
      return bound.take(EACH);
    }

    @Override
    public void giveBack() {
      bound.giveBack(EACH);
    }

    @Override
    public long taken() {
      return bound.taken();
    }
  }

  /** Checks whether there is room, and takes in a second step. */
  private static final class CarelessBound implements Store {
    private final long most;
    private volatile long taken;

    CarelessBound(long most) {
      this.most = most;
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // this is the fault
    public boolean take() {
      if (taken + EACH > most) {
        return false;
      }
      taken += EACH;
      return true;
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // as above
    public void giveBack() {
      taken -= EACH;
    }

    @Override
    public long taken() {
      return taken;
    }
  }

  /** Both threads take. */
  private static final class TakeTwice extends Race {
    private final Store bound;
    private volatile boolean oneHas;
    private volatile boolean otherHas;

    TakeTwice(Store bound) {
      this.bound = bound;
    }

    @Override
    protected void one() {
      oneHas = bound.take();
    }

    @Override
    protected void other() {
      otherHas = bound.take();
    }

    @Override
    protected void check() {
      require(oneHas != otherHas, "there is room for one of them, and for one alone");
      require(bound.taken() == EACH, "what one took is counted once");
    }
  }

  /** One thread gives back what it took before, while the other takes. */
  private static final class TakeAndGiveBack extends Race {
    private final Store bound;
    private volatile boolean has;

    TakeAndGiveBack(Store bound) {
      this.bound = bound;
      require(bound.take(), "there is room");
    }

    @Override
    protected void one() {
      bound.giveBack();
    }

    @Override
    protected void other() {
      has = bound.take();
    }

    @Override
    protected void check() {
      require(has, "there is room for both");
      require(bound.taken() == EACH, "what one has is taken, what the other gave back is not");
    }
  }

  @Test
  void take_twiceAtOnce_isWithinTheBound() {
    Race.explore(() -> new TakeTwice(new RealBound(3)));
  }

  @Test
  void take_carelessTwinTwiceAtOnce_isBeyondTheBound() {
    Race.assertFound(() -> new TakeTwice(new CarelessBound(3)));
  }

  @Test
  void giveBack_whileAnotherTakes_losesNothing() {
    Race.explore(() -> new TakeAndGiveBack(new RealBound(4)));
  }

  @Test
  void giveBack_carelessTwinWhileAnotherTakes_losesSome() {
    Race.assertFound(() -> new TakeAndGiveBack(new CarelessBound(4)));
  }
}
