package io.github.matrixsync.examples.homeserver;

import io.github.matrixsync.event.RawJson;
import tools.jackson.databind.JsonNode;

/**
 * What a request is answered with.
 *
 * @param status the HTTP status
 * @param body a JSON value
 */
record Answer(int status, RawJson body) {
  static final Answer EMPTY = of(Json.object());

  static Answer of(JsonNode body) {
    return of(Json.write(body));
  }

  static Answer of(RawJson body) {
    return new Answer(200, body);
  }
}
