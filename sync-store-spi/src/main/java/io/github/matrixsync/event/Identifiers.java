package io.github.matrixsync.event;

import java.nio.charset.StandardCharsets;

/** The rules that all Matrix identifiers share. Pure. */
final class Identifiers {
  private static final int MAX_BYTES = 255;
  private static final int SHOWN = 64;

  private Identifiers() {}

  /** Checks the sigil, the length and the characters; ids without a server part pass. */
  static void checkOpaque(String kind, char sigil, String id) {
    if (id.length() < 2 || id.charAt(0) != sigil) {
      throw invalid(kind, "must be '" + sigil + "' and at least one more character", id);
    }
    for (int i = 1; i < id.length(); i++) {
      char c = id.charAt(i);
      if (c <= ' ' || c == 0x7f || isLoneSurrogate(id, i)) {
        throw invalid(kind, "has a blank or control character at " + i, id);
      }
    }
    if (id.length() * 3 > MAX_BYTES && id.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      throw invalid(kind, "is longer than " + MAX_BYTES + " bytes", id);
    }
  }

  /** As {@link #checkOpaque}, and the id must name a server behind its first colon. */
  static void checkWithServer(String kind, char sigil, String id) {
    checkOpaque(kind, sigil, id);
    int colon = id.indexOf(':');
    if (colon < 0 || colon == id.length() - 1) {
      throw invalid(kind, "must end in ':' and a server name", id);
    }
  }

  private static boolean isLoneSurrogate(String id, int i) {
    char c = id.charAt(i);
    if (Character.isHighSurrogate(c)) {
      return i + 1 == id.length() || !Character.isLowSurrogate(id.charAt(i + 1));
    }
    return Character.isLowSurrogate(c) && !Character.isHighSurrogate(id.charAt(i - 1));
  }

  private static InvalidIdException invalid(String kind, String why, String id) {
    String shown = id.length() <= SHOWN ? id : id.substring(0, SHOWN) + "...";
    return new InvalidIdException(kind + " " + why + ", got '" + shown + "'");
  }
}
