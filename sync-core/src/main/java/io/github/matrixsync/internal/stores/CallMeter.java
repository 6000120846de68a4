package io.github.matrixsync.internal.stores;

import io.github.matrixsync.internal.concurrent.OutageLog;
import io.github.matrixsync.operation.EngineStatistics;
import java.time.Duration;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Counts and times the calls of one method of a store. Thread-safe. */
public final class CallMeter {
  private final String name;
  private final CallMeters all;
  private final OutageLog slowCalls;
  private final LongAdder returned = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder nanos = new LongAdder();
  private final LongAccumulator longest = new LongAccumulator(Math::max, 0);

  CallMeter(String name, CallMeters all) {
    this.name = name;
    this.all = all;
    this.slowCalls = new OutageLog("store call " + name);
  }

  public String name() {
    return name;
  }

  /** Returns the log of calls that take too long. */
  OutageLog slowCalls() {
    return slowCalls;
  }

  /** A call to a store. */
  interface Call {
    @Nullable Object run() throws Throwable;
  }

  /** Calls the store and returns its result, or throws what it throws. */
  @Nullable Object time(Call call) throws Throwable {
    CallMeters.Running running = all.begin(this);
    boolean ok = false;
    try {
      Object answer = call.run();
      ok = true;
      return answer;
    } finally {
      end(running, ok);
    }
  }

  private void end(CallMeters.Running running, boolean ok) {
    long took = all.end(running);
    (ok ? returned : failed).increment();
    nanos.add(took);
    longest.accumulate(took);
  }

  EngineStatistics.StoreCallTimes times(int running) {
    return new Times(
        name,
        returned.sum(),
        failed.sum(),
        running,
        Duration.ofNanos(nanos.sum()),
        Duration.ofNanos(longest.get()));
  }

  // More than five parameters: one for each number of EngineStatistics.StoreCallTimes.
  record Times(
      String call, long returned, long failed, int running, Duration total, Duration longest)
      implements EngineStatistics.StoreCallTimes {}
}
