package io.github.matrixsync;

import io.github.matrixsync.internal.cache.Caches;
import io.github.matrixsync.internal.follow.StreamFollowers;
import io.github.matrixsync.internal.log.Window;
import io.github.matrixsync.internal.longpoll.LongPolls;
import io.github.matrixsync.internal.longpoll.PollCounters;
import io.github.matrixsync.internal.longpoll.PollRegistry;
import io.github.matrixsync.internal.snapshot.SharedSnapshots;
import io.github.matrixsync.internal.stores.CallMeters;
import io.github.matrixsync.operation.EngineStatistics;
import io.github.matrixsync.operation.EngineStatistics.CacheUse;
import io.github.matrixsync.operation.EngineStatistics.Polls;
import io.github.matrixsync.operation.EngineStatistics.SnapshotRuns;
import io.github.matrixsync.operation.EngineStatistics.StoreCallTimes;
import io.github.matrixsync.operation.EngineStatistics.StreamLag;
import io.github.matrixsync.operation.EngineStatistics.WindowSpan;
import java.time.Duration;
import java.util.List;

/**
 * Collects the statistics of an engine from its parts. Thread-safe.
 *
 * @param polls the polls
 * @param longPolls runs the polls
 * @param window the tail of the log
 * @param followers the followers of the streams
 * @param snapshots the snapshots
 * @param calls the store calls
 * @param caches the caches
 */
// More than five parameters: one for each part of the engine that counts something.
record StatisticsReader(
    PollRegistry polls,
    LongPolls longPolls,
    Window window,
    StreamFollowers followers,
    SharedSnapshots snapshots,
    CallMeters calls,
    Caches caches) {
  /**
   * Returns what is counted now. Does no I/O.
   */
  EngineStatistics read() {
    return new Counted(
        pollStatistics(),
        span(),
        lags(),
        snapshots.counts(),
        calls.times(),
        caches.uses(),
        caches.damaged().count());
  }

  private Polls pollStatistics() {
    PollCounters counts = polls.counts();
    return new CountedPolls(
        polls.count(),
        counts.begun(),
        counts.woken(),
        counts.wokenForNothing(),
        longPolls.refused(),
        longPolls.oldest());
  }

  private WindowSpan span() {
    Window.View view = window.view();
    return new Span(
        view.after(),
        Math.max(view.after(), followers.published().room()),
        view.size(),
        window.bytes(),
        window.hits(),
        window.misses());
  }

  private List<StreamLag> lags() {
    return followers.followers().stream()
        .<StreamLag>map(one -> new Lag(one.name(), one.watermark(), one.published()))
        .toList();
  }

  /** Immutable. The interface describes the components, as for the records below. */
  // More than five parameters: one for each number of EngineStatistics.
  private record Counted(
      Polls polls,
      WindowSpan window,
      List<StreamLag> streams,
      SnapshotRuns snapshots,
      List<StoreCallTimes> storeCalls,
      List<CacheUse> caches,
      long damagedEvents)
      implements EngineStatistics {}

  // More than five parameters: one for each number of EngineStatistics.Polls.
  private record CountedPolls(
      long parked, long begun, long woken, long wokenForNothing, long refused, Duration oldest)
      implements Polls {}

  // More than five parameters: one for each number of EngineStatistics.WindowSpan.
  private record Span(long after, long upTo, int events, long bytes, long hits, long misses)
      implements WindowSpan {}

  private record Lag(String stream, long watermark, long published) implements StreamLag {}
}
