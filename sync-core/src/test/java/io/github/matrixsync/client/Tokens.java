package io.github.matrixsync.client;

/** Reads the positions out of tokens, which real clients should not do. Pure. */
final class Tokens {
  private Tokens() {}

  /** Returns the position in the room stream. */
  static long room(String token) {
    return Long.parseLong(token.substring(1, token.indexOf('_')));
  }

  /** Returns whether any part of a token is less than the same part of another. */
  static boolean isBefore(String one, String other) {
    String[] parts = one.substring(1).split("_");
    String[] others = other.substring(1).split("_");
    for (int i = 0; i < parts.length; i++) {
      if (Long.parseLong(parts[i]) < Long.parseLong(others[i])) {
        return true;
      }
    }
    return false;
  }

  /** Returns the token with one part replaced. */
  static String withPart(String token, int part, long value) {
    String[] parts = token.split("_");
    parts[part] = String.valueOf(value);
    return String.join("_", parts);
  }
}
