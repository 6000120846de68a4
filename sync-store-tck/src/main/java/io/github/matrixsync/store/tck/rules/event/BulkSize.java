package io.github.matrixsync.store.tck.rules.event;

/** How many events, ids or rooms a test of large reads uses: more than a page of the engine, which is 1,000. */
public final class BulkSize {
  private static final int MANY = 1_100;

  private static volatile int many = MANY;

  private BulkSize() {}

  static int many() {
    return many;
  }

  /** Sets a smaller number. For the kit's own tests, most of which do not need that many. */
  public static void set(int fewer) {
    many = fewer;
  }

  /** Sets the number back. */
  public static void reset() {
    many = MANY;
  }
}
