package io.github.matrixsync;

import io.github.matrixsync.internal.follow.Following;
import io.github.matrixsync.internal.keep.Caches;
import io.github.matrixsync.internal.log.Window;
import io.github.matrixsync.internal.poll.Streams;
import io.github.matrixsync.internal.role.StoreCalls;
import io.github.matrixsync.internal.roster.PollCounts;
import io.github.matrixsync.internal.roster.Polls;
import io.github.matrixsync.internal.run.Bound;
import io.github.matrixsync.internal.run.Flights;
import io.github.matrixsync.operation.EngineStatistics;
import io.github.matrixsync.operation.EngineStatistics.SnapshotRuns;
import io.github.matrixsync.operation.EngineStatistics.StreamLag;
import io.github.matrixsync.operation.EngineStatistics.WindowSpan;
import java.util.List;

/**
 * Puts together what the parts of an engine have counted. Thread-safe.
 *
 * @param polls the polls
 * @param streams what runs them
 * @param window the tail of the log
 * @param following the streams
 * @param flights the snapshots
 * @param freight what the snapshots refer to
 * @param calls the store calls
 * @param caches what is kept of what was read
 */
record Ledger(
    Polls polls,
    Streams streams,
    Window window,
    Following following,
    List<Flights<?, ?>> flights,
    Bound freight,
    StoreCalls calls,
    Caches caches) {
  /**
   * Returns what is counted now. Does no I/O.
   */
  EngineStatistics read() {
    return new EngineStatistics(
        pollStatistics(), span(), lags(), snapshots(), calls.times(), caches.uses());
  }

  private EngineStatistics.Polls pollStatistics() {
    PollCounts counts = polls.counts();
    return new EngineStatistics.Polls(
        polls.count(),
        counts.begun(),
        counts.woken(),
        counts.wokenForNothing(),
        streams.refused(),
        streams.oldest());
  }

  private WindowSpan span() {
    Window.View view = window.view();
    return new WindowSpan(
        view.after(),
        Math.max(view.after(), following.published().room()),
        view.size(),
        window.bytes(),
        window.hits(),
        window.misses());
  }

  private List<StreamLag> lags() {
    return following.followers().stream()
        .map(one -> new StreamLag(one.name(), one.watermark(), one.published()))
        .toList();
  }

  private SnapshotRuns snapshots() {
    int inFlight = 0;
    long runs = 0;
    long shared = 0;
    for (Flights<?, ?> each : flights) {
      inFlight += each.inFlight();
      runs += each.runs();
      shared += each.shared();
    }
    return new SnapshotRuns(inFlight, runs, shared, freight.refused(), freight.taken());
  }
}
