package io.github.matrixsync.homeserver.body;

import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.homeserver.json.JsonNode;
import java.util.Map;

/**
 * The answer to a request. Immutable.
 *
 * @since 0.1.0
 */
public final class Answer {
  public static final Answer EMPTY = of(Json.object());

  private final int status;
  private final Map<String, String> headers;
  private final byte[] body;

  private Answer(int status, Map<String, String> headers, byte[] body) {
    this.status = status;
    this.headers = headers;
    this.body = body;
  }

  public static Answer of(JsonNode body) {
    return of(200, body);
  }

  public static Answer of(RawJson body) {
    return new Answer(200, Map.of(), body.toByteArray());
  }

  public static Answer of(int status, JsonNode body) {
    return new Answer(status, Map.of(), Json.write(body).toByteArray());
  }

  /**
   * Returns an answer that is a file.
   *
   * @param headers its content type among them
   */
  public static Answer file(Map<String, String> headers, byte[] bytes) {
    return new Answer(200, Map.copyOf(headers), bytes.clone());
  }

  public int status() {
    return status;
  }

  /** Returns the headers that differ from those of every JSON answer. */
  public Map<String, String> headers() {
    return headers;
  }

  public byte[] body() {
    return body.clone();
  }
}
