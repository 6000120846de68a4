package io.github.matrixsync.homeserver.http;

import io.github.matrixsync.homeserver.body.Answer;
import io.github.matrixsync.rest.RestResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

/**
 * What an HTTP library is to send back, ready before its first byte goes out. Immutable.
 *
 * @since 0.1.0
 */
public final class Response {
  @FunctionalInterface
  private interface Body {
    void writeTo(OutputStream out) throws IOException;
  }

  private final int status;
  private final Map<String, String> headers;
  private final long length;
  private final Body body;

  private Response(int status, Map<String, String> headers, long length, Body body) {
    this.status = status;
    this.headers = headers;
    this.length = length;
    this.body = body;
  }

  /** Returns the response with an endpoint's answer. */
  public static Response of(Answer answer) {
    byte[] bytes = answer.body();
    return new Response(answer.status(), answer.headers(), bytes.length, out -> out.write(bytes));
  }

  /** Returns the response with an answer of the sync core. */
  public static Response of(RestResponse answer) {
    return new Response(answer.status(), Map.of(), answer.length(), answer::writeTo);
  }

  public int status() {
    return status;
  }

  /** Returns the headers that are added to those of every response, or replace them. */
  public Map<String, String> headers() {
    return headers;
  }

  /** Returns the number of bytes that {@link #writeTo} writes. */
  public long length() {
    return length;
  }

  /**
   * Writes the body, in pieces of which some are a few bytes long.
   *
   * @throws IOException if {@code out} throws it
   */
  public void writeTo(OutputStream out) throws IOException {
    body.writeTo(out);
  }
}
