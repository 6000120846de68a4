package io.github.matrixsync;

/** Sets bounds of an engine that hosts cannot set, so that few events are enough to reach them. Stateless. */
public final class SmallLimits {
  private SmallLimits() {}

  /** Sets the most events in the window; 0: none, so that every look reads the store. */
  public static SyncEngineBuilder window(int events, SyncEngineBuilder builder) {
    builder.limits = builder.limits.withWindowEvents(events);
    return builder;
  }

  /** Sets the most members whose presence is sent with a join. */
  public static SyncEngineBuilder presenceOnJoin(int users, SyncEngineBuilder builder) {
    builder.limits = builder.limits.withPresenceOnJoin(users);
    return builder;
  }

  /** Sets the most receipts of a room in a snapshot. */
  public static SyncEngineBuilder receiptsPerRoom(int receipts, SyncEngineBuilder builder) {
    builder.limits = builder.limits.withReceiptsPerRoom(receipts);
    return builder;
  }
}
