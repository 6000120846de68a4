package io.github.matrixsync.store.tck.rules.stream;

import io.github.matrixsync.store.PositionedStream;

/** What the rules of every stream need of the class that runs them. */
public interface StreamSubject {
  /** Returns the store under test, which is new and empty for every test. For the test's other threads. */
  PositionedStream store();

  /** Returns the store under test, with its calls being recorded for the message of a failure. */
  PositionedStream tested();

  /** Makes one more change, so that the watermark moves. */
  void advance();

  /** Reads something by a list of keys that runs {@code pause} when it is looked into. */
  void readHeldUpBy(Runnable pause);
}
