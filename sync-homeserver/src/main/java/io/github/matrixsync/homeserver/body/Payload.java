package io.github.matrixsync.homeserver.body;

import java.util.Optional;

/**
 * The body of a request: a JSON object, or a file. Immutable.
 *
 * @since 0.1.0
 */
public final class Payload {
  public static final Payload EMPTY = new Payload(Content.EMPTY, new byte[0], Optional.empty());

  private final Content content;
  private final byte[] bytes;
  private final Optional<String> type;

  private Payload(Content content, byte[] bytes, Optional<String> type) {
    this.content = content;
    this.bytes = bytes;
    this.type = type;
  }

  /** Parses a JSON object; an empty body and {@code null} are an empty object. */
  public static Payload json(byte[] bytes) {
    return new Payload(Json.body(bytes), new byte[0], Optional.empty());
  }

  /** Wraps a file with its content type, if the request has one. */
  public static Payload file(byte[] bytes, Optional<String> type) {
    return new Payload(Content.EMPTY, bytes.clone(), type);
  }

  /** Returns the JSON object; an empty one if the body is a file. */
  public Content content() {
    return content;
  }

  /** Returns the bytes of a file. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** Returns the content type of a file. */
  public Optional<String> type() {
    return type;
  }
}
