package io.github.matrixsync.internal.stores;

import io.github.matrixsync.internal.concurrent.EngineThreads;
import io.github.matrixsync.operation.EngineStatistics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The calls that one engine makes to its stores: how many and how long, which of them are running, and which method is
 * slow. Thread-safe.
 */
public final class CallMeters {
  /** After how many times the time that makes a call slow a method counts as fast again, if none was slow. */
  private static final int QUIET = 10;

  private static final int SPREAD = 0x9E3779B9;
  private static final int SHIFT = 24;
  private static final int PLACES = 1 << (Integer.SIZE - SHIFT);

  private final EngineThreads threads;
  private final long slowNanos;
  private final List<CallMeter> all = new CopyOnWriteArrayList<>();
  private final AtomicReferenceArray<@Nullable Running> running =
      new AtomicReferenceArray<>(PLACES);
  private final Set<Running> others = ConcurrentHashMap.newKeySet();

  /** A call that has not returned. */
  public static final class Running {
    private final CallMeter call;
    private final long began;
    private final int place;
    private volatile boolean counted;

    Running(CallMeter call, long began, int place) {
      this.call = call;
      this.began = began;
      this.place = place;
    }

    public CallMeter call() {
      return call;
    }

    public long began() {
      return began;
    }
  }

  /**
   * Counts calls by the time of {@code threads}.
   *
   * @param slow how long a call may take before it is worth a warning
   */
  public CallMeters(EngineThreads threads, Duration slow) {
    this.threads = threads;
    this.slowNanos = slow.toNanos();
  }

  /** Adds a method. */
  CallMeter add(String name) {
    CallMeter call = new CallMeter(name, this);
    all.add(call);
    return call;
  }

  /** Begins a call. It stands where others of its thread do, if that place is free, since this costs least. */
  Running begin(CallMeter call) {
    int place = ((int) Thread.currentThread().getId() * SPREAD) >>> SHIFT;
    Running begun = new Running(call, threads.nanoTime(), place);
    if (!running.compareAndSet(place, null, begun)) {
      others.add(begun);
    }
    return begun;
  }

  /** Ends a call, and returns how long it took, in nanoseconds. */
  long end(Running ended) {
    if (running.getPlain(ended.place) == ended) {
      running.setRelease(ended.place, null);
    } else {
      others.remove(ended);
    }
    long now = threads.nanoTime();
    tellIfSlow(ended, now);
    return now - ended.began;
  }

  private List<Running> running() {
    List<Running> all = new ArrayList<>(others);
    for (int place = 0; place < PLACES; place++) {
      Running one = running.get(place);
      if (one != null) {
        all.add(one);
      }
    }
    return all;
  }

  /** Tells of calls that run for too long, and of methods that are fast again. Does not block. */
  public void watch(long now) {
    List<Running> runningNow = running();
    runningNow.forEach(call -> tellIfSlow(call, now));
    for (CallMeter call : all) {
      if (runningNow.stream().noneMatch(one -> isSlow(one, call, now))) {
        call.slow().overUnlessSince(now - QUIET * slowNanos, now, "is fast again; slow calls");
      }
    }
  }

  private boolean isSlow(Running one, CallMeter call, long now) {
    return one.call == call && now - one.began > slowNanos;
  }

  private void tellIfSlow(Running call, long now) {
    long took = now - call.began;
    if (took > slowNanos && !call.counted) {
      call.counted = true;
      String how = "is slow: " + took / 1_000_000 + " ms and more";
      call.call.slow().happened(call.began, now, how, null);
    }
  }

  /** Returns the call that runs for longest. */
  public Optional<Running> oldest() {
    return running().stream().min((a, b) -> Long.compare(a.began - b.began, 0));
  }

  /** Returns what was counted, by method. */
  public List<EngineStatistics.StoreCallTimes> times() {
    Map<CallMeter, Integer> runningNow = new HashMap<>();
    running().forEach(one -> runningNow.merge(one.call, 1, Integer::sum));
    return all.stream()
        .map(call -> call.times(runningNow.getOrDefault(call, 0)))
        .toList();
  }
}
