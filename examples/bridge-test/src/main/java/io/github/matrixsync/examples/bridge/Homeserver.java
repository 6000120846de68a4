package io.github.matrixsync.examples.bridge;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import java.time.Duration;

/** The actions of the bridge on Matrix, each as one of the bridge's own users. */
public interface Homeserver {
  /** Returns the ghost of a person of the network, and registers it if needed. */
  UserId ghost(String nick);

  void join(UserId user, RoomId room);

  EventId say(UserId user, RoomId room, String text);

  EventId edit(UserId user, RoomId room, EventId message, String text);

  EventId redact(UserId user, RoomId room, EventId message);

  /** Shows a user as typing for some time; zero stops the typing. */
  void type(UserId user, RoomId room, Duration howLong);
}
