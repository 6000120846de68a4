package io.github.matrixsync.testkit.internal.http;

import io.github.matrixsync.testkit.http.NextRequest;
import io.github.matrixsync.testkit.http.RequestPattern;
import io.github.matrixsync.testkit.http.ServedRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is to go wrong with the requests that come next. Thread-safe. */
final class Faults {
  private static final int OK = 200;
  private static final int TOO_MANY = 429;

  /** A fault, and for how many requests it is still to come. Used with the lock of the faults. */
  private static final class Plan {
    final Fault fault;
    int left;
    boolean wasUsed;

    Plan(Fault fault, int times) {
      this.fault = fault;
      left = times;
    }

    boolean isFor(ServedRequest request) {
      if (left == 0) {
        return false;
      }
      try {
        return fault.pattern().matches(request);
      } catch (RuntimeException | Error e) {
        wasUsed = true; // The failure of its check is reported.
        throw e;
      }
    }

    Fault use() {
      left--;
      wasUsed = true;
      return fault;
    }
  }

  private final List<Plan> plans = new ArrayList<>(); // guarded by this

  /** Returns what is planned for a request, once. */
  synchronized Optional<Fault> take(ServedRequest request) {
    return plans.stream().filter(plan -> plan.isFor(request)).findFirst().map(Plan::use);
  }

  /** Returns, in words, the faults that befell no request. */
  synchronized List<String> unused() {
    return plans.stream()
        .filter(plan -> !plan.wasUsed)
        .map(plan -> "the test makes " + plan.fault + ", but no such request came")
        .toList();
  }

  private synchronized void plan(Fault fault, int times) {
    plans.add(new Plan(fault, times));
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
