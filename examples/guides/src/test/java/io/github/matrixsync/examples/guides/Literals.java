package io.github.matrixsync.examples.guides;

import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The string literals of Java source. */
final class Literals {
  /** A literal, which is kept, or a comment: what looks like a comment within a literal is none. */
  private static final Pattern LITERAL_OR_COMMENT =
      Pattern.compile("(\"(?:[^\"\\\\\n]|\\\\.)*\")|/\\*.*?\\*/|//[^\n]*", Pattern.DOTALL);

  private static final Pattern LOGGED = Pattern.compile("LOG\\s*\\.\\w+\\([^;]*;");
  private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\\n]|\\\\.)*)\"");
  private static final Pattern WORDS = Pattern.compile("[a-z]+ +[a-z]+.* |[a-z]+ +[a-z]+ +[a-z]+");

  private Literals() {}

  /** Returns the literals that may be messages or parts of them: those with several words that are not logged. */
  static Stream<String> ofMessages(String source) {
    String code = LITERAL_OR_COMMENT.matcher(source).replaceAll("$1");
    return LITERAL
        .matcher(LOGGED.matcher(code).replaceAll(""))
        .results()
        .map(literal -> literal.group(1))
        .filter(text -> WORDS.matcher(text).find());
  }
}
