package io.github.matrixsync.store.tck.rules.stream;

import io.github.matrixsync.store.ephemeral.CoalescingStream;
import java.util.List;

/**
 * What the rules of coalescing streams need of the class that runs them: three keys, 0 to 2, and a value for each
 * number.
 *
 * @param <C> a change
 */
public interface CoalescingSubject<C extends CoalescingStream.Change> extends StreamSubject {
  @Override
  CoalescingStream<?, C> store();

  @Override
  CoalescingStream<?, C> tested();

  /** Returns the position before all changes. */
  long start();

  /** Sets the value of a key to another one. */
  void change(int key, int value);

  /** Returns what the store says is current for these keys. */
  List<C> current(List<Integer> keys);

  /** Returns which of the keys a change is of. */
  int keyOf(C change);

  /** Returns whether a change says that its key has this value. */
  boolean hasValue(C change, int value);

  /** Makes a change, and returns the position that it took: the highest there is. */
  static long positionAfter(CoalescingSubject<?> subject, Runnable change) {
    long before = subject.tested().watermark();
    change.run();
    long after = subject.tested().watermark();
    return subject.tested().changes(before, after, 9).stream()
        .mapToLong(CoalescingStream.Change::position)
        .max()
        .orElseThrow(() -> new AssertionError("no change in (" + before + ", " + after + "]"));
  }

  /** Puts under test what a restart of the process makes of the store. */
  void restart();
}
