package io.github.matrixsync.store.postgres.internal.append;

import org.jspecify.annotations.Nullable;

/**
 * The last positions of the log, read under its lock, from which new ones are counted. Confined to one transaction.
 *
 * <p>If the server is another one than at the latest write, or was promoted or restored since, positions may have been
 * given out that this server does not know. The head then jumps over them.
 */
final class StreamHead {
  /** How far the head jumps: more than an asynchronous standby can lag, or a backup be old. */
  static final long JUMP = 1_000_000;

  /** A server and the timeline it is on. */
  record Server(long cluster, String timeline) {}

  private final Server server;
  private final boolean isNewServer;
  private final long floor;
  private final long backfillFloor;
  private long position;
  private long backfill;
  private long room;

  /**
   * Makes the head that was read.
   *
   * @param recorded the server at the latest write; null if there was none
   * @param server the server that this was read from
   */
  StreamHead(long position, long backfill, long room, @Nullable Server recorded, Server server) {
    this.server = server;
    this.isNewServer = !server.equals(recorded);
    long jump = recorded != null && isNewServer ? JUMP : 0;
    this.position = position + jump;
    this.backfill = backfill - jump;
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

  /** Returns whether the server must be recorded. */
  boolean isNewServer() {
    return isNewServer;
  }

  /** Returns the position from which new ones were counted. */
  long floor() {
    return floor;
  }

  /** Returns the position from which backfill was counted. */
  long backfillFloor() {
    return backfillFloor;
  }

  Server server() {
    return server;
  }
}
