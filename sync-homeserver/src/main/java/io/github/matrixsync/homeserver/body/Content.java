package io.github.matrixsync.homeserver.body;

import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.homeserver.json.JsonText;
import io.github.matrixsync.homeserver.json.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object as received, parsed when its members are first read. Thread-safe; its tree is never changed.
 *
 * @since 0.1.0
 */
public final class Content {
  public static final Content EMPTY = of(Json.object());

  private final RawJson json;
  private volatile JsonText.@Nullable Reading reading;

  /** Wraps JSON that was checked to be an object. */
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

  /** Returns the members, which must not be changed. */
  public ObjectNode tree() {
    return reading().tree();
  }

  /** Returns whether both have the same members, also if the text differs. */
  public boolean saysWhat(Content other) {
    if (json.equals(other.json)) {
      return true;
    }
    return reading().isExact() && other.reading().isExact() && tree().equals(other.tree());
  }

  private JsonText.Reading reading() {
    JsonText.Reading known = reading;
    if (known == null) {
      known = JsonText.read(json);
      reading = known;
    }
    return known;
  }
}
