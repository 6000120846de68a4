package io.github.matrixsync.internal.membership;

import io.github.matrixsync.event.RoomId;

/** Sets a reader's rooms without a roster that loads them. */
public final class Joined {
  private Joined() {}

  public static Reader to(RoomId room, Reader reader) {
    reader.enter(new RosterRoom(room));
    reader.setLoaded(true);
    return reader;
  }
}
