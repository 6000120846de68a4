package io.github.matrixsync.call.room;

import io.github.matrixsync.domain.event.EventForm;
import io.github.matrixsync.domain.filter.RoomEventFilter;
import io.github.matrixsync.event.DeviceId;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How many events around one are wanted, which, and how they are shown. Immutable; more options may be added.
 *
 * @since 0.1.0
 */
public final class ContextOptions {
  /** Ten events of any kind, in the form of r0. */
  public static final ContextOptions DEFAULT =
      new ContextOptions(10, RoomEventFilter.ALL, EventForm.R0, Optional.empty());

  private final int limit;
  private final RoomEventFilter filter;
  private final EventForm form;
  private final Optional<DeviceId> device;

  private ContextOptions(
      int limit, RoomEventFilter filter, EventForm form, Optional<DeviceId> device) {
    this.limit = limit;
    this.filter = Objects.requireNonNull(filter, "filter");
    this.form = Objects.requireNonNull(form, "form");
    this.device = Objects.requireNonNull(device, "device");
  }

  /** Returns the most events besides the one in the middle, 0 or more: half before it, rounded down, the rest after. */
  public int limit() {
    return limit;
  }

  /** Returns which events around the one are wanted, and whether only the members of their senders are. */
  public RoomEventFilter filter() {
    return filter;
  }

  /** Returns the form in which events are shown. */
  public EventForm form() {
    return form;
  }

  /**
   * Returns the device that makes the request and gets the transaction ids of the events that it sent; empty: none are
   * returned.
   */
  public Optional<DeviceId> device() {
    return device;
  }

  /**
   * Returns these options with another limit.
   *
   * @param events the most events, 0 or more
   */
  public ContextOptions withLimit(int events) {
    if (events < 0) {
      throw new IllegalArgumentException("limit must not be negative, got " + events);
    }
    return new ContextOptions(events, filter, form, device);
  }

  /** Returns these options with another filter, whose limit is ignored. */
  public ContextOptions withFilter(RoomEventFilter other) {
    return new ContextOptions(limit, other, form, device);
  }

  /** Returns these options with events in another form. */
  public ContextOptions withForm(EventForm other) {
    return new ContextOptions(limit, filter, other, device);
  }

  /** Returns these options for a request by a device of the user. */
  public ContextOptions withDevice(DeviceId one) {
    return new ContextOptions(limit, filter, form, Optional.of(one));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ContextOptions that
        && limit == that.limit
        && filter.equals(that.filter)
        && form == that.form
        && device.equals(that.device);
  }

  @Override
  public int hashCode() {
    return Objects.hash(limit, filter, form, device);
  }

  @Override
  public String toString() {
    return "ContextOptions[limit=" + limit + ", filter=" + filter + ", form=" + form + ", device="
        + device + "]";
  }
}
