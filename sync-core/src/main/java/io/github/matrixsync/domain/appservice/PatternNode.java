package io.github.matrixsync.domain.appservice;

import java.util.List;
import java.util.regex.Pattern;

/** A node of a parsed regular expression. Immutable. */
sealed interface PatternNode {
  /** Matches nothing but the empty text. */
  PatternNode EMPTY = new Sequence(List.of());

  /** One code point: a literal, an escape or a character class. */
  record OneOf(CodePoints set) implements PatternNode {}

  /** An assertion, such as a beginning, an end or a word boundary. */
  record Place(Pattern assertion) implements PatternNode {}

  /** One part after another. */
  record Sequence(List<PatternNode> parts) implements PatternNode {}

  /** Any one of its parts. */
  record Choice(List<PatternNode> parts) implements PatternNode {}

  /**
   * A part several times.
   *
   * @param most {@link #UNBOUNDED}: any number
   */
  record Repeat(PatternNode part, int least, int most) implements PatternNode {
    static final int UNBOUNDED = -1;
  }

  /**
   * A look-ahead.
   *
   * @param negative whether the part must not follow
   */
  record LookAhead(PatternNode part, boolean negative) implements PatternNode {}

  /** The code points that one part of a regular expression matches, as in {@link java.util.regex}. */
  final class CodePoints {
    private final Pattern pattern;
    private final long low;
    private final long high;

    CodePoints(Pattern pattern) {
      this.pattern = pattern;
      this.low = ascii(0);
      this.high = ascii(64);
    }

    boolean contains(int codePoint) {
      if (codePoint < 128) {
        return ((codePoint < 64 ? low : high) >>> (codePoint & 63) & 1) == 1;
      }
      return matches(codePoint);
    }

    private long ascii(int first) {
      long bits = 0;
      for (int i = 0; i < 64; i++) {
        bits |= matches(first + i) ? 1L << i : 0;
      }
      return bits;
    }

    private boolean matches(int codePoint) {
      return pattern.matcher(Character.toString(codePoint)).matches();
    }
  }
}
