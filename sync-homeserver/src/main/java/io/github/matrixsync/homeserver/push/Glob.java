package io.github.matrixsync.homeserver.push;

import java.util.BitSet;

/**
 * A pattern of a push rule: {@code *} matches any number of characters, {@code ?} matches one, and case is ignored.
 * Users write such patterns, so matching does not backtrack: it follows all places of the pattern at once, and takes
 * time at most proportional to the length of the pattern multiplied by the length of the text. Immutable.
 */
final class Glob {
  private static final int ONE = -1;
  private static final int RUN = -2;

  private final int[] parts;

  private Glob(int[] parts) {
    this.parts = parts;
  }

  /** Returns a pattern with wildcards. */
  static Glob of(String pattern) {
    int[] parts = folded(pattern);
    for (int i = 0; i < parts.length; i++) {
      parts[i] = parts[i] == '*' ? RUN : parts[i] == '?' ? ONE : parts[i];
    }
    return new Glob(parts);
  }

  /** Returns a pattern that matches a text literally. */
  static Glob literal(String text) {
    return new Glob(folded(text));
  }

  /** Returns whether the pattern matches the whole text. */
  boolean matches(String text) {
    return run(folded(text), false);
  }

  /** Returns whether the pattern matches a part of the text that begins and ends at word boundaries. */
  boolean matchesWordsOf(String text) {
    return run(folded(text), true);
  }

  private boolean run(int[] text, boolean words) {
    BitSet places = new BitSet(parts.length + 1);
    for (int i = 0; i <= text.length; i++) {
      if (i == 0 || (words && !isOfWord(text[i - 1]))) {
        places.set(0);
      }
      passEmptyRuns(places);
      boolean mayEnd = i == text.length || (words && !isOfWord(text[i]));
      if (mayEnd && places.get(parts.length)) {
        return true;
      }
      if (i < text.length) {
        advance(places, text[i]);
      }
    }
    return false;
  }

  private void passEmptyRuns(BitSet places) {
    for (int at = places.nextSetBit(0); at >= 0; at = places.nextSetBit(at + 1)) {
      if (at < parts.length && parts[at] == RUN) {
        places.set(at + 1);
      }
    }
  }

  /** Moves each place over one character, beginning with the last place, so that no place is moved twice. */
  private void advance(BitSet places, int character) {
    for (int at = places.length() - 1; at >= 0; at = places.previousSetBit(at - 1)) {
      boolean isEnd = at == parts.length;
      if (isEnd || parts[at] != RUN) {
        places.clear(at);
      }
      if (!isEnd && (parts[at] == ONE || parts[at] == character)) {
        places.set(at + 1);
      }
    }
  }

  private static boolean isOfWord(int character) {
    return character == '_'
        || (character >= '0' && character <= '9')
        || (character >= 'a' && character <= 'z');
  }

  private static int[] folded(String text) {
    return text.codePoints().map(Character::toLowerCase).toArray();
  }
}
