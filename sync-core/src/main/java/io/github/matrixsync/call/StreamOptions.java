package io.github.matrixsync.call;

import io.github.matrixsync.domain.appservice.ServiceNamespaces;
import io.github.matrixsync.domain.event.EventForm;
import io.github.matrixsync.event.RoomId;
import java.util.Objects;
import java.util.Optional;

/**
 * What not every poll needs. Immutable.
 *
 * @param limit the most room events in one chunk; 0: the engine's own bound, which no limit exceeds
 * @param room the one room to listen to, joined or peeked at; empty: everything that is due
 * @param form in which room events are shown
 * @param service the namespaces of an application service, whose own stream it then is, asked for by its sender; empty:
 *     the user's stream. Never together with {@code room}: a service that peeks does so as its sender, like any user
 */
public record StreamOptions(
    int limit, Optional<RoomId> room, EventForm form, Optional<ServiceNamespaces> service) {
  /** No limit but the engine's, no room in particular, the form of v1, a user's stream. */
  public static final StreamOptions DEFAULT = new StreamOptions(0, Optional.empty(), EventForm.V1);

  /**
   * Checks the parts.
   *
   * @throws IllegalArgumentException if the limit is negative, or both a room and a service are given
   */
  public StreamOptions {
    if (limit < 0) {
      throw new IllegalArgumentException("limit must not be negative, got " + limit);
    }
    Objects.requireNonNull(form, "form");
    if (room.isPresent() && service.isPresent()) {
      throw new IllegalArgumentException("a service's stream is not of one room, got " + room);
    }
  }

  /** The options of a user's poll. */
  public StreamOptions(int limit, Optional<RoomId> room, EventForm form) {
    this(limit, room, form, Optional.empty());
  }

  /** Returns these options with another limit, at least 0. */
  public StreamOptions withLimit(int events) {
    return new StreamOptions(events, room, form, service);
  }

  /** Returns these options for one room, which the user is joined to or everybody may read. */
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
   */
  public StreamOptions withService(ServiceNamespaces namespaces) {
    return new StreamOptions(limit, room, form, Optional.of(namespaces));
  }
}
