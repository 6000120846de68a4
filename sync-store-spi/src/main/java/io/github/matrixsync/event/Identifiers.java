package io.github.matrixsync.event;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Checks identifiers by the two grammars of Matrix: that of ids that exist, and the stricter one of new ids. Pure.
 *
 * <p>Source: the specification's appendix "Identifier Grammar", with its sections on historical ids.
 */
final class Identifiers {
  /** The longest id that exists, in code points: rooms up to version 10 count neither bytes nor UTF-16 units. */
  private static final int MAX_CODE_POINTS = 255;

  /** The longest device id, in code points, as homeservers accept it. */
  private static final int MAX_TEXT = 512;

  /** The longest new id, in bytes. */
  private static final int MAX_BYTES = 255;

  private static final int SHOWN = 64;
  private static final Pattern SERVER =
      Pattern.compile("([A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]{2,45}])(:[0-9]{1,5})?");

  private Identifiers() {}

  /** Checks the sigil, the length and the characters; ids without a server part pass. */
  static void checkOpaque(String kind, char sigil, String id) {
    Objects.requireNonNull(id, kind);
    if (id.length() < 2 || id.charAt(0) != sigil) {
      throw invalid(kind, "must be '" + sigil + "' and at least one more character", id);
    }
    checkCharacters(kind, 1, MAX_CODE_POINTS, id);
  }

  /** Checks the length and the characters of an id without a sigil. */
  static void checkText(String kind, String id) {
    Objects.requireNonNull(id, kind);
    if (id.isEmpty()) {
      throw invalid(kind, "must have at least one character", id);
    }
    checkCharacters(kind, 0, MAX_TEXT, id);
  }

  private static void checkCharacters(String kind, int from, int most, String id) {
    for (int i = from; i < id.length(); i++) {
      if (id.charAt(i) == 0) {
        throw invalid(kind, "has a NUL at " + i, id);
      }
      if (isLoneSurrogate(id, i)) {
        throw invalid(kind, "has a lone surrogate at " + i, id);
      }
    }
    if (id.length() > most && id.codePointCount(0, id.length()) > most) {
      throw invalid(kind, "is longer than " + most + " code points", id);
    }
  }

  /** Checks the same as {@link #checkOpaque}, and that a server name follows the first colon. */
  static void checkWithServer(String kind, char sigil, String id) {
    checkOpaque(kind, sigil, id);
    int colon = id.indexOf(':');
    if (colon < 0 || colon == id.length() - 1) {
      throw invalid(kind, "must end in ':' and a server name", id);
    }
  }

  /**
   * Checks an id that exists against the grammar of new ones.
   *
   * @param localpart what stands between the sigil and the first colon, or the end
   */
  static void checkNew(String kind, Pattern localpart, String id) {
    int colon = id.indexOf(':');
    String local = colon < 0 ? id.substring(1) : id.substring(1, colon);
    if (!localpart.matcher(local).matches()) {
      throw invalid(kind, "that is new must match " + localpart + " before its server name", id);
    }
    if (colon >= 0 && !SERVER.matcher(id.substring(colon + 1)).matches()) {
      throw invalid(kind, "that is new must have a host and perhaps a port behind its ':'", id);
    }
    if (id.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      throw invalid(kind, "that is new is longer than " + MAX_BYTES + " bytes", id);
    }
  }

  private static boolean isLoneSurrogate(String id, int i) {
    char c = id.charAt(i);
    if (Character.isHighSurrogate(c)) {
      return i + 1 == id.length() || !Character.isLowSurrogate(id.charAt(i + 1));
    }
    return Character.isLowSurrogate(c) && (i == 0 || !Character.isHighSurrogate(id.charAt(i - 1)));
  }

  private static InvalidIdException invalid(String kind, String why, String id) {
    String shown = id.length() <= SHOWN ? id : id.substring(0, SHOWN) + "...";
    return new InvalidIdException(kind + " " + why + ", got '" + shown + "'");
  }
}
