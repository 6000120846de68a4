package io.github.matrixsync.examples.guides;

import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The string literals of Java source. */
final class Literals {
  private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/|//[^\n]*", Pattern.DOTALL);
  private static final Pattern LOGGED = Pattern.compile("LOG\\s*\\.\\w+\\([^;]*;");
  private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\\n]|\\\\.)*)\"");
  private static final Pattern WORDS = Pattern.compile("[a-z]+ +[a-z]+.* |[a-z]+ +[a-z]+ +[a-z]+");

  private Literals() {}

  /** Returns the literals that may be messages or parts of them: those with several words that are not logged. */
  static Stream<String> ofMessages(String source) {
    String code = COMMENT.matcher(source).replaceAll("");
    return LITERAL
        .matcher(LOGGED.matcher(code).replaceAll(""))
        .results()
        .map(literal -> literal.group(1))
        .filter(text -> WORDS.matcher(text).find());
  }
}
