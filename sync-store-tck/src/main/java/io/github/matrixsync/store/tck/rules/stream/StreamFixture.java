package io.github.matrixsync.store.tck.rules.stream;

import io.github.matrixsync.store.PositionedStream;

/** What the tests of every stream need: a store that they can change. */
public interface StreamFixture {
  /** Returns the store under test, new and empty for every test. For the test's other threads. */
  PositionedStream store();

  /** Returns the store under test; its calls are recorded for the message of a failure. */
  PositionedStream tested();

  /** Makes one more change, so that the watermark moves. */
  void advance();

  /** Reads by a list of keys that runs {@code pause} when the store first accesses it. */
  void readHeldUpBy(Runnable pause);
}
