package io.github.matrixsync.examples.homeserver;

import io.github.matrixsync.event.RawJson;
import tools.jackson.databind.node.ObjectNode;

/**
 * A JSON object as it came, and what it says.
 *
 * @param json the bytes that readers get, unchanged
 * @param tree the members, to look at
 */
record Content(RawJson json, ObjectNode tree) {
  static final Content EMPTY = of(Json.object());

  static Content of(ObjectNode tree) {
    return new Content(RawJson.of(tree.toString()), tree);
  }
}
