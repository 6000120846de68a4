package io.github.matrixsync.benchmarks.http.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Parses responses that have a {@code Content-Length}, one after the other. Confined to one thread. */
final class ReplyParser {
  private static final int LONGEST_HEAD = 8 << 10;
  private static final String LENGTH = "\r\ncontent-length:";

  private final byte[] head = new byte[512];
  private byte[] longHead = head;
  private int headLength;
  private int status;
  private byte @Nullable [] body;
  private int bodyLength;

  /** Parses what has arrived, and returns a response if it is complete now. */
  @Nullable Reply take(ByteBuffer bytes) throws IOException {
    while (body == null && bytes.hasRemaining()) {
      takeHead(bytes.get());
    }
    byte[] taken = body;
    if (taken == null) {
      return null;
    }
    int part = Math.min(bytes.remaining(), taken.length - bodyLength);
    bytes.get(taken, bodyLength, part);
    bodyLength += part;
    if (bodyLength < taken.length) {
      return null;
    }
    if (bytes.hasRemaining()) {
      throw new IOException("more came than was asked for");
    }
    body = null;
    return new Reply(status, taken);
  }

  private void takeHead(byte next) throws IOException {
    if (headLength == longHead.length) {
      if (headLength >= LONGEST_HEAD) {
        throw new IOException("a head of more than " + LONGEST_HEAD + " bytes");
      }
      longHead = Arrays.copyOf(longHead, 2 * headLength);
    }
    longHead[headLength++] = next;
    if (next == '\n' && headLength >= 4 && longHead[headLength - 3] == '\n') {
      endHead();
    }
  }

  private void endHead() throws IOException {
    String text = new String(longHead, 0, headLength, StandardCharsets.ISO_8859_1);
    int length = text.toLowerCase(Locale.ROOT).indexOf(LENGTH);
    if (!text.startsWith("HTTP/1.1 ") || length < 0) {
      throw new IOException("not an answer with a length: " + text);
    }
    int value = length + LENGTH.length();
    status = Integer.parseInt(text, 9, 12, 10);
    body = new byte
        [Integer.parseInt(text.substring(value, text.indexOf('\r', value)).trim())];
    bodyLength = 0;
    headLength = 0;
    longHead = head;
  }
}
