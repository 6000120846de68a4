package io.github.matrixsync;

import java.util.concurrent.atomic.LongAdder;

/** How often things happened to polls. Thread-safe. */
final class PollCounts {
  /** Polls that began. */
  final LongAdder begun = new LongAdder();

  /** Parked polls that were woken because something came. */
  final LongAdder woken = new LongAdder();

  /** Those of them that parked again. */
  final LongAdder wokenForNothing = new LongAdder();

  /** Polls that were refused because their user had too many. */
  final LongAdder refused = new LongAdder();
}
