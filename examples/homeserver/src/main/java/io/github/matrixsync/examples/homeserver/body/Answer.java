package io.github.matrixsync.examples.homeserver.body;

import io.github.matrixsync.event.RawJson;
import tools.jackson.databind.JsonNode;

/**
 * The answer to a request.
 *
 * @param status the HTTP status
 * @param body a JSON value
 */
public record Answer(int status, RawJson body) {
  public static final Answer EMPTY = of(Json.object());

  public static Answer of(JsonNode body) {
    return of(Json.write(body));
  }

  public static Answer of(RawJson body) {
    return new Answer(200, body);
  }
}
