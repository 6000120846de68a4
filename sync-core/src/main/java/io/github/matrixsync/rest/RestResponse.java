package io.github.matrixsync.rest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * A whole answer, ready before its first byte goes out: writing it cannot fail half way. Immutable,
 * thread-safe.
 *
 * @since 0.1.0
 */
public interface RestResponse {
  /** Returns the HTTP status. */
  int status();

  /**
   * Returns the headers: {@code Content-Type}, and the CORS ones of {@link RestSettings#corsHeaders()}; not
   * {@code Content-Length}.
   */
  Map<String, String> headers();

  /** Returns the number of bytes that {@link #writeTo} writes. */
  long length();

  /**
   * Writes the body, in pieces of which some are a few bytes long: a stream that passes each on by
   * itself wants a buffer around it. May be called any number of times, also by several threads;
   * blocks only as {@code out} does.
   *
   * @param out is neither flushed nor closed
   * @throws IOException if {@code out} throws it
   */
  void writeTo(OutputStream out) throws IOException;

  /** Returns the body in an array of its own, for servers that take no stream. */
  default byte[] toByteArray() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(Math.toIntExact(length()));
    try {
      writeTo(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
