package io.github.matrixsync.internal.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * Which requests share a run. Each run waits until the test releases it, and reserves more of the budget while it runs.
 */
class RequestCoalescerTest {
  private static final String KEY = "key";

  private final Deque<Runnable> waiting = new ArrayDeque<>();
  private final Budget budget = new Budget(100);
  private final RequestCoalescer<String, Integer> coalescer =
      new RequestCoalescer<>(this::execute, budget, TooMuch::new);
  private final AtomicInteger made = new AtomicInteger();
  private boolean full;

  private void execute(Runnable task) {
    if (full) {
      throw new RejectedExecutionException("full");
    }
    waiting.add(task);
  }

  @Test
  void join_beforeTheRunBegan_sharesIt() {
    CompletableFuture<Integer> first = join(run -> {});
    CompletableFuture<Integer> second = join(run -> {});
    CompletableFuture<Integer> other = coalescer.join("other", run -> made.incrementAndGet());
    assertThat(coalescer.running()).isEqualTo(2);

    runAll();

    assertThat(first).isCompletedWithValue(1);
    assertThat(second).isCompletedWithValue(1);
    assertThat(other).isCompletedWithValue(2);
    assertCounted(0, 2, 1);
  }

  @Test
  void join_afterTheRunEnded_isAnother() {
    join(run -> {});
    runAll();

    CompletableFuture<Integer> second = join(run -> {});
    runAll();

    assertThat(second).isCompletedWithValue(2);
    assertCounted(0, 2, 0);
  }

  @Test
  void join_afterTheRunDeparted_allShareTheNextOne() {
    List<CompletableFuture<Integer>> later = new ArrayList<>();
    CompletableFuture<Integer> first = join(run -> {
      run.seal();
      later.add(join(next -> {}));
      later.add(join(next -> {}));
    });
    runNext();

    assertThat(first).isCompletedWithValue(1);
    assertThat(later).allSatisfy(each -> assertThat(each).isNotDone());
    later.add(join(next -> {}));
    runAll();

    assertThat(later).allSatisfy(each -> assertThat(each).isCompletedWithValue(2));
    assertCounted(0, 2, 3);
  }

  @Test
  void join_whileNothingMoved_sharesTheRunThatIsUnderWay() {
    AtomicBoolean unmoved = new AtomicBoolean(true);
    List<CompletableFuture<Integer>> later = new ArrayList<>();
    join(run -> {
      run.seal();
      run.shareWhile(unmoved::get);
      later.add(join(next -> {}));
      unmoved.set(false);
      later.add(join(next -> {}));
    });
    runAll();

    assertThat(later.get(0)).isCompletedWithValue(1);
    assertThat(later.get(1)).isCompletedWithValue(2);
  }

  @Test
  void join_resultIsCancelled_othersStillGetTheirs() {
    CompletableFuture<Integer> first = join(run -> {});
    CompletableFuture<Integer> second = join(run -> {});

    first.cancel(false);
    runAll();

    assertThat(second).isCompletedWithValue(1);
  }

  @Test
  void join_runFails_allWhoShareItFailAndTheNextRuns() {
    List<CompletableFuture<Integer>> later = new ArrayList<>();
    CompletableFuture<Integer> failed = join(run -> {
      run.seal();
      later.add(join(next -> {}));
      throw new IllegalArgumentException("test");
    });
    runAll();

    assertThatThrownBy(failed::join).hasCauseInstanceOf(IllegalArgumentException.class);
    assertThat(later.get(0)).isCompletedWithValue(1);
    assertCounted(0, 2, 1);
  }

  @Test
  void join_executorIsFull_failsAndLeavesNothing() {
    full = true;
    CompletableFuture<Integer> refused = join(run -> {});
    assertThatThrownBy(refused::join).hasCauseInstanceOf(RejectedExecutionException.class);
    assertThat(coalescer.running()).isZero();
    full = false;

    CompletableFuture<Integer> second = join(run -> {});
    runAll();

    assertThat(second).isCompletedWithValue(1);
  }

  @Test
  void join_executorIsFullForTheNextRun_thatOneFails() {
    List<CompletableFuture<Integer>> later = new ArrayList<>();
    CompletableFuture<Integer> first = join(run -> {
      run.seal();
      later.add(join(next -> {}));
      full = true;
    });
    runAll();

    assertThat(first).isCompletedWithValue(1);
    assertThatThrownBy(() -> later.get(0).join())
        .hasCauseInstanceOf(RejectedExecutionException.class);
    assertThat(coalescer.running()).isZero();
  }

  @Test
  void load_moreThanThereIsRoomFor_failsAndGivesAllOfItBack() {
    CompletableFuture<Integer> tooMuch = join(run -> {
      run.reserve(60);
      assertThat(budget.taken()).isEqualTo(60);
      run.reserve(41);
    });
    runAll();

    assertThatThrownBy(tooMuch::join).hasCauseInstanceOf(TooMuch.class);
    assertThat(budget.taken()).isZero();
    assertThat(budget.refused()).isOne();
  }

  @Test
  void load_exactlyTheBound_isServedAndGivenBack() {
    CompletableFuture<Integer> served = join(run -> {
      run.reserve(60);
      run.reserve(40);
    });
    runAll();

    assertThat(served).isCompletedWithValue(1);
    assertThat(budget.taken()).isZero();
  }

  /** Requests a value; each run returns its own number. */
  private CompletableFuture<Integer> join(Consumer<RequestCoalescer.Run> during) {
    return coalescer.join(KEY, run -> {
      during.accept(run);
      return made.incrementAndGet();
    });
  }

  private void runNext() {
    waiting.remove().run();
  }

  private void runAll() {
    while (!waiting.isEmpty()) {
      runNext();
    }
  }

  private void assertCounted(int running, long runs, long shared) {
    assertThat(coalescer.running()).isEqualTo(running);
    assertThat(coalescer.runs()).isEqualTo(runs);
    assertThat(coalescer.shared()).isEqualTo(shared);
  }

  private static final class TooMuch extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
