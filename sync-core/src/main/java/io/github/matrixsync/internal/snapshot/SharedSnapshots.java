package io.github.matrixsync.internal.snapshot;

import io.github.matrixsync.call.InitialSync;
import io.github.matrixsync.call.LimitExceededException;
import io.github.matrixsync.call.RoomInitialSync;
import io.github.matrixsync.call.SnapshotOptions;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.concurrent.Budget;
import io.github.matrixsync.internal.concurrent.RequestCoalescer;
import io.github.matrixsync.operation.EngineStatistics.SnapshotRuns;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Takes snapshots on an executor: identical requests share a run, and all runs together refer to no more than a bound.
 * Thread-safe.
 */
public final class SharedSnapshots {
  private record Request(UserId user, int limit, SnapshotOptions options) {}

  private final Snapshots snapshots;
  private final Budget budget;
  private final RequestCoalescer<Request, InitialSync> whole;
  private final RequestCoalescer<RoomRequest, RoomInitialSync> ofRooms;

  /**
   * Shares what {@code snapshots} takes.
   *
   * @param mostBytes how much the snapshots that are being taken may refer to
   */
  public SharedSnapshots(Snapshots snapshots, Executor executor, long mostBytes) {
    this.snapshots = snapshots;
    budget = new Budget(mostBytes);
    whole = new RequestCoalescer<>(executor, budget, LimitExceededException::snapshots);
    ofRooms = new RequestCoalescer<>(executor, budget, LimitExceededException::snapshots);
  }

  /** Returns a user's snapshot. */
  public CompletableFuture<InitialSync> take(UserId user, int limit, SnapshotOptions options) {
    return whole.join(
        new Request(user, limit, options), run -> snapshots.take(user, limit, options, run));
  }

  /** Returns a snapshot of one room. */
  public CompletableFuture<RoomInitialSync> take(RoomRequest request) {
    return ofRooms.join(request, run -> snapshots.takeRoom(request, run));
  }

  /** Returns what is counted of them. */
  public SnapshotRuns counts() {
    return new SnapshotRuns(
        whole.inFlight() + ofRooms.inFlight(),
        whole.runs() + ofRooms.runs(),
        whole.shared() + ofRooms.shared(),
        budget.refused(),
        budget.taken());
  }
}
