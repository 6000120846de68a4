package io.github.matrixsync.internal.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BudgetTest {
  @Test
  void takeRegardless_beyondTheBound_isTakenAndLeavesNoRoom() {
    Budget bound = new Budget(10);

    bound.takeRegardless(15);

    assertThat(bound.taken()).isEqualTo(15);
    assertThat(bound.take(1)).isFalse();
    bound.giveBack(6);
    assertThat(bound.take(1)).isTrue();
  }

  @Test
  void take_exactlyTheBound_isServedAndOneMoreIsNot() {
    Budget bound = new Budget(10);

    assertThat(bound.take(7)).isTrue();
    assertThat(bound.take(4)).isFalse();
    assertThat(bound.take(3)).isTrue();
    assertThat(bound.take(1)).isFalse();
    assertThat(bound.taken()).isEqualTo(10);
    assertThat(bound.refused()).isEqualTo(2);
  }

  @Test
  void take_afterSomeIsGivenBack_isServedAgain() {
    Budget bound = new Budget(1);
    assertThat(bound.take(1)).isTrue();
    bound.giveBack(1);

    assertThat(bound.take(1)).isTrue();
  }

  @Test
  void take_hugeAmounts_doNotOverflow() {
    Budget bound = new Budget(Long.MAX_VALUE - 1);
    assertThat(bound.take(Long.MAX_VALUE - 2)).isTrue();

    assertThat(bound.take(Long.MAX_VALUE)).isFalse();
    assertThat(bound.take(1)).isTrue();
  }

  @Test
  void take_noBound_isAlwaysServed() {
    Budget none = new Budget(Budget.NONE);

    assertThat(none.take(Long.MAX_VALUE)).isTrue();
    assertThat(none.take(Long.MAX_VALUE)).isTrue();
    assertThat(none.refused()).isZero();
  }

  @Test
  void take_manyThreads_neverExceedsAndLeavesNothing() throws Exception {
    long seed = System.nanoTime();
    Budget bound = new Budget(20);
    AtomicLong out = new AtomicLong();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Callable<Long>> tasks = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        Random random = new Random(seed + i);
        tasks.add(() -> most(bound, out, random));
      }
      List<Long> most = new ArrayList<>();
      for (Future<Long> each : threads.invokeAll(tasks, 30, TimeUnit.SECONDS)) {
        most.add(each.get());
      }
      // A thread sees nothing if the others hold everything while they do not run.
      assertThat(most).as("seed " + seed).allMatch(seen -> seen <= 20).anyMatch(seen -> seen > 0);
    } finally {
      threads.shutdownNow();
    }
    assertThat(bound.taken()).as("seed " + seed).isZero();
    assertThat(bound.take(20)).isTrue();
  }

  /** Takes and releases random amounts, and returns the largest total that this thread saw. */
  private static long most(Budget bound, AtomicLong out, Random random) {
    long most = 0;
    for (int i = 0; i < 20_000; i++) {
      int amount = 1 + random.nextInt(12);
      if (bound.take(amount)) {
        most = Math.max(most, out.addAndGet(amount));
        out.addAndGet(-amount);
        bound.giveBack(amount);
      }
    }
    return most;
  }
}
