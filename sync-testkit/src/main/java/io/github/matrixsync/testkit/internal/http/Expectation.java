package io.github.matrixsync.testkit.internal.http;

import io.github.matrixsync.testkit.http.ExpectedRequest;
import io.github.matrixsync.testkit.http.RequestPattern;
import io.github.matrixsync.testkit.http.ServedRequest;
import java.util.List;
import java.util.Optional;

/** How often requests of a pattern are expected. Thread-safe. */
final class Expectation implements ExpectedRequest {
  private final RequestPattern pattern;
  private volatile int least = 1;
  private volatile int most = Integer.MAX_VALUE;
  private volatile String name = "";

  Expectation(RequestPattern pattern) {
    this.pattern = pattern;
  }

  @Override
  public ExpectedRequest times(int count) {
    requireCount(count);
    least = count;
    most = count;
    return this;
  }

  @Override
  public ExpectedRequest atMost(int count) {
    requireCount(count);
    least = 0;
    most = count;
    return this;
  }

  private static void requireCount(int count) {
    if (count < 0) {
      throw new IllegalArgumentException("a number of requests is not negative, got " + count);
    }
  }

  @Override
  public ExpectedRequest named(String what) {
    name = what;
    return this;
  }

  /** Returns what is wrong, if these are all requests. */
  Optional<String> failure(List<ServedRequest> requests) {
    long found = requests.stream().filter(pattern::matches).count();
    if (found >= least && found <= most) {
      return Optional.empty();
    }
    String what = name.isEmpty() ? pattern.toString() : "\"" + name + "\", " + pattern;
    return Optional.of("expected " + what + " " + expected() + ", but it "
        + (found == 0 ? "did not come" : "came " + inWords(found)));
  }

  private String expected() {
    if (least == most) {
      return most == 0 ? "never" : inWords(most);
    }
    return least == 0 ? "at most " + inWords(most) : "at least once";
  }

  private static String inWords(long count) {
    return count == 1 ? "once" : count + " times";
  }
}
