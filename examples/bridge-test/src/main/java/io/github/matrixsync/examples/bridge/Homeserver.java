package io.github.matrixsync.examples.bridge;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import java.time.Duration;

/** What the bridge does on Matrix, each time as one of its own users. */
public interface Homeserver {
  /** Returns the user for a person of the network, who is registered if need be. */
  UserId ghost(String nick);

  void join(UserId user, RoomId room);

  EventId say(UserId user, RoomId room, String text);

  EventId edit(UserId user, EventId message, String text);

  EventId redact(UserId user, EventId message);

  /** Shows a user as typing for a time; zero: not any more. */
  void type(UserId user, RoomId room, Duration howLong);
}
