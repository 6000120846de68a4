package io.github.matrixsync.domain.filter;

import io.github.matrixsync.internal.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Writes what was understood of a filter as JSON, the same for equal filters. Pure. */
final class CanonicalText {
  private static final int EXPECTED = 128;

  private CanonicalText() {}

  /** Returns the object whose members {@code members} writes, keys in ascending order. */
  static String of(Consumer<JsonWriter<?>> members) {
    JsonWriter<?> out = new JsonWriter<>(EXPECTED).open();
    members.accept(out);
    return new String(out.close().bytes(), StandardCharsets.UTF_8);
  }

  /** Writes an object, unless {@code members} writes nothing. */
  static void member(String key, Consumer<JsonWriter<?>> members, JsonWriter<?> out) {
    if (!of(members).equals("{}")) {
      out.key(key).open();
      members.accept(out);
      out.close();
    }
  }
}
