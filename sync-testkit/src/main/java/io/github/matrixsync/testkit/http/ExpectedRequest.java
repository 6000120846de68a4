package io.github.matrixsync.testkit.http;

/**
 * How often requests of a pattern are expected; at least once, unless a method says otherwise. Checked when the world
 * is closed. Thread-safe.
 *
 * @since 0.1.0
 */
public interface ExpectedRequest {
  /** Expects exactly one. */
  default ExpectedRequest once() {
    return times(1);
  }

  /** Expects none. */
  default ExpectedRequest never() {
    return times(0);
  }

  /** Expects exactly this many. */
  ExpectedRequest times(int count);

  /** Expects this many or fewer. */
  ExpectedRequest atMost(int count);

  /** Sets the name under which the expectation is reported. */
  ExpectedRequest named(String name);
}
