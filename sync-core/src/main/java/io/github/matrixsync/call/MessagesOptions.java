package io.github.matrixsync.call;

import io.github.matrixsync.domain.event.EventForm;
import io.github.matrixsync.domain.filter.RoomEventFilter;
import io.github.matrixsync.domain.token.PaginationToken;
import io.github.matrixsync.event.DeviceId;
import io.github.matrixsync.store.model.Direction;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a room's history a page holds, and how its events are shown. Immutable; more options may be added.
 *
 * <p>{@code MessagesOptions.backward(20).withFrom(page.end())} reads the 20 events before those of {@code page}.
 *
 * @since 0.1.0
 */
public final class MessagesOptions {
  /** Backward from the newest event, with as many events as the engine allows, in the form of v1. */
  public static final MessagesOptions DEFAULT = new MessagesOptions(
      null, null, Direction.BACKWARD, OptionalInt.empty(), EventForm.V1, null, null);

  private final @Nullable PaginationToken from;
  private final @Nullable PaginationToken to;
  private final Direction direction;
  private final OptionalInt limit;
  private final EventForm form;
  private final @Nullable RoomEventFilter filter;
  private final @Nullable DeviceId device;

  // More than five parameters: one for each option, and the methods below are its only callers.
  private MessagesOptions(
      @Nullable PaginationToken from,
      @Nullable PaginationToken to,
      Direction direction,
      OptionalInt limit,
      EventForm form,
      @Nullable RoomEventFilter filter,
      @Nullable DeviceId device) {
    this.from = from;
    this.to = to;
    this.direction = Objects.requireNonNull(direction, "direction");
    this.limit = limit;
    this.form = Objects.requireNonNull(form, "form");
    this.filter = filter;
    this.device = device;
  }

  /**
   * Returns the options of a page from the newest event backward.
   *
   * @param limit the most events, 0 or more; 0: no events
   */
  public static MessagesOptions backward(int limit) {
    return DEFAULT.withLimit(limit);
  }

  /**
   * Returns the options of a page from the oldest event forward.
   *
   * @param limit the most events, 0 or more; 0: no events
   */
  public static MessagesOptions forward(int limit) {
    return DEFAULT.withDirection(Direction.FORWARD).withLimit(limit);
  }

  /** Returns the place from which to walk; empty: the newest event, or when walking forward the oldest. */
  public Optional<PaginationToken> from() {
    return Optional.ofNullable(from);
  }

  /** Returns the place at which to stop; empty: the end of the room in the direction of the walk. */
  public Optional<PaginationToken> to() {
    return Optional.ofNullable(to);
  }

  /** Returns the direction of the walk. */
  public Direction direction() {
    return direction;
  }

  /**
   * Returns the most events, 0 or more; 0: no events; empty: the engine's own bound,
   * {@link io.github.matrixsync.operation.ReadSettings#historyLimit}, which no limit exceeds.
   */
  public OptionalInt limit() {
    return limit;
  }

  /** Returns the form in which events are shown. */
  public EventForm form() {
    return form;
  }

  /**
   * Returns which events are wanted, by the rules of v3; empty: all, by those of v1. By the rules of v3 a stream token
   * is a bound of positions: between a timeline's {@code prev_batch} and the token of the answer before it lies exactly
   * what the timeline left out, whatever the depths of the events. The page also says whether it is the last one, and
   * {@code unsigned} contains the members that depend on the reader, such as the transaction id. By the rules of v1 a
   * stream token is the point of the newest event at its position.
   */
  public Optional<RoomEventFilter> filter() {
    return Optional.ofNullable(filter);
  }

  /**
   * Returns the device that makes the request. By the rules of v3 it gets the transaction ids of the events that it
   * sent. Empty: no transaction ids are returned.
   */
  public Optional<DeviceId> device() {
    return Optional.ofNullable(device);
  }

  /** Returns these options with another place from which to walk: a {@code start} or {@code end}; null: none. */
  public MessagesOptions withFrom(@Nullable PaginationToken place) {
    return new MessagesOptions(place, to, direction, limit, form, filter, device);
  }

  /** Returns these options with another place at which to stop; null: none. */
  public MessagesOptions withTo(@Nullable PaginationToken place) {
    return new MessagesOptions(from, place, direction, limit, form, filter, device);
  }

  /** Returns these options with another direction. */
  public MessagesOptions withDirection(Direction other) {
    return new MessagesOptions(from, to, other, limit, form, filter, device);
  }

  /**
   * Returns these options with another limit.
   *
   * @param events the most events, 0 or more; 0: no events
   */
  public MessagesOptions withLimit(int events) {
    if (events < 0) {
      throw new IllegalArgumentException("limit must not be negative, got " + events);
    }
    return new MessagesOptions(from, to, direction, OptionalInt.of(events), form, filter, device);
  }

  /** Returns these options with events in another form. */
  public MessagesOptions withForm(EventForm other) {
    return new MessagesOptions(from, to, direction, limit, other, filter, device);
  }

  /**
   * Returns these options with a filter, {@link RoomEventFilter#ALL} for the rules of v3 alone. The filter's own limit
   * does not count. At most 10,000 events are examined for a page, which may be empty although it is not the last.
   */
  public MessagesOptions withFilter(RoomEventFilter wanted) {
    Objects.requireNonNull(wanted, "filter");
    return new MessagesOptions(from, to, direction, limit, form, wanted, device);
  }

  /** Returns these options for a request by a device of the user. */
  public MessagesOptions withDevice(DeviceId one) {
    Objects.requireNonNull(one, "device");
    return new MessagesOptions(from, to, direction, limit, form, filter, one);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof MessagesOptions that
        && Objects.equals(from, that.from)
        && Objects.equals(to, that.to)
        && direction == that.direction
        && limit.equals(that.limit)
        && form == that.form
        && Objects.equals(filter, that.filter)
        && Objects.equals(device, that.device);
  }

  @Override
  public int hashCode() {
    return Objects.hash(from, to, direction, limit, form, filter, device);
  }

  @Override
  public String toString() {
    return "MessagesOptions[from=" + from + ", to=" + to + ", direction=" + direction + ", limit="
        + limit + ", form=" + form + ", filter=" + filter + ", device=" + device + "]";
  }
}
