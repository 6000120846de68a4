package io.github.matrixsync.domain.filter;

import java.util.List;

/**
 * A text in which {@code *} stands for any run of characters, none included. It is matched in one pass, without
 * backtracking: each part between two wildcards is searched for with the table of Knuth, Morris and Pratt, so the time
 * is at most proportional to the length of the text that is tried. Immutable.
 */
final class WildcardPattern {
  private static final String WILDCARD = "*";

  private final String text;
  private final String first;
  private final String last;
  private final List<Part> middle;
  private final int leastLength;

  /**
   * Makes a pattern.
   *
   * @param text with at least one wildcard; several in a row count as one
   */
  WildcardPattern(String text) {
    this.text = text;
    String[] parts = text.split("\\*+", -1);
    first = parts[0];
    last = parts[parts.length - 1];
    middle = List.of(parts).subList(1, parts.length - 1).stream().map(Part::of).toList();
    int length = 0;
    for (String part : parts) {
      length += part.length();
    }
    leastLength = length;
  }

  static boolean isWildcard(String text) {
    return text.contains(WILDCARD);
  }

  /** Returns the text of a pattern with one wildcard in place of several in a row. */
  static String simplified(String text) {
    return text.contains("**") ? text.replaceAll("\\*+", WILDCARD) : text;
  }

  /** Returns whether all of {@code candidate} matches. */
  boolean matches(String candidate) {
    if (candidate.length() < leastLength
        || !candidate.startsWith(first)
        || !candidate.endsWith(last)) {
      return false;
    }
    int at = first.length();
    int end = candidate.length() - last.length();
    for (Part part : middle) {
      at = part.endIn(candidate, at, end);
      if (at < 0) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return text;
  }

  /** The text between two wildcards. Immutable. */
  private static final class Part {
    private final String text;

    /** For each length of a match, the length of the longest shorter match that ends at the same place. */
    private final int[] borders;

    private Part(String text, int[] borders) {
      this.text = text;
      this.borders = borders;
    }

    static Part of(String text) {
      int[] borders = new int[text.length() + 1];
      int border = 0;
      for (int i = 1; i < text.length(); i++) {
        while (border > 0 && text.charAt(i) != text.charAt(border)) {
          border = borders[border];
        }
        if (text.charAt(i) == text.charAt(border)) {
          border++;
        }
        borders[i + 1] = border;
      }
      return new Part(text, borders);
    }

    /** Returns the end of the first occurrence in {@code [from, to)}, or -1 if there is none. */
    int endIn(String candidate, int from, int to) {
      int matched = 0;
      for (int i = from; i < to; i++) {
        while (matched > 0 && candidate.charAt(i) != text.charAt(matched)) {
          matched = borders[matched];
        }
        if (candidate.charAt(i) == text.charAt(matched)) {
          matched++;
        }
        if (matched == text.length()) {
          return i + 1;
        }
      }
      return -1;
    }
  }
}
