package io.github.matrixsync.operation;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The size and contents of answers of {@code /sync}, where the specification leaves them to the server. Immutable; more
 * settings may be added.
 *
 * @since 0.1.0
 */
public final class SyncSettings {
  /**
   * At most 100 events in a timeline, at most 10,000 events examined for it; rooms that others removed the user from
   * are listed.
   */
  public static final SyncSettings DEFAULT = new SyncSettings(100, 10_000, true);

  private final int timelineLimit;
  private final int examinedEvents;
  private final boolean removedRooms;

  private SyncSettings(int timelineLimit, int examinedEvents, boolean removedRooms) {
    this.timelineLimit = timelineLimit;
    this.examinedEvents = examinedEvents;
    this.removedRooms = removedRooms;
  }

  /** Returns the maximum number of events in one timeline. */
  public int timelineLimit() {
    return timelineLimit;
  }

  /** Returns the maximum number of events of one room that are examined for one answer. */
  public int examinedEvents() {
    return examinedEvents;
  }

  /**
   * Returns whether rooms from which others removed the user are listed even if the filter does not include left rooms.
   */
  public boolean removedRooms() {
    return removedRooms;
  }

  /**
   * Returns these settings with another maximum size of timelines. A client that asks for more events gets this many,
   * in a limited timeline.
   *
   * @param events at least 1
   */
  public SyncSettings withTimelineLimit(int events) {
    return new SyncSettings(
        Checks.positive(events, "timeline limit"), examinedEvents, removedRooms);
  }

  /**
   * Returns these settings with another bound on the events that are examined if a filter matches only few of them. A
   * timeline for which more events would have to be examined is limited, and begins where the examination ended.
   *
   * @param events at least 1
   */
  public SyncSettings withExaminedEvents(int events) {
    return new SyncSettings(
        timelineLimit, Checks.positive(events, "examined events"), removedRooms);
  }

  /**
   * Returns these settings with another choice of whether complete answers list the rooms from which others removed the
   * user, by a kick or a ban, after the user had joined. An answer is complete if the request has no token or asks for
   * the full state; an increment always contains the removal. The specification lists such rooms only if the filter
   * includes left rooms; servers list them until the user forgets them, because otherwise a user who was offline would
   * never learn of the removal.
   */
  public SyncSettings withRemovedRooms(boolean listed) {
    return new SyncSettings(timelineLimit, examinedEvents, listed);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SyncSettings that
        && timelineLimit == that.timelineLimit
        && examinedEvents == that.examinedEvents
        && removedRooms == that.removedRooms;
  }

  @Override
  public int hashCode() {
    return Objects.hash(timelineLimit, examinedEvents, removedRooms);
  }

  @Override
  public String toString() {
    return "SyncSettings[timelineLimit=" + timelineLimit + ", examinedEvents=" + examinedEvents
        + ", removedRooms=" + removedRooms + "]";
  }
}
