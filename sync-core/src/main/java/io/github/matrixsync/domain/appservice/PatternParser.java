package io.github.matrixsync.domain.appservice;

import io.github.matrixsync.domain.appservice.PatternNode.CodePoints;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Parses the structure of a {@link Pattern}: groups, alternatives, repetitions, look-aheads. What a character class or
 * an escape matches is left to {@code java.util.regex}. The pattern has been compiled, so its syntax is right. Confined
 * to one thread.
 */
final class PatternParser {
  private static final int OF_LETTERS = Pattern.CASE_INSENSITIVE
      | Pattern.UNICODE_CASE
      | Pattern.UNICODE_CHARACTER_CLASS
      | Pattern.UNIX_LINES
      | Pattern.MULTILINE
      | Pattern.DOTALL;
  private static final Pattern LEADING_FLAGS = Pattern.compile("(\\(\\?[a-zA-Z-]*\\))*");
  private static final String PLACES = "bBAZz";
  private static final String UNKNOWN_ESCAPES = "GRXNk123456789";

  private final String text;
  private final Map<String, CodePoints> sets = new HashMap<>();
  private int flags;
  private int at;
  private int depth;

  private PatternParser(Pattern pattern) {
    this.flags = pattern.flags();
    boolean isLiteral = (flags & Pattern.LITERAL) != 0;
    this.text = isLiteral ? pattern.pattern() : unquoted(pattern.pattern());
  }

  /**
   * Returns the structure of a pattern.
   *
   * @throws IllegalArgumentException if it uses features that need backtracking: back references, possessive
   *     quantifiers, atomic groups; or look-behinds, comments, {@code \G}, {@code \R}, {@code \X}, {@code \N} or
   *     canonical equivalence
   */
  static PatternNode parse(Pattern pattern) {
    PatternParser parser = new PatternParser(pattern);
    if ((parser.flags & Pattern.LITERAL) != 0) {
      parser.flags &= OF_LETTERS;
      return parser.literals();
    }
    if ((parser.flags & ~OF_LETTERS) != 0) {
      throw parser.unsupported("the flags COMMENTS and CANON_EQ are");
    }
    return parser.choice();
  }

  /** Returns the regular expression with an escape for each character between {@code \Q} and {@code \E}. */
  private static String unquoted(String regex) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < regex.length(); ) {
      if (regex.startsWith("\\Q", i)) {
        int end = regex.indexOf("\\E", i);
        int last = end < 0 ? regex.length() : end;
        regex.substring(i + 2, last).chars().forEach(c -> text.append(escaped((char) c)));
        i = last + 2;
      } else {
        int length = regex.charAt(i) == '\\' ? 2 : 1;
        text.append(regex, i, i + length);
        i += length;
      }
    }
    return text.toString();
  }

  private static String escaped(char quoted) {
    if (quoted >= '0' && quoted <= '9') {
      return "\\x3" + quoted;
    }
    boolean isPlain = quoted >= 128 || Character.isLetter(quoted);
    return isPlain ? String.valueOf(quoted) : "\\" + quoted;
  }

  /** Parses alternatives up to the end of the group or text. Flags that are set within it end with it. */
  private PatternNode choice() {
    int outer = flags;
    List<PatternNode> parts = new ArrayList<>();
    parts.add(sequence());
    while (has('|')) {
      at++;
      parts.add(sequence());
    }
    flags = outer;
    return parts.size() == 1 ? parts.get(0) : new PatternNode.Choice(parts);
  }

  private PatternNode sequence() {
    List<PatternNode> parts = new ArrayList<>();
    while (at < text.length() && !has('|') && !has(')')) {
      PatternNode part = atom();
      while (has('*') || has('+') || has('?') || has('{')) {
        part = repeat(part);
      }
      parts.add(part);
    }
    return new PatternNode.Sequence(parts);
  }

  private PatternNode repeat(PatternNode part) {
    int least = 0;
    int most = PatternNode.Repeat.UNBOUNDED;
    switch (text.charAt(at++)) {
      case '+' -> least = 1;
      case '?' -> most = 1;
      case '{' -> {
        String[] bounds = upTo("}").split(",", -1);
        least = Integer.parseInt(bounds[0]);
        most =
            bounds.length == 1 ? least : bounds[1].isEmpty() ? most : Integer.parseInt(bounds[1]);
      }
      default -> {}
    }
    if (has('+')) {
      throw unsupported("possessive quantifiers are");
    }
    at += has('?') ? 1 : 0;
    return new PatternNode.Repeat(part, least, most);
  }

  private PatternNode atom() {
    return switch (text.charAt(at)) {
      case '(' -> group();
      case '[' -> oneOf(classEnd(at));
      case '\\' -> escape();
      case '^', '$' -> place(at + 1);
      case '.' -> oneOf(at + 1);
      default -> literal();
    };
  }

  private PatternNode group() {
    int begin = at++;
    depth++;
    if (!has('?')) {
      return closed(choice());
    }
    at++;
    char kind = text.charAt(at++);
    return switch (kind) {
      case ':' -> closed(choice());
      case '=', '!' -> new PatternNode.LookAhead(closed(choice()), kind == '!');
      case '>' -> throw unsupported("atomic groups are");
      case '<' -> named();
      default -> {
        at--;
        yield flagged(begin);
      }
    };
  }

  private PatternNode named() {
    if (has('=') || has('!')) {
      throw unsupported("look-behinds are");
    }
    upTo(">");
    return closed(choice());
  }

  /**
   * Parses {@code (?i)}, which holds up to the end of the group around it, or {@code (?i:...)}. A pattern's {@code
   * flags} are those of its end, so if some are set within it and outside of a group, those of its beginning are not
   * known.
   */
  private PatternNode flagged(int begin) {
    int outer = flags;
    boolean on = true;
    for (char c = text.charAt(at++); c != ')'; c = text.charAt(at++)) {
      if (c == ':') {
        PatternNode inner = closed(choice());
        flags = outer;
        return inner;
      }
      if (c == '-') {
        on = false;
      } else {
        flags = on ? flags | flag(c) : flags & ~flag(c);
      }
    }
    depth--;
    if (depth == 0 && !LEADING_FLAGS.matcher(text.substring(0, begin)).matches()) {
      throw unsupported("flags that are set neither at the beginning nor in a group are");
    }
    return PatternNode.EMPTY;
  }

  private int flag(char letter) {
    return switch (letter) {
      case 'i' -> Pattern.CASE_INSENSITIVE;
      case 'd' -> Pattern.UNIX_LINES;
      case 'm' -> Pattern.MULTILINE;
      case 's' -> Pattern.DOTALL;
      case 'u' -> Pattern.UNICODE_CASE;
      case 'U' -> Pattern.UNICODE_CHARACTER_CLASS | Pattern.UNICODE_CASE;
      default -> throw unsupported("the flag " + letter + " is");
    };
  }

  private PatternNode closed(PatternNode inner) {
    at++;
    depth--;
    return inner;
  }

  private PatternNode escape() {
    char kind = text.charAt(at + 1);
    boolean isBoundary = PLACES.indexOf(kind) >= 0;
    if (UNKNOWN_ESCAPES.indexOf(kind) >= 0 || text.startsWith("{g}", at + 2)) {
      throw unsupported("\\" + kind + " is");
    }
    return isBoundary ? place(at + 2) : oneOf(escapeEnd(kind));
  }

  private int escapeEnd(char kind) {
    boolean braced = text.startsWith("{", at + 2);
    return switch (kind) {
      case 'p', 'P' -> braced ? text.indexOf('}', at) + 1 : at + 3;
      case 'x' -> braced ? text.indexOf('}', at) + 1 : at + 4;
      case 'u' -> at + 6;
      case 'c' -> at + 3;
      case '0' -> octalEnd(at + 2);
      default -> at + 1 + Character.charCount(text.codePointAt(at + 1));
    };
  }

  private int octalEnd(int first) {
    int most = text.charAt(first) <= '3' ? first + 3 : first + 2;
    int end = first;
    while (end < Math.min(most, text.length()) && "01234567".indexOf(text.charAt(end)) >= 0) {
      end++;
    }
    return end;
  }

  /**
   * Returns the end of a character class. A closing bracket that comes first is one of its characters; classes may
   * stand in one another.
   */
  private int classEnd(int begin) {
    int i = begin + 1;
    i += text.startsWith("^", i) ? 1 : 0;
    int first = i;
    while (text.charAt(i) != ']' || i == first) {
      if (text.charAt(i) == '\\') {
        i += 2;
      } else {
        i = text.charAt(i) == '[' ? classEnd(i) : i + 1;
      }
    }
    return i + 1;
  }

  private PatternNode literals() {
    List<PatternNode> parts = new ArrayList<>();
    while (at < text.length()) {
      parts.add(literal());
    }
    return new PatternNode.Sequence(parts);
  }

  private PatternNode literal() {
    String one = Character.toString(text.codePointAt(at));
    at += one.length();
    return oneOf(Pattern.quote(one));
  }

  private PatternNode oneOf(int end) {
    String part = text.substring(at, end);
    at = end;
    return oneOf(part);
  }

  private PatternNode oneOf(String part) {
    int now = flags;
    return new PatternNode.OneOf(
        sets.computeIfAbsent(now + part, key -> new CodePoints(Pattern.compile(part, now))));
  }

  private PatternNode place(int end) {
    String part = text.substring(at, end);
    at = end;
    return new PatternNode.Place(Pattern.compile(part, flags));
  }

  private boolean has(char c) {
    return at < text.length() && text.charAt(at) == c;
  }

  private String upTo(String end) {
    int begin = at;
    int found = text.indexOf(end, begin);
    at = found + 1;
    return text.substring(begin, found);
  }

  private IllegalArgumentException unsupported(String what) {
    return new IllegalArgumentException(
        what + " not supported in the pattern of a namespace: " + text);
  }
}
