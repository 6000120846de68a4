package io.github.matrixsync.call;

import io.github.matrixsync.domain.event.EventForm;
import java.util.Objects;

/**
 * What not every snapshot needs. Immutable.
 *
 * @param leftRooms whether rooms that the user left are listed
 * @param form in which room events are shown
 */
public record SnapshotOptions(LeftRooms leftRooms, EventForm form) {
  /** Left rooms are listed; the form is that of v1. */
  public static final SnapshotOptions DEFAULT = new SnapshotOptions(LeftRooms.LISTED, EventForm.V1);

  /** Checks that both are there. */
  public SnapshotOptions {
    Objects.requireNonNull(leftRooms, "left rooms");
    Objects.requireNonNull(form, "form");
  }

  /** Returns these options with another answer to whether left rooms are listed. */
  public SnapshotOptions withLeftRooms(LeftRooms rooms) {
    return new SnapshotOptions(rooms, form);
  }

  /** Returns these options with room events in another form. */
  public SnapshotOptions withForm(EventForm other) {
    return new SnapshotOptions(leftRooms, other);
  }
}
