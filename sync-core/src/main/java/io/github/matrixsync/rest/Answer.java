package io.github.matrixsync.rest;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

/** A status and a body whose events are shared with other answers. Immutable. */
final class Answer implements RestResponse {
  static final Map<String, String> HEADERS = Map.of(
      "Content-Type", "application/json",
      "Access-Control-Allow-Origin", "*",
      "Access-Control-Allow-Methods", "GET, POST, PUT, DELETE, OPTIONS",
      "Access-Control-Allow-Headers",
          "Origin, X-Requested-With, Content-Type, Accept, Authorization");

  private final int status;
  private final byte[] frame;
  private final List<Insert> inserts;
  private final long length;

  /**
   * Takes a body's parts.
   *
   * @param frame all bytes but those of the events
   * @param inserts the events, in the order of the body
   */
  Answer(int status, byte[] frame, List<Insert> inserts) {
    this.status = status;
    this.frame = frame;
    this.inserts = List.copyOf(inserts);
    this.length = frame.length + eventBytes(this.inserts);
  }

  /** Writes bytes that are shared with other answers, ages put in. */
  interface Piece {
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * An event in a body, or a list of events.
   *
   * @param offset the number of bytes of the frame that come before it
   * @param length the number of bytes that it has
   * @param piece writes them
   */
  record Insert(int offset, long length, Piece piece) {}

  @Override
  public int status() {
    return status;
  }

  @Override
  public Map<String, String> headers() {
    return HEADERS;
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    int written = 0;
    for (Insert insert : inserts) {
      out.write(frame, written, insert.offset() - written);
      insert.piece().writeTo(out);
      written = insert.offset();
    }
    out.write(frame, written, frame.length - written);
  }

  /** Returns the status and the length, never content. */
  @Override
  public String toString() {
    return "RestResponse[" + status + ", " + length + " bytes]";
  }

  private static long eventBytes(List<Insert> inserts) {
    long bytes = 0;
    for (Insert insert : inserts) {
      bytes += insert.length();
    }
    return bytes;
  }
}
