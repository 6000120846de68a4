package io.github.matrixsync.internal.concurrent;

import io.github.matrixsync.races.AtOnce;
import io.github.matrixsync.races.Race;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Requests that share runs, while the value that the runs read changes. */
class RequestCoalescerRaceTest {
  private static final String KEY = "key";
  private static final int INTERLEAVINGS = 300;

  /** Lets requests share runs. */
  interface Sharing {
    CompletableFuture<Long> join(Function<RequestCoalescer.Run, Long> run);
  }

  private static final class RealCoalescer implements Sharing {
    private final RequestCoalescer<String, Long> coalescer =
        new RequestCoalescer<>(new AtOnce(), new Budget(Budget.NONE), IllegalStateException::new);

    @Override
    public CompletableFuture<Long> join(Function<RequestCoalescer.Run, Long> run) {
      return coalescer.join(KEY, run);
    }
  }

  /** Lets every request before the end of a run share it, also if the run has already read. */
  private static final class CarelessSharing implements Sharing, RequestCoalescer.Run {
    private @Nullable CompletableFuture<Long> running; // guarded by this

    @Override
    public CompletableFuture<Long> join(Function<RequestCoalescer.Run, Long> run) {
      CompletableFuture<Long> own = new CompletableFuture<>();
      synchronized (this) {
        if (running != null) {
          return running;
        }
        running = own;
      }
      long result = run.apply(this);
      synchronized (this) {
        running = null;
      }
      own.complete(result);
      return own;
    }

    @Override
    public void seal() {}

    @Override
    public void shareWhile(BooleanSupplier unmoved) {}

    @Override
    public void reserve(long bytes) {}
  }

  /**
   * Looks for requests that wait for the next run, and ends in a second step: a request between the two waits for ever.
   */
  private static final class CarelessEnd implements Sharing, RequestCoalescer.Run {
    private final Map<String, Function<RequestCoalescer.Run, Long>> next =
        new HashMap<>(); // guarded by this
    private CompletableFuture<Long> nextResult = new CompletableFuture<>(); // guarded by this
    private boolean running; // guarded by this

    @Override
    public CompletableFuture<Long> join(Function<RequestCoalescer.Run, Long> run) {
      synchronized (this) {
        if (running) {
          next.put(KEY, run);
          return nextResult;
        }
        running = true;
      }
      CompletableFuture<Long> own = CompletableFuture.completedFuture(run.apply(this));
      Function<RequestCoalescer.Run, Long> waiting = waiting();
      if (waiting != null) {
        complete(waiting.apply(this));
      }
      land();
      return own;
    }

    private synchronized @Nullable Function<RequestCoalescer.Run, Long> waiting() {
      return next.remove(KEY);
    }

    private synchronized void complete(long result) {
      nextResult.complete(result);
      nextResult = new CompletableFuture<>();
    }

    private synchronized void land() {
      running = false;
    }

    @Override
    public void seal() {}

    @Override
    public void shareWhile(BooleanSupplier unmoved) {}

    @Override
    public void reserve(long bytes) {}
  }

  /** One thread makes a request; the other changes the value and makes a request then. */
  private abstract static class AskAndMove extends Race
      implements Function<RequestCoalescer.Run, Long> {
    private final Sharing coalescer;
    private volatile long position = 1;
    private volatile @Nullable CompletableFuture<Long> first;
    private volatile @Nullable CompletableFuture<Long> second;

    AskAndMove(Sharing coalescer) {
      this.coalescer = coalescer;
    }

    final long position() {
      return position;
    }

    @Override
    protected final void one() {
      first = coalescer.join(this);
    }

    @Override
    protected final void other() {
      position = 2;
      second = coalescer.join(this);
    }

    @Override
    protected final void check() {
      require(result(first) >= 1, "who asks first gets an answer");
      require(result(second) == 2, "who asks after it moved gets it as it is since");
    }

    private static long result(@Nullable CompletableFuture<Long> future) {
      return future == null ? 0 : future.getNow(0L);
    }
  }

  /** A run is not shared by requests that come after its read. */
  private static final class SealedRun extends AskAndMove {
    SealedRun(Sharing coalescer) {
      super(coalescer);
    }

    @Override
    public Long apply(RequestCoalescer.Run run) {
      run.seal();
      return position();
    }
  }

  /** A run is shared by requests that come before its read. */
  private static final class SharedRun extends AskAndMove {
    SharedRun(Sharing coalescer) {
      super(coalescer);
    }

    @Override
    public Long apply(RequestCoalescer.Run run) {
      long then = position();
      run.shareWhile(() -> position() == then);
      return position();
    }
  }

  @Test
  void join_afterARunTookItsPlace_sharesTheNext() {
    explore(() -> new SealedRun(new RealCoalescer()));
  }

  @Test
  void join_whileARunServesWhoComesBeforeAMove_isServedAsOfNow() {
    explore(() -> new SharedRun(new RealCoalescer()));
  }

  @Test
  void join_twinThatSharesToTheEnd_isGivenWhatWasBefore() {
    Race.assertFound(() -> new SealedRun(new CarelessSharing()));
  }

  @Test
  void join_twinThatLandsLate_isNeverAnswered() {
    Race.assertFound(() -> new SealedRun(new CarelessEnd()));
  }

  private static void explore(Supplier<Race> races) {
    Race.explore(INTERLEAVINGS, races);
  }
}
