package io.github.matrixsync.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.HexFormat;

/** Decodes the percent-encoding of one segment of a path, once. A plus sign is not a blank. Pure. */
final class PathSegment {
  private PathSegment() {}

  /**
   * Returns the decoded segment.
   *
   * @throws BadRequestException if a percent sign is not followed by two hexadecimal digits, or the
   *     bytes are not UTF-8
   */
  static String decode(String segment) {
    if (segment.indexOf('%') < 0) {
      return segment;
    }
    try {
      ByteBuffer encoded = UTF_8.newEncoder().encode(CharBuffer.wrap(segment));
      ByteBuffer decoded = ByteBuffer.allocate(encoded.remaining());
      while (encoded.hasRemaining()) {
        byte next = encoded.get();
        decoded.put(next == '%' ? escaped(encoded) : next);
      }
      return UTF_8.newDecoder().decode(decoded.flip()).toString();
    } catch (CharacterCodingException e) {
      throw new BadRequestException("M_UNKNOWN", "the path must be UTF-8", e);
    }
  }

  private static byte escaped(ByteBuffer encoded) {
    if (encoded.remaining() >= 2) {
      int high = encoded.get();
      int low = encoded.get();
      if (HexFormat.isHexDigit(high) && HexFormat.isHexDigit(low)) {
        return (byte) (HexFormat.fromHexDigit(high) << 4 | HexFormat.fromHexDigit(low));
      }
    }
    throw new BadRequestException(
        "M_UNKNOWN", "in a path '%' must be followed by two hexadecimal digits", null);
  }
}
