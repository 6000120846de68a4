package io.github.matrixsync.rest;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Checks JSON by the grammar of RFC 8259, without any library. Confined to one thread. */
final class JsonText {
  private final String text;
  private final List<String> keys = new ArrayList<>();
  private int at;

  private JsonText(String text) {
    this.text = text;
  }

  /** Returns the keys of the only value in {@code utf8}, an object. */
  static List<String> keys(byte[] utf8) {
    JsonText json = new JsonText(decoded(utf8));
    json.object(0);
    json.blank();
    json.require(json.at == json.text.length());
    return json.keys;
  }

  private static String decoded(byte[] utf8) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    } catch (CharacterCodingException e) {
      throw new AssertionError("not UTF-8", e);
    }
  }

  private void value(int depth) {
    blank();
    switch (peek()) {
      case '{' -> object(depth);
      case '[' -> list(depth);
      case '"' -> string();
      case 't' -> word("true");
      case 'f' -> word("false");
      case 'n' -> word("null");
      default -> number();
    }
  }

  private void object(int depth) {
    blank();
    take('{');
    blank();
    if (peek() != '}') {
      do {
        blank();
        int from = at + 1;
        string();
        if (depth == 0) {
          keys.add(text.substring(from, at - 1));
        }
        blank();
        take(':');
        value(depth + 1);
        blank();
      } while (took(','));
    }
    take('}');
  }

  private void list(int depth) {
    take('[');
    blank();
    if (peek() != ']') {
      do {
        value(depth + 1);
        blank();
      } while (took(','));
    }
    take(']');
  }

  private void string() {
    take('"');
    while (peek() != '"') {
      char c = text.charAt(at++);
      require(c >= ' ');
      if (c == '\\') {
        escape();
      }
    }
    at++;
  }

  private void escape() {
    char c = peek();
    at++;
    if (c == 'u') {
      for (int i = 0; i < 4; i++, at++) {
        require(Character.digit(peek(), 16) >= 0 && peek() < 0x80);
      }
    } else {
      require("\"\\/bfnrt".indexOf(c) >= 0);
    }
  }

  private void number() {
    took('-');
    if (!took('0')) {
      digits();
    }
    if (took('.')) {
      digits();
    }
    if (took('e') || took('E')) {
      if (!took('-')) {
        took('+');
      }
      digits();
    }
  }

  private void digits() {
    int from = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    require(at > from);
  }

  private void word(String word) {
    require(text.startsWith(word, at));
    at += word.length();
  }

  private void blank() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private char peek() {
    require(at < text.length());
    return text.charAt(at);
  }

  private boolean took(char c) {
    boolean isThere = at < text.length() && text.charAt(at) == c;
    at += isThere ? 1 : 0;
    return isThere;
  }

  private void take(char c) {
    require(took(c));
  }

  private void require(boolean isSo) {
    if (!isSo) {
      throw new AssertionError("no JSON at " + at);
    }
  }
}
