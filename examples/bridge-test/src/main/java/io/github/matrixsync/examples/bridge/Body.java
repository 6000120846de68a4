package io.github.matrixsync.examples.bridge;

import io.github.matrixsync.domain.event.ClientEvent;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the text of a message. Use a JSON library instead if the bridge has one. */
final class Body {
  private static final Pattern TEXT = Pattern.compile("\"body\":\"((?:[^\"\\\\]|\\\\.)*)\"");

  private Body() {}

  static String of(ClientEvent message) {
    Matcher matcher = TEXT.matcher(message.content().toString());
    return matcher.find() ? matcher.group(1) : "";
  }
}
