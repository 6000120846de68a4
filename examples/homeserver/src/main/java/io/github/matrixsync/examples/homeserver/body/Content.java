package io.github.matrixsync.examples.homeserver.body;

import io.github.matrixsync.event.RawJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A JSON object as it came, and what it says, which is found out when somebody looks. Thread-safe; nobody changes its
 * tree.
 */
public final class Content {
  public static final Content EMPTY = of(Json.object());

  private final RawJson json;
  private volatile Json.@Nullable Reading reading;

  /** Takes an object that was checked to be one. */
  public Content(RawJson json) {
    this.json = json;
  }

  public static Content of(ObjectNode tree) {
    return new Content(RawJson.of(tree.toString()));
  }

  /** Returns the bytes that readers get, unchanged. */
  public RawJson json() {
    return json;
  }

  /** Returns the members, to look at. */
  public ObjectNode tree() {
    return reading().tree();
  }

  /** Returns whether both say the same, be it in other words. */
  public boolean saysWhat(Content other) {
    if (json.equals(other.json)) {
      return true;
    }
    return reading().isExact() && other.reading().isExact() && tree().equals(other.tree());
  }

  private Json.Reading reading() {
    Json.Reading known = reading;
    if (known == null) {
      known = Json.read(json);
      reading = known;
    }
    return known;
  }
}
