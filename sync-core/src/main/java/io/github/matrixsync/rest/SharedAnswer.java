package io.github.matrixsync.rest;

import io.github.matrixsync.call.EventBatch;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The answer to a poll whose events others get too, encoded already. Immutable. */
final class SharedAnswer implements RestResponse {
  private final byte[] head;
  private final byte[] chunk;

  /**
   * Answers with a batch.
   *
   * @param chunk its events as a list in JSON, in an array that nobody changes
   */
  SharedAnswer(EventBatch batch, byte[] chunk) {
    String places =
        "{\"start\":\"" + batch.start() + "\",\"end\":\"" + batch.end() + "\",\"chunk\":";
    this.head = places.getBytes(StandardCharsets.US_ASCII);
    this.chunk = chunk;
  }

  @Override
  public int status() {
    return 200;
  }

  @Override
  public Map<String, String> headers() {
    return Answer.HEADERS;
  }

  @Override
  public long length() {
    return (long) head.length + chunk.length + 1;
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    out.write(head);
    out.write(chunk);
    out.write('}');
  }

  /** Returns the status and the length, never content. */
  @Override
  public String toString() {
    return "RestResponse[200, " + length() + " bytes]";
  }
}
