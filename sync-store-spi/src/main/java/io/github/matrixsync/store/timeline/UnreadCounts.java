package io.github.matrixsync.store.timeline;

import io.github.matrixsync.event.EventId;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The unread events of a room for one user: those of the main timeline, and those of each thread.
 *
 * @param main the events that are in no thread
 * @param threads by the id of the thread's root; a thread without unread events is left out
 * @since 0.1.0
 */
public record UnreadCounts(Count main, Map<EventId, Count> threads) {
  /** No unread events. */
  public static final UnreadCounts NONE = new UnreadCounts(Count.ZERO, Map.of());

  /** Copies the threads, without those that have no unread events. */
  public UnreadCounts {
    Objects.requireNonNull(main, "main");
    Map<EventId, Count> unread = new HashMap<>(threads);
    unread.values().removeIf(Count.ZERO::equals);
    threads = Map.copyOf(unread);
  }

  /** Returns the sum of the main timeline and all threads. */
  public Count total() {
    Count total = main;
    for (Count thread : threads.values()) {
      total = total.plus(thread);
    }
    return total;
  }

  /**
   * How many unread events there are.
   *
   * @param notifications those that notify, at least 0
   * @param highlights those of them that are highlighted, at least 0
   * @since 0.1.0
   */
  public record Count(long notifications, long highlights) {
    /** None. */
    public static final Count ZERO = new Count(0, 0);

    /** Checks that no number is negative. */
    public Count {
      if (notifications < 0 || highlights < 0) {
        throw new IllegalArgumentException(
            "counts must not be negative, got " + notifications + " and " + highlights);
      }
    }

    /** Returns the sums. */
    public Count plus(Count other) {
      return new Count(notifications + other.notifications, highlights + other.highlights);
    }
  }
}
