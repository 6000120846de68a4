package io.github.matrixsync.domain;

/** Hides escapes of surrogates from the parser, which refuses a lone one in a name although JSON allows it. Pure. */
final class Surrogates {
  private Surrogates() {}

  /**
   * Returns {@code bytes}, or, if there is an escape of a surrogate in them, a copy in which every such escape is another of the same length: the structure and all places stay the same.
   */
  static byte[] masked(byte[] bytes, int from, int to) {
    byte[] masked = bytes;
    for (int i = from; i + 2 < to; i++) {
      if (bytes[i] == '\\') {
        if (bytes[i + 1] == 'u' && (bytes[i + 2] == 'd' || bytes[i + 2] == 'D')) {
          masked = masked == bytes ? bytes.clone() : masked;
          masked[i + 2] = '1';
        }
        i++;
      }
    }
    return masked;
  }
}
