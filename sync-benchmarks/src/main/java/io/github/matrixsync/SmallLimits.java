package io.github.matrixsync;

/** Sets bounds of an engine that hosts cannot set, for questions about what lies beyond them. Stateless. */
public final class SmallLimits {
  private SmallLimits() {}

  /** Sets the most events in the window. */
  public static SyncEngineBuilder window(int events, SyncEngineBuilder builder) {
    builder.limits = builder.limits.withWindowEvents(events);
    return builder;
  }

  /** Sets the most users who do not poll, and whose rooms stay in memory. */
  public static SyncEngineBuilder idleReaders(int users, SyncEngineBuilder builder) {
    builder.limits = builder.limits.withIdleReaders(users);
    return builder;
  }
}
