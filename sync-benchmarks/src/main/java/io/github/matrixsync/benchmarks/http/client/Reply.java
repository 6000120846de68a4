package io.github.matrixsync.benchmarks.http.client;

import java.nio.charset.StandardCharsets;

/**
 * A response. Its body is shared, not copied.
 *
 * @param status the HTTP status
 * @param body the whole body
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Reply(int status, byte[] body) {
  /** Returns the body; the status must be 200. */
  public byte[] ok() {
    if (status != 200) {
      throw new IllegalStateException("status " + status + ": " + text());
    }
    return body;
  }

  /** Returns the body as text. */
  String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** Returns the value of the first JSON string member with the name {@code key}. */
  public String string(String key) {
    int from = Bytes.indexAfter(ok(), Bytes.of("\"" + key + "\":\""), 0);
    if (from < 0) {
      throw new IllegalStateException("no " + key + " in " + text());
    }
    int end = from;
    while (body[end] != '"') {
      end++;
    }
    return new String(body, from, end - from, StandardCharsets.UTF_8);
  }
}
