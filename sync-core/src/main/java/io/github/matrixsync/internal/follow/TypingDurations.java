package io.github.matrixsync.internal.follow;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Measures how long it is until typing deadlines, which are instants of the wall clock, by a clock that nobody sets: a
 * deadline comes no later than after the length that it had when it was first seen, whatever the wall clock does since.
 * One that was not seen while another came first is bounded by how much later it lies than that other.
 *
 * <p>Such a bound is only taken from a deadline seen in the last ten minutes, and only if it differs by more than a
 * second from what the wall clock says: then that was set back, while clocks that merely run unequally are followed.
 * Times are nanoseconds of the monotonic clock. Confined to the lock of its timer.
 */
final class TypingDurations {
  private static final Duration LONGEST = Duration.ofDays(365);
  private static final long REMEMBERED = Duration.ofMinutes(10).toNanos();
  private static final long UNEQUAL = Duration.ofSeconds(1).toNanos();

  /**
   * The deadline that was asked for last.
   *
   * @param deadline the deadline
   * @param end when it comes
   * @param seen when the wall clock was asked, for this deadline or for the one that bounds it
   */
  private record Seen(Instant deadline, long end, long seen) {}

  private @Nullable Seen last;

  /** Notes that there is no deadline. */
  void none() {
    last = null;
  }

  /** Returns how long it is until a deadline; zero if it has passed. */
  Duration until(Instant deadline, Instant wall, long now) {
    Seen next = new Seen(deadline, now + nanos(wall, deadline), now);
    Seen bound = bound(deadline, now);
    if (bound != null && next.end() - bound.end() > UNEQUAL) {
      next = bound;
    }
    last = next;
    return Duration.ofNanos(Math.max(0, next.end() - now));
  }

  /** Returns up to which deadline all have passed. */
  Instant passed(Instant wall, long now) {
    Seen seen = last;
    return seen != null && now - seen.end() >= 0 && seen.deadline().isAfter(wall)
        ? seen.deadline()
        : wall;
  }

  /** Returns the deadline as the last one bounds it; null if it does not. */
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
