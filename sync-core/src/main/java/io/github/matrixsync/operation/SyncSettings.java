package io.github.matrixsync.operation;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What answers of {@code /sync} hold, where the specification leaves it to the server. Immutable; more settings may be
 * added.
 *
 * @since 0.1.0
 */
public final class SyncSettings {
  /** At most 100 events in a timeline, of 10,000 that are examined; rooms that one was removed from are listed. */
  public static final SyncSettings DEFAULT = new SyncSettings(100, 10_000, true);

  private final int timelineLimit;
  private final int examinedEvents;
  private final boolean removedRooms;

  private SyncSettings(int timelineLimit, int examinedEvents, boolean removedRooms) {
    this.timelineLimit = timelineLimit;
    this.examinedEvents = examinedEvents;
    this.removedRooms = removedRooms;
  }

  /** Returns the most events in one timeline. */
  public int timelineLimit() {
    return timelineLimit;
  }

  /** Returns the most events of one room that are examined for one answer. */
  public int examinedEvents() {
    return examinedEvents;
  }

  /** Returns whether rooms from which others removed the user are listed although left rooms are not asked for. */
  public boolean removedRooms() {
    return removedRooms;
  }

  /**
   * Returns these settings with another size of timelines. Who asks for more gets so many, in a limited timeline.
   *
   * @param events at least 1
   */
  public SyncSettings withTimelineLimit(int events) {
    return new SyncSettings(
        Checks.positive(events, "timeline limit"), examinedEvents, removedRooms);
  }

  /**
   * Returns these settings with another bound on the events that are examined for a filter that lets few through. A
   * timeline for which more would have to be examined is limited, and begins where the examination ended.
   *
   * @param events at least 1
   */
  public SyncSettings withExaminedEvents(int events) {
    return new SyncSettings(
        timelineLimit, Checks.positive(events, "examined events"), removedRooms);
  }

  /**
   * Returns these settings with the rooms listed, or not, from which others removed the user: by a kick or a ban after
   * the user had joined. It concerns answers that have everything; an increment always tells that the user was removed.
   * The specification lists them only for clients that ask for left rooms; servers list them until they are forgotten,
   * for else a user who was not there never learns of it.
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
