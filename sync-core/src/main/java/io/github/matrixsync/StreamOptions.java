package io.github.matrixsync;

import io.github.matrixsync.event.RoomId;
import java.util.Optional;

/**
 * What not every poll needs. Immutable.
 *
 * @param limit the most room events in one chunk; 0: the engine's own bound, which no limit exceeds
 * @param room the one room to listen to, joined or peeked at; empty: everything that is due
 */
public record StreamOptions(int limit, Optional<RoomId> room) {
  /** No limit but the engine's, and no room in particular. */
  public static final StreamOptions DEFAULT = new StreamOptions(0, Optional.empty());

  /** Checks the limit. */
  public StreamOptions {
    if (limit < 0) {
      throw new IllegalArgumentException("limit must not be negative, got " + limit);
    }
  }

  /** Returns these options with another limit, at least 0. */
  public StreamOptions withLimit(int events) {
    return new StreamOptions(events, room);
  }

  /** Returns these options for one room, which the user is joined to or everybody may read. */
  public StreamOptions inRoom(RoomId one) {
    return new StreamOptions(limit, Optional.of(one));
  }
}
