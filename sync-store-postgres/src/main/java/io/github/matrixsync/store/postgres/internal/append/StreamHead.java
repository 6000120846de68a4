package io.github.matrixsync.store.postgres.internal.append;

import io.github.matrixsync.store.postgres.internal.write.Servers;

/**
 * The last positions of the log, read under its lock, from which new ones are counted. Confined to one transaction.
 */
final class StreamHead {
  private final Servers servers;
  private final long floor;
  private final long backfillFloor;
  private long position;
  private long backfill;
  private long room;

  /** Makes the head that was read. It jumps if the server is another one than at the latest write. */
  StreamHead(long position, long backfill, long room, Servers servers) {
    this.servers = servers;
    this.position = position + servers.jump();
    this.backfill = backfill - servers.jump();
    this.room = room;
    floor = this.position;
    backfillFloor = this.backfill;
  }

  long nextPosition() {
    return ++position;
  }

  long nextBackfill() {
    return --backfill;
  }

  long nextRoom() {
    return ++room;
  }

  /** Returns the position of the latest event, or the one that the head jumped to. */
  long position() {
    return position;
  }

  /** Returns the position of the latest backfill, or the one that it jumped to; 0 or less. */
  long backfill() {
    return backfill;
  }

  /** Returns the position from which new ones were counted. */
  long floor() {
    return floor;
  }

  /** Returns the position from which backfill was counted. */
  long backfillFloor() {
    return backfillFloor;
  }

  Servers servers() {
    return servers;
  }
}
