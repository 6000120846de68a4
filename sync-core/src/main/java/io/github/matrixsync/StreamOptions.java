package io.github.matrixsync;

import io.github.matrixsync.domain.EventForm;
import io.github.matrixsync.event.RoomId;
import java.util.Objects;
import java.util.Optional;

/**
 * What not every poll needs. Immutable.
 *
 * @param limit the most room events in one chunk; 0: the engine's own bound, which no limit exceeds
 * @param room the one room to listen to, joined or peeked at; empty: everything that is due
 * @param form in which room events are shown
 */
public record StreamOptions(int limit, Optional<RoomId> room, EventForm form) {
  /** No limit but the engine's, no room in particular, the form of v1. */
  public static final StreamOptions DEFAULT = new StreamOptions(0, Optional.empty(), EventForm.V1);

  /** Checks the limit. */
  public StreamOptions {
    if (limit < 0) {
      throw new IllegalArgumentException("limit must not be negative, got " + limit);
    }
    Objects.requireNonNull(form, "form");
  }

  /** Returns these options with another limit, at least 0. */
  public StreamOptions withLimit(int events) {
    return new StreamOptions(events, room, form);
  }

  /** Returns these options for one room, which the user is joined to or everybody may read. */
  public StreamOptions inRoom(RoomId one) {
    return new StreamOptions(limit, Optional.of(one), form);
  }

  /** Returns these options with room events in another form. */
  public StreamOptions withForm(EventForm other) {
    return new StreamOptions(limit, room, other);
  }
}
