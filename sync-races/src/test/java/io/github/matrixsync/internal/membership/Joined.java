package io.github.matrixsync.internal.membership;

import io.github.matrixsync.event.RoomId;

/** Has a reader's rooms known without a roster that loads them. */
public final class Joined {
  private Joined() {}

  public static Reader to(RoomId room, Reader reader) {
    reader.enter(new RosterRoom(room));
    reader.setLoaded(true);
    return reader;
  }
}
