package io.github.matrixsync.testkit.internal.http;

import io.github.matrixsync.testkit.http.NextRequest;
import io.github.matrixsync.testkit.http.RequestPattern;
import io.github.matrixsync.testkit.http.ServedRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** What is to go wrong with the requests that come next. Thread-safe. */
final class Faults {
  private static final int OK = 200;
  private static final int TOO_MANY = 429;

  private final List<Fault> planned = new ArrayList<>(); // guarded by this

  /** Returns and removes what is planned for a request. */
  synchronized Optional<Fault> take(ServedRequest request) {
    for (Iterator<Fault> faults = planned.iterator(); faults.hasNext(); ) {
      Fault fault = faults.next();
      if (fault.pattern().matches(request)) {
        faults.remove();
        return Optional.of(fault);
      }
    }
    return Optional.empty();
  }

  private synchronized void plan(Fault fault, int times) {
    for (int i = 0; i < times; i++) {
      planned.add(fault);
    }
  }

  static void requireNotNegative(Duration time) {
    if (time.isNegative()) {
      throw new IllegalArgumentException("a duration must not be negative, got " + time);
    }
  }

  NextRequest next(RequestPattern pattern) {
    return new Next(pattern);
  }

  private final class Next implements NextRequest {
    private final RequestPattern pattern;
    private int times = 1;

    Next(RequestPattern pattern) {
      this.pattern = pattern;
    }

    @Override
    public NextRequest times(int count) {
      if (count < 1) {
        throw new IllegalArgumentException("a fault is for one request or more, got " + count);
      }
      times = count;
      return this;
    }

    @Override
    public void answers(int status) {
      if (status < 400 || status > 599) {
        throw new IllegalArgumentException("the status of an error is 400 to 599, got " + status);
      }
      add(Fault.Kind.ERROR, status, Duration.ZERO);
    }

    @Override
    public void limits(Duration retryAfter) {
      requireNotNegative(retryAfter);
      add(Fault.Kind.LIMIT, TOO_MANY, retryAfter);
    }

    @Override
    public void cutsTheBody() {
      add(Fault.Kind.CUT, OK, Duration.ZERO);
    }

    @Override
    public void hangsUp() {
      add(Fault.Kind.HANG_UP, OK, Duration.ZERO);
    }

    @Override
    public void hangsUpAfterDoing() {
      add(Fault.Kind.HANG_UP_AFTER_DOING, OK, Duration.ZERO);
    }

    @Override
    public void takes(Duration time) {
      requireNotNegative(time);
      add(Fault.Kind.SLOW, OK, time);
    }

    @Override
    public void answersNonsense() {
      add(Fault.Kind.NONSENSE, OK, Duration.ZERO);
    }

    private void add(Fault.Kind kind, int status, Duration time) {
      plan(new Fault(pattern, kind, status, time), times);
    }
  }
}
