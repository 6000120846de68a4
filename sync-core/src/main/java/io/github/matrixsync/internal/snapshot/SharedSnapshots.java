package io.github.matrixsync.internal.snapshot;

import io.github.matrixsync.call.InitialSync;
import io.github.matrixsync.call.RoomInitialSync;
import io.github.matrixsync.call.SnapshotOptions;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.concurrent.Budget;
import io.github.matrixsync.internal.concurrent.RequestCoalescer;
import io.github.matrixsync.internal.error.EngineErrors;
import io.github.matrixsync.operation.EngineStatistics.SnapshotRuns;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;

/**
 * Takes snapshots on an executor. Identical concurrent requests share one run, and all runs together stay within a byte
 * budget: snapshots of v1, and what else has a coalescer from here. Thread-safe.
 */
public final class SharedSnapshots {
  private record Request(UserId user, int limit, SnapshotOptions options) {}

  private final Snapshots snapshots;
  private final Executor executor;
  private final Budget budget;
  private final List<RequestCoalescer<?, ?>> all = new CopyOnWriteArrayList<>();
  private final RequestCoalescer<Request, InitialSync> whole;
  private final RequestCoalescer<RoomRequest, RoomInitialSync> ofRooms;

  /**
   * Creates the sharing of what {@code snapshots} takes.
   *
   * @param mostBytes the byte budget of the snapshots being taken
   */
  public SharedSnapshots(Snapshots snapshots, Executor executor, long mostBytes) {
    this.snapshots = snapshots;
    this.executor = executor;
    budget = new Budget(mostBytes);
    whole = coalescer();
    ofRooms = coalescer();
  }

  /**
   * Returns a coalescer for requests of another kind, whose runs are on the same executor, within the same budget, and
   * counted with those of snapshots.
   *
   * @param <K> the key of identical requests
   * @param <V> the result of a run
   */
  public <K, V> RequestCoalescer<K, V> coalescer() {
    RequestCoalescer<K, V> made =
        new RequestCoalescer<>(executor, budget, EngineErrors::tooManySnapshots);
    all.add(made);
    return made;
  }

  /** Takes a user's snapshot, or joins a run of the same request. */
  public CompletableFuture<InitialSync> take(UserId user, int limit, SnapshotOptions options) {
    return whole.join(
        new Request(user, limit, options), run -> snapshots.take(user, limit, options, run));
  }

  /** Takes a snapshot of one room, or joins a run of the same request. */
  public CompletableFuture<RoomInitialSync> take(RoomRequest request) {
    return ofRooms.join(request, run -> snapshots.takeRoom(request, run));
  }

  /** Returns the counters of runs. */
  public SnapshotRuns counts() {
    return new Counts(
        all.stream().mapToInt(RequestCoalescer::running).sum(),
        all.stream().mapToLong(RequestCoalescer::runs).sum(),
        all.stream().mapToLong(RequestCoalescer::shared).sum(),
        budget.refused(),
        budget.taken());
  }

  private record Counts(int inFlight, long runs, long shared, long refused, long bytes)
      implements SnapshotRuns {}
}
