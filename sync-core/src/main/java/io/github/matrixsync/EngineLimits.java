package io.github.matrixsync;

/**
 * Bounds of an engine that hosts cannot set, since nobody would know a better value. Tests and benchmarks set smaller
 * ones. Immutable.
 *
 * @param windowEvents the most events in the window, besides its bound in bytes
 * @param idleReaders the most users who do not poll, and whose rooms stay in memory for their next poll
 * @param presenceOnJoin the most members whose presence is sent with a join, the newest first
 * @param receiptsPerRoom the most receipts of a room in a snapshot, the newest first; the user's own are added
 */
record EngineLimits(int windowEvents, int idleReaders, int presenceOnJoin, int receiptsPerRoom) {
  /**
   * The bytes of the window count JSON, and each event takes a few hundred bytes more. 10,000 events are minutes of a
   * busy server's log: clients that are online ask for less, and the others read the store.
   */
  private static final int WINDOW_EVENTS = 10_000;

  /** A user in ten rooms takes about 400 bytes, so that these are 40 MB at most, and only on a server of that size. */
  private static final int IDLE_READERS = 100_000;

  /** A client shows the presence of a room's members beside their names: more than 1,000 nobody looks at. */
  private static final int PRESENCE_ON_JOIN = 1_000;

  /** A client shows receipts beside the newest messages of a room, of which few have as many as 100. */
  private static final int RECEIPTS_PER_ROOM = 100;

  static final EngineLimits DEFAULT =
      new EngineLimits(WINDOW_EVENTS, IDLE_READERS, PRESENCE_ON_JOIN, RECEIPTS_PER_ROOM);

  EngineLimits withWindowEvents(int events) {
    return new EngineLimits(events, idleReaders, presenceOnJoin, receiptsPerRoom);
  }

  EngineLimits withIdleReaders(int users) {
    return new EngineLimits(windowEvents, users, presenceOnJoin, receiptsPerRoom);
  }

  EngineLimits withPresenceOnJoin(int users) {
    return new EngineLimits(windowEvents, idleReaders, users, receiptsPerRoom);
  }

  EngineLimits withReceiptsPerRoom(int receipts) {
    return new EngineLimits(windowEvents, idleReaders, presenceOnJoin, receipts);
  }
}
