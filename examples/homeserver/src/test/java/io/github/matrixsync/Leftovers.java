package io.github.matrixsync;

/** Gives tests access to a package-private check of the engine. */
public final class Leftovers {
  private Leftovers() {}

  /** Returns whether an engine holds nothing of any poll: no count, index entry or deadline. */
  public static boolean isFree(SyncEngine engine) {
    return engine.hasNoPolls();
  }
}
