package io.github.matrixsync.internal.json;

/** Masks surrogate escapes for the parser, which refuses a lone surrogate in a name although JSON allows it. Pure. */
public final class Surrogates {
  private Surrogates() {}

  /** Returns whether there is a surrogate escape in {@code [from, to)}. */
  static boolean any(byte[] bytes, int from, int to) {
    return next(bytes, from, to) >= 0;
  }

  /**
   * Returns a copy in which every surrogate escape is replaced by another escape of the same length, so that all
   * offsets stay the same.
   */
  public static byte[] masked(byte[] bytes, int from, int to) {
    byte[] masked = bytes.clone();
    for (int i = next(bytes, from, to); i >= 0; i = next(bytes, i + 2, to)) {
      masked[i + 2] = '1';
    }
    return masked;
  }

  private static int next(byte[] bytes, int from, int to) {
    for (int i = from; i + 2 < to; i++) {
      if (bytes[i] == '\\') {
        if (bytes[i + 1] == 'u' && (bytes[i + 2] == 'd' || bytes[i + 2] == 'D')) {
          return i;
        }
        i++;
      }
    }
    return -1;
  }
}
