package io.github.matrixsync.examples.bridge;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.testkit.MatrixWorld;
import io.github.matrixsync.testkit.TestUser;
import java.time.Duration;

/** Performs the bridge's actions on Matrix in a world, in process. */
final class WorldHomeserver implements Homeserver {
  private final MatrixWorld world;

  WorldHomeserver(MatrixWorld world) {
    this.world = world;
  }

  private TestUser user(UserId id) {
    return world.user(id.value());
  }

  @Override
  public UserId ghost(String nick) {
    return world.user("irc_" + nick).id();
  }

  @Override
  public void join(UserId user, RoomId room) {
    user(user).joins(room);
  }

  @Override
  public EventId say(UserId user, RoomId room, String text) {
    return user(user).says(room, text);
  }

  @Override
  public EventId edit(UserId user, RoomId room, EventId message, String text) {
    return user(user).edits(message, text);
  }

  @Override
  public EventId redact(UserId user, RoomId room, EventId message) {
    return user(user).redacts(message);
  }

  @Override
  public void type(UserId user, RoomId room, Duration howLong) {
    if (howLong.isZero()) {
      user(user).stopsTyping(room);
    } else {
      user(user).types(room, howLong);
    }
  }
}
