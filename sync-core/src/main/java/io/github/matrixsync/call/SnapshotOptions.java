package io.github.matrixsync.call;

import io.github.matrixsync.domain.event.EventForm;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What not every snapshot needs. Immutable; more options may be added.
 *
 * @since 0.1.0
 */
public final class SnapshotOptions {
  /** Left rooms are listed; the form is that of v1. */
  public static final SnapshotOptions DEFAULT = new SnapshotOptions(LeftRooms.LISTED, EventForm.V1);

  private final LeftRooms leftRooms;
  private final EventForm form;

  private SnapshotOptions(LeftRooms leftRooms, EventForm form) {
    this.leftRooms = Objects.requireNonNull(leftRooms, "left rooms");
    this.form = Objects.requireNonNull(form, "form");
  }

  /** Returns whether rooms that the user left are listed. */
  public LeftRooms leftRooms() {
    return leftRooms;
  }

  /** Returns the form in which room events are shown. */
  public EventForm form() {
    return form;
  }

  /** Returns these options with another answer to whether left rooms are listed. */
  public SnapshotOptions withLeftRooms(LeftRooms rooms) {
    return new SnapshotOptions(rooms, form);
  }

  /** Returns these options with room events in another form. */
  public SnapshotOptions withForm(EventForm other) {
    return new SnapshotOptions(leftRooms, other);
  }

  /** Requests with equal options may share a snapshot. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SnapshotOptions that
        && leftRooms == that.leftRooms
        && form == that.form;
  }

  @Override
  public int hashCode() {
    return Objects.hash(leftRooms, form);
  }

  @Override
  public String toString() {
    return "SnapshotOptions[leftRooms=" + leftRooms + ", form=" + form + "]";
  }
}
