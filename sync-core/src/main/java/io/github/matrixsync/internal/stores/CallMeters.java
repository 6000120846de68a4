package io.github.matrixsync.internal.stores;

import io.github.matrixsync.internal.concurrent.EngineThreads;
import io.github.matrixsync.operation.EngineStatistics;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Counts and times all calls of one engine to its stores, lists those that are running, and logs slow methods.
 * Thread-safe.
 */
public final class CallMeters {
  /** A method counts as fast again after this many times the slow limit without a slow call. */
  private static final int QUIET = 10;

  private final EngineThreads threads;
  private final long slowNanos;
  private final List<CallMeter> all = new CopyOnWriteArrayList<>();
  private final Set<Running> running = ConcurrentHashMap.newKeySet();

  /** A call that has not returned. */
  public static final class Running {
    private final CallMeter call;
    private final long began;
    private volatile boolean counted;

    Running(CallMeter call, long began) {
      this.call = call;
      this.began = began;
    }

    public CallMeter call() {
      return call;
    }

    public long began() {
      return began;
    }
  }

  /**
   * Makes meters that read the time from {@code threads}.
   *
   * @param slow how long a call may take before it is logged as slow
   */
  public CallMeters(EngineThreads threads, Duration slow) {
    this.threads = threads;
    this.slowNanos = slow.toNanos();
  }

  /** Adds the meter of a method. */
  CallMeter add(String name) {
    CallMeter call = new CallMeter(name, this);
    all.add(call);
    return call;
  }

  /** Records the start of a call. */
  Running begin(CallMeter call) {
    Running begun = new Running(call, threads.nanoTime());
    running.add(begun);
    return begun;
  }

  /** Records the end of a call and returns its duration in nanoseconds. */
  long end(Running ended) {
    running.remove(ended);
    long now = threads.nanoTime();
    logIfSlow(ended, now);
    return now - ended.began;
  }

  /** Logs calls that run for too long, and methods that are fast again. Does not block. */
  public void watch(long now) {
    Set<CallMeter> slow = new HashSet<>();
    for (Running call : running) {
      logIfSlow(call, now);
      if (now - call.began > slowNanos) {
        slow.add(call.call);
      }
    }
    for (CallMeter call : all) {
      if (!slow.contains(call)) {
        call.slowCalls().overUnlessSince(now - QUIET * slowNanos, now, "is fast again; slow calls");
      }
    }
  }

  private void logIfSlow(Running call, long now) {
    long took = now - call.began;
    if (took > slowNanos && !call.counted) {
      call.counted = true;
      String how = "is slow: " + took / 1_000_000 + " ms and more";
      call.call.slowCalls().happened(call.began, now, how, null);
    }
  }

  /** Returns the running call that began first. */
  public Optional<Running> oldest() {
    return running.stream().min((a, b) -> Long.compare(a.began - b.began, 0));
  }

  /** Returns the counts and times by method. */
  public List<EngineStatistics.StoreCallTimes> times() {
    Map<CallMeter, Integer> runningNow = new HashMap<>();
    running.forEach(one -> runningNow.merge(one.call, 1, Integer::sum));
    return all.stream()
        .map(call -> call.times(runningNow.getOrDefault(call, 0)))
        .toList();
  }
}
