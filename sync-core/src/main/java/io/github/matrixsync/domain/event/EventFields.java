package io.github.matrixsync.domain.event;

import io.github.matrixsync.event.InvalidIdException;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.internal.json.InvalidJsonException;
import io.github.matrixsync.internal.json.JsonField;
import io.github.matrixsync.internal.json.JsonReader;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the members of one event's JSON with the types that they must have. Every method throws {@link
 * InvalidEventException} if a member has another type. Confined to one thread.
 */
final class EventFields {
  private final Map<String, JsonField> fields;
  private final boolean looseNumbers;

  private EventFields(Map<String, JsonField> fields, boolean looseNumbers) {
    this.fields = fields;
    this.looseNumbers = looseNumbers;
  }

  /**
   * Reads the members of {@code json}.
   *
   * @param looseNumbers whether times and depths may also be text, and have a fraction, which is cut off
   */
  static EventFields of(RawJson json, boolean looseNumbers) {
    try {
      return new EventFields(JsonReader.fields(json), looseNumbers);
    } catch (InvalidJsonException e) {
      throw new InvalidEventException(e.getMessage());
    }
  }

  /** Returns the text of {@code field}, or null if it is absent or not a string. */
  static @Nullable String textOrNull(@Nullable JsonField field) {
    return field != null && field.isString() ? field.text() : null;
  }

  /** Returns whether a member is present and not null. */
  boolean has(String name) {
    return find(name).filter(field -> !field.isNull()).isPresent();
  }

  /** Returns a member, whose value may be null. */
  Optional<JsonField> find(String name) {
    return Optional.ofNullable(fields.get(name));
  }

  String text(String name) {
    return optionalText(name).orElseThrow(() -> invalid(name, "a string"));
  }

  Optional<String> optionalText(String name) {
    if (!has(name)) {
      return Optional.empty();
    }
    return Optional.of(
        find(name).map(EventFields::textOrNull).orElseThrow(() -> invalid(name, "a string")));
  }

  <T> T id(String name, Function<String, T> parse) {
    try {
      return parse.apply(text(name));
    } catch (InvalidIdException e) {
      throw new InvalidEventException(name + ": " + e.getMessage());
    }
  }

  long time(String name) {
    OptionalLong value = number(name);
    return value.orElseThrow(() -> invalid(name, "an integer of 64 bits"));
  }

  OptionalLong depth() {
    if (!has("depth")) {
      return OptionalLong.empty();
    }
    OptionalLong depth = number("depth");
    if (depth.orElse(-1) < 0) {
      throw invalid("depth", "an integer from 0 to 2^63-1");
    }
    return depth;
  }

  Map<String, JsonField> content() {
    JsonField content = fields.get("content");
    if (content == null || !content.isObject()) {
      String got = content == null ? "nothing" : content.kind();
      throw new InvalidEventException("content must be an object, got " + got);
    }
    return content.fields();
  }

  private OptionalLong number(String name) {
    JsonField field = looseNumbers ? fields.get(name) : null;
    return field == null ? integerIn(fields, name) : field.looseInteger();
  }

  /**
   * Returns the instant from which readers' age counts. Other servers' values cannot be trusted, so a value that is no
   * integer is ignored.
   */
  Optional<Instant> ageSince(Instant receivedAt) {
    Map<String, JsonField> unsigned =
        find("unsigned").filter(JsonField::isObject).map(JsonField::fields).orElse(Map.of());
    OptionalLong age = first(integerIn(unsigned, "age"), integerIn(fields, "age"));
    if (age.isPresent()) {
      return before(receivedAt, age.getAsLong());
    }
    OptionalLong since = first(integerIn(unsigned, "age_ts"), integerIn(fields, "age_ts"));
    return since.isPresent()
        ? Optional.of(Instant.ofEpochMilli(since.getAsLong()))
        : Optional.empty();
  }

  private static Optional<Instant> before(Instant receivedAt, long millis) {
    try {
      return Optional.of(receivedAt.minusMillis(millis));
    } catch (DateTimeException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  private static OptionalLong first(OptionalLong one, OptionalLong other) {
    return one.isPresent() ? one : other;
  }

  private static OptionalLong integerIn(Map<String, JsonField> fields, String name) {
    JsonField field = fields.get(name);
    return field == null ? OptionalLong.empty() : field.integer();
  }

  private InvalidEventException invalid(String name, String expected) {
    String got = find(name).map(JsonField::shown).orElse("nothing");
    return new InvalidEventException(name + " must be " + expected + ", got " + got);
  }
}
