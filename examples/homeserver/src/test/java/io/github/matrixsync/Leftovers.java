package io.github.matrixsync;

/** Looks where only the core itself can. */
public final class Leftovers {
  private Leftovers() {}

  /** Returns whether an engine has nothing left of any poll: no count, no place in an index, no deadline. */
  public static boolean isFree(SyncEngine engine) {
    return engine.hasNoPolls();
  }
}
