package io.github.matrixsync.internal.follow;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Converts typing deadlines, which are wall clock instants, to times of the monotonic clock. A deadline ends no later
 * than after the duration that it had when it was first seen, whatever the wall clock does since. A deadline first seen
 * after another one is bounded by the difference between the two.
 *
 * <p>Such a bound is used only if the other deadline was seen in the last ten minutes, and only if it differs by more
 * than a second from the wall clock, which was then set back; a smaller difference is drift and is followed. Times are
 * nanoseconds of the monotonic clock. Guarded by the lock of its timer.
 */
final class TypingDurations {
  private static final Duration LONGEST = Duration.ofDays(365);
  private static final long REMEMBERED = Duration.ofMinutes(10).toNanos();
  private static final long UNEQUAL = Duration.ofSeconds(1).toNanos();

  /**
   * The deadline that was converted last, or a later one from before that has not passed.
   *
   * @param deadline the deadline
   * @param end its time on the monotonic clock
   * @param seen when the wall clock was read, for this deadline or for the one that bounds it
   */
  private record Seen(Instant deadline, long end, long seen) {}

  private @Nullable Seen last;

  /** Records that there is no deadline. */
  void none() {
    last = null;
  }

  /** Returns the duration until a deadline, or until a later one that was converted before; zero: it has passed. */
  Duration until(Instant deadline, Instant wall, long now) {
    Seen next = new Seen(deadline, now + nanos(wall, deadline), now);
    Seen bound = bound(deadline, now);
    if (bound != null && next.end() - bound.end() > UNEQUAL) {
      next = bound;
    }
    Seen later = later(deadline, now);
    last = later == null ? next : later;
    long end = later == null ? next.end() : Math.min(next.end(), later.end());
    return Duration.ofNanos(Math.max(0, end - now));
  }

  /** Returns the deadline that was converted before, if it lies behind another one and has not passed. */
  private @Nullable Seen later(Instant deadline, long now) {
    Seen seen = last;
    return seen != null && deadline.isBefore(seen.deadline()) && now - seen.end() < 0 ? seen : null;
  }

  /** Returns the latest instant whose deadlines have all passed. */
  Instant passed(Instant wall, long now) {
    Seen seen = last;
    return seen != null && now - seen.end() >= 0 && seen.deadline().isAfter(wall)
        ? seen.deadline()
        : wall;
  }

  /** Returns the deadline as bounded by the last one, or null if that gives no bound. */
  private @Nullable Seen bound(Instant deadline, long now) {
    Seen seen = last;
    if (seen == null || deadline.isBefore(seen.deadline())) {
      return null;
    }
    boolean same = deadline.equals(seen.deadline());
    if (!same && now - seen.seen() > REMEMBERED) {
      return null;
    }
    return new Seen(deadline, seen.end() + nanos(seen.deadline(), deadline), seen.seen());
  }

  private static long nanos(Instant from, Instant to) {
    Duration length = Duration.between(from, to);
    if (length.isNegative()) {
      return 0;
    }
    return (length.compareTo(LONGEST) > 0 ? LONGEST : length).toNanos();
  }
}
