package io.github.matrixsync.call;

import io.github.matrixsync.domain.appservice.ServiceNamespaces;
import io.github.matrixsync.domain.event.EventForm;
import io.github.matrixsync.event.RoomId;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What not every poll needs. Immutable; more options may be added.
 *
 * @since 0.1.0
 */
public final class StreamOptions {
  /** No limit but the engine's, no room in particular, the form of v1, a user's stream. */
  public static final StreamOptions DEFAULT =
      new StreamOptions(OptionalInt.empty(), Optional.empty(), EventForm.V1, Optional.empty());

  private final OptionalInt limit;
  private final Optional<RoomId> room;
  private final EventForm form;
  private final Optional<ServiceNamespaces> service;

  private StreamOptions(
      OptionalInt limit,
      Optional<RoomId> room,
      EventForm form,
      Optional<ServiceNamespaces> service) {
    this.limit = limit;
    this.room = room;
    this.form = Objects.requireNonNull(form, "form");
    this.service = service;
    if (room.isPresent() && service.isPresent()) {
      throw new IllegalArgumentException("a service's stream is not of one room, got " + room);
    }
  }

  /**
   * Returns the most room events in one chunk, at least 1; empty: the engine's own bound,
   * {@link io.github.matrixsync.operation.PollSettings#batchLimit}, which no limit exceeds.
   */
  public OptionalInt limit() {
    return limit;
  }

  /** Returns the one room to listen to, joined or peeked at; empty: everything that is due. */
  public Optional<RoomId> room() {
    return room;
  }

  /** Returns the form in which room events are shown. */
  public EventForm form() {
    return form;
  }

  /**
   * Returns the namespaces of an application service, whose own stream it then is, asked for by its sender; empty: the
   * user's stream. Never together with a room: a service that peeks does so as its sender, like any user.
   */
  public Optional<ServiceNamespaces> service() {
    return service;
  }

  /**
   * Returns these options with another limit.
   *
   * @param events the most room events in one chunk. At least 1, since a poll that may answer with none would never
   *     come past an event that is due
   */
  public StreamOptions withLimit(int events) {
    if (events < 1) {
      throw new IllegalArgumentException("the limit of a stream must be at least 1, got " + events
          + "; for the engine's own bound give none");
    }
    return new StreamOptions(OptionalInt.of(events), room, form, service);
  }

  /**
   * Returns these options for one room, which the user is joined to or everybody may read.
   *
   * @throws IllegalArgumentException if they are of an application service
   */
  public StreamOptions inRoom(RoomId one) {
    return new StreamOptions(limit, Optional.of(one), form, service);
  }

  /** Returns these options with room events in another form. */
  public StreamOptions withForm(EventForm other) {
    return new StreamOptions(limit, room, other, service);
  }

  /**
   * Returns these options for the own stream of an application service: the user who asks is its sender. An event is
   * due to it if, at that event or right before, its room's id or one of the room's present aliases matches, or the
   * sender or a user who matches is joined there; and so are the membership events of the sender and of users who
   * match. History visibility and whom the sender ignores do not count.
   *
   * @throws IllegalArgumentException if they are of one room
   */
  public StreamOptions withService(ServiceNamespaces namespaces) {
    return new StreamOptions(limit, room, form, Optional.of(namespaces));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof StreamOptions that
        && limit.equals(that.limit)
        && room.equals(that.room)
        && form == that.form
        && service.equals(that.service);
  }

  @Override
  public int hashCode() {
    return Objects.hash(limit, room, form, service);
  }

  @Override
  public String toString() {
    return "StreamOptions[limit=" + limit + ", room=" + room + ", form=" + form + ", service="
        + service + "]";
  }
}
