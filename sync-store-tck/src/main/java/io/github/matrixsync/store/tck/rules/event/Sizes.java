package io.github.matrixsync.store.tck.rules.event;

/** How many of one kind a test of many fills in and asks for: more than a page of the engine's, which is 1,000. */
public final class Sizes {
  private static final int MANY = 1_100;

  private static volatile int many = MANY;

  private Sizes() {}

  static int many() {
    return many;
  }

  /** Makes do with fewer from now on. For the kit's own tests, which know which store fails with many. */
  public static void set(int fewer) {
    many = fewer;
  }

  /** Takes as many as it is said above, from now on. */
  public static void reset() {
    many = MANY;
  }
}
