package io.github.matrixsync.benchmarks.http;

import java.nio.charset.StandardCharsets;

/**
 * An answer. Its body is shared, not copied.
 *
 * @param status the HTTP status
 * @param body the whole body
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Reply(int status, byte[] body) {
  /** Returns the body of an answer that must be 200. */
  byte[] ok() {
    if (status != 200) {
      throw new IllegalStateException("status " + status + ": " + text());
    }
    return body;
  }

  /** Returns the body as text. */
  String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** Returns the first string that is called {@code key}. */
  String string(String key) {
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
