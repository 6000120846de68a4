package io.github.matrixsync.testkit.internal.registration;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads keys and values within one line of a YAML file. Confined to one thread. */
final class YamlLine {
  private static final String INDICATORS = "@`&*!|>%,]}?";
  private static final String FLOW = ",[]{}";

  /** The characters behind a backslash, and at the same index what both are. */
  private static final String ESCAPES = "0abtnvfre\"/\\ N_";

  private static final String ESCAPED = "\0\u0007\b\t\n\u000b\f\r\u001b\"/\\ \u0085\u00a0";

  private static final Map<Character, Integer> HEX = Map.of('x', 2, 'u', 4, 'U', 8);

  private final String text;
  private final int number;
  private int at;

  YamlLine(String text, int number) {
    this.text = text;
    this.number = number;
  }

  YamlException wrong(String message) {
    return new YamlException(number, message);
  }

  /** Returns whether the line has nothing more but a comment. */
  boolean isAtEnd() {
    skipBlanks();
    return at == text.length()
        || (text.charAt(at) == '#' && (at == 0 || isBlank(text.charAt(at - 1))));
  }

  private void skipBlanks() {
    while (at < text.length() && isBlank(text.charAt(at))) {
      at++;
    }
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  private boolean isNext(char c) {
    return at < text.length() && text.charAt(at) == c;
  }

  /** Returns whether the line begins with a key and a colon. */
  static boolean hasKey(String text, int number) {
    if (text.startsWith("[") || text.startsWith("{")) {
      return false;
    }
    YamlLine line = new YamlLine(text, number);
    line.scalar("");
    line.skipBlanks();
    return line.isColon("");
  }

  private boolean isColon(String ends) {
    if (!isNext(':')) {
      return false;
    }
    return at + 1 == text.length()
        || isBlank(text.charAt(at + 1))
        || ends.indexOf(text.charAt(at + 1)) >= 0;
  }

  /** Reads a key and its colon. */
  String key() {
    return key("");
  }

  private String key(String ends) {
    boolean isQuoted = isNext('"') || isNext('\'');
    String key = scalar(ends);
    skipBlanks();
    boolean isJson = isQuoted && !ends.isEmpty() && isNext(':');
    boolean isEmpty = key.isEmpty() && !isQuoted;
    if (isEmpty || (!isJson && !isColon(ends))) {
      throw wrong("a key and a colon are expected");
    }
    at++;
    return key;
  }

  /** Reads a value up to the end of the line. */
  YamlNode value() {
    YamlNode value = value("");
    if (!isAtEnd()) {
      throw wrong("nothing but a comment may follow a value; a value with ': ' must be in quotes");
    }
    return value;
  }

  private YamlNode value(String ends) {
    skipBlanks();
    if (isNext('[')) {
      return list();
    } else if (isNext('{')) {
      return mapping();
    }
    boolean isQuoted = isNext('"') || isNext('\'');
    String scalar = scalar(ends);
    return new YamlNode(isQuoted ? scalar : PlainScalars.of(scalar), number);
  }

  private YamlNode list() {
    List<YamlNode> nodes = new ArrayList<>();
    for (at++; !ends(']'); comma(']')) {
      nodes.add(value(FLOW));
    }
    return new YamlNode(nodes, number);
  }

  private YamlNode mapping() {
    Map<String, YamlNode> nodes = new LinkedHashMap<>();
    for (at++; !ends('}'); comma('}')) {
      String key = key(FLOW);
      skipBlanks();
      boolean isEmpty = isNext(',') || isNext('}');
      put(nodes, key, isEmpty ? new YamlNode(null, number) : value(FLOW));
    }
    return new YamlNode(nodes, number);
  }

  /** Adds an entry to a mapping, which must not have its key. */
  void put(Map<String, YamlNode> nodes, String key, YamlNode value) {
    if (nodes.put(key, value) != null) {
      throw wrong("the key '" + key + "' is there twice");
    }
  }

  /** Reads the end of a list or mapping, if it is there. */
  private boolean ends(char end) {
    if (isAtEnd()) {
      throw wrong("'" + end + "' is missing; a list or mapping in brackets must end in its line");
    }
    if (!isNext(end)) {
      return false;
    }
    at++;
    return true;
  }

  /** Reads the comma behind an entry, unless it is the last. */
  private void comma(char end) {
    skipBlanks();
    if (isNext(',')) {
      at++;
    } else if (!isNext(end) && !isAtEnd()) {
      throw wrong("',' or '" + end + "' is expected");
    }
  }

  private String scalar(String ends) {
    if (isNext('"')) {
      return doubleQuoted();
    }
    return isNext('\'') ? singleQuoted() : plain(ends);
  }

  private String plain(String ends) {
    if (at < text.length() && INDICATORS.indexOf(text.charAt(at)) >= 0) {
      throw wrong("a value that begins with '" + text.charAt(at) + "' must be in quotes");
    }
    if (text.startsWith("- ", at)) {
      throw wrong("a list may not begin behind a key");
    }
    int start = at;
    while (at < text.length()
        && !isColon(ends)
        && ends.indexOf(text.charAt(at)) < 0
        && !(isNext('#') && at > start && isBlank(text.charAt(at - 1)))) {
      at++;
    }
    return text.substring(start, at).strip();
  }

  private String singleQuoted() {
    StringBuilder value = new StringBuilder();
    for (at++; at < text.length(); at++) {
      if (!isNext('\'')) {
        value.append(text.charAt(at));
      } else if (text.startsWith("''", at)) {
        value.append('\'');
        at++;
      } else {
        at++;
        return value.toString();
      }
    }
    throw unended();
  }

  private YamlException unended() {
    return wrong("a quote is missing; a value in quotes must end in its line");
  }

  private String doubleQuoted() {
    StringBuilder value = new StringBuilder();
    for (at++; at < text.length(); at++) {
      if (isNext('"')) {
        at++;
        return value.toString();
      } else if (isNext('\\')) {
        at++;
        value.appendCodePoint(escaped());
      } else {
        value.append(text.charAt(at));
      }
    }
    throw unended();
  }

  /** Returns the character of an escape, at whose last character the reader is then. */
  private int escaped() {
    if (at == text.length()) {
      throw unended();
    }
    char kind = text.charAt(at);
    int index = ESCAPES.indexOf(kind);
    if (index >= 0) {
      return ESCAPED.charAt(index);
    }
    int digits = HEX.getOrDefault(kind, 0);
    if (digits == 0 || at + digits >= text.length()) {
      throw wrong("no escape begins with \\" + kind);
    }
    String hex = text.substring(at + 1, at + 1 + digits);
    at += digits;
    try {
      int character = HexFormat.fromHexDigits(hex);
      if (Character.isValidCodePoint(character)) {
        return character;
      }
    } catch (IllegalArgumentException e) {
      // It is refused below.
    }
    throw wrong("\\" + kind + " needs " + digits + " hexadecimal digits");
  }
}
