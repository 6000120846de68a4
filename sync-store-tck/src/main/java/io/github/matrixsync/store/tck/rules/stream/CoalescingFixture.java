package io.github.matrixsync.store.tck.rules.stream;

import io.github.matrixsync.store.ephemeral.CoalescingStream;
import java.util.List;

/**
 * What the tests of a coalescing stream need: three keys, 0 to 2, whose values can be changed.
 *
 * @param <C> a change
 */
public interface CoalescingFixture<C extends CoalescingStream.Change> extends StreamFixture {
  @Override
  CoalescingStream<?, C> store();

  @Override
  CoalescingStream<?, C> tested();

  /** Returns the position before all changes. */
  long start();

  /** Changes the value of a key. */
  void change(int key, int value);

  /** Returns the store's current entries of these keys. */
  List<C> current(List<Integer> keys);

  /** Returns the number of a change's key. */
  int keyOf(C change);

  /** Returns whether a change sets its key to this value. */
  boolean hasValue(C change, int value);

  /** Makes a change and returns its position, which is the highest. */
  static long positionAfter(CoalescingFixture<?> subject, Runnable change) {
    long before = subject.tested().watermark();
    change.run();
    long after = subject.tested().watermark();
    return subject.tested().changes(before, after, 9).stream()
        .mapToLong(CoalescingStream.Change::position)
        .max()
        .orElseThrow(() -> new AssertionError("no change in (" + before + ", " + after + "]"));
  }

  /** Replaces the store under test by the one after a restart of the process. */
  void restart();
}
