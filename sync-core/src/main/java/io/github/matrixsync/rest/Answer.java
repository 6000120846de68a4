package io.github.matrixsync.rest;

import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.internal.encoding.ClientEvents;
import io.github.matrixsync.internal.json.JsonWriter;
import io.github.matrixsync.internal.json.JsonWriter.Gap;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

/** A status and a body whose events are shared with other answers. Immutable. */
final class Answer implements RestResponse {
  /** The header that every answer has. */
  static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

  private final int status;
  private final Map<String, String> headers;
  private final byte[] frame;
  private final List<Gap<Insert>> inserts;
  private final long length;

  /** Creates an answer from a written body and the values for its gaps. */
  Answer(int status, JsonWriter<Insert> body) {
    this.status = status;
    this.headers = JSON;
    this.frame = body.bytes();
    this.inserts = body.gaps();
    this.length =
        frame.length + inserts.stream().mapToLong(gap -> gap.filling().length()).sum();
  }

  private Answer(Answer other, Map<String, String> headers) {
    this.status = other.status;
    this.headers = headers;
    this.frame = other.frame;
    this.inserts = other.inserts;
    this.length = other.length;
  }

  /** Returns this answer with all its headers, which are not copied. */
  Answer withHeaders(Map<String, String> all) {
    return new Answer(this, all);
  }

  /** Writes bytes that are shared with other answers, ages included. */
  interface Piece {
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * An event in a body, or a list of events.
   *
   * @param length the number of bytes that it has
   * @param piece writes them
   */
  record Insert(long length, Piece piece) {
    static Insert of(ClientEvent event) {
      return new Insert(event.length(), event::writeTo);
    }

    static Insert of(ClientEvents events) {
      return new Insert(events.length(), events::writeTo);
    }
  }

  @Override
  public int status() {
    return status;
  }

  @Override
  public Map<String, String> headers() {
    return headers;
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    int written = 0;
    for (Gap<Insert> gap : inserts) {
      out.write(frame, written, gap.offset() - written);
      gap.filling().piece().writeTo(out);
      written = gap.offset();
    }
    out.write(frame, written, frame.length - written);
  }

  /** Returns the status and the length, never content. */
  @Override
  public String toString() {
    return "RestResponse[" + status + ", " + length + " bytes]";
  }
}
