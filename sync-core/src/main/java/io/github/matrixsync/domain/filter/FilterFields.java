package io.github.matrixsync.domain.filter;

import io.github.matrixsync.event.InvalidIdException;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.internal.json.InvalidJsonException;
import io.github.matrixsync.internal.json.JsonField;
import io.github.matrixsync.internal.json.JsonReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Reads the members of one object of a filter's JSON with the types that they must have. Members that no method names
 * are ignored. Every method throws {@link InvalidFilterException} if a member has another type. Immutable.
 */
final class FilterFields {
  /** The members of an object that is absent. */
  static final FilterFields NONE = new FilterFields("", Map.of());

  private final String path;
  private final Map<String, JsonField> fields;

  /**
   * Makes the fields of one object.
   *
   * @param path what precedes the keys in messages: empty, or a path that ends in a dot
   */
  private FilterFields(String path, Map<String, JsonField> fields) {
    this.path = path;
    this.fields = fields;
  }

  /** Reads the members of a whole filter. */
  static FilterFields of(RawJson json) {
    Objects.requireNonNull(json, "filter");
    if (json.length() > FilterSpec.MAX_BYTES) {
      throw InvalidFilterException.tooLarge(
          "a filter must have at most " + FilterSpec.MAX_BYTES + " bytes, got " + json.length());
    }
    JsonField filter;
    try {
      filter = JsonReader.value(json);
    } catch (InvalidJsonException e) {
      throw InvalidFilterException.notJson("a filter " + e.getMessage());
    }
    if (!filter.isObject()) {
      throw InvalidFilterException.invalid("a filter", "must be an object, got " + filter.kind());
    }
    return new FilterFields("", filter.fields());
  }

  /** Returns the members of an object; none if it is absent. */
  FilterFields object(String name) {
    JsonField field = fields.get(name);
    if (field == null) {
      return NONE;
    }
    if (!field.isObject()) {
      throw invalid(name, "an object", field);
    }
    return new FilterFields(path + name + ".", field.fields());
  }

  /** Returns a boolean; empty if it is absent. */
  Optional<Boolean> flag(String name) {
    JsonField field = fields.get(name);
    if (field == null) {
      return Optional.empty();
    }
    if (!field.isBoolean()) {
      throw invalid(name, "true or false", field);
    }
    return Optional.of(field.isTrue());
  }

  /** Returns whether a boolean is present and true. */
  boolean isTrue(String name) {
    return flag(name).orElse(false);
  }

  /** Returns the limit: an integer, 0 or more. One that is larger than an int is the largest int. */
  OptionalInt limit() {
    JsonField field = fields.get("limit");
    if (field == null) {
      return OptionalInt.empty();
    }
    long limit = field.integer().orElse(-1);
    if (limit < 0) {
      throw invalid("limit", "an integer from 0 to 2^63-1", field);
    }
    return OptionalInt.of((int) Math.min(limit, Integer.MAX_VALUE));
  }

  /** Returns the format of events. */
  EventFormat format(String name) {
    JsonField field = fields.get(name);
    if (field == null) {
      return EventFormat.CLIENT;
    }
    for (EventFormat format : EventFormat.values()) {
      if (field.isString() && field.text().equals(format.value())) {
        return format;
      }
    }
    throw invalid(name, "'client' or 'federation'", field);
  }

  /** Returns a list of strings without duplicates, sorted; empty if it is absent. */
  Optional<SortedSet<String>> texts(String name) {
    return list(name, text -> text, Comparator.<String>naturalOrder());
  }

  /** Returns a list of ids without duplicates, sorted; empty if it is absent. */
  <T extends Comparable<T>> Optional<SortedSet<T>> ids(String name, Function<String, T> parse) {
    return list(name, parse, Comparator.<T>naturalOrder());
  }

  /** Returns the error for a value of the right kind that is not allowed. */
  InvalidFilterException refused(String name, String problem) {
    return InvalidFilterException.invalid(path + name, problem);
  }

  private <T> Optional<SortedSet<T>> list(
      String name, Function<String, T> parse, Comparator<T> order) {
    JsonField field = fields.get(name);
    if (field == null) {
      return Optional.empty();
    }
    if (!field.isList()) {
      throw invalid(name, "a list of strings", field);
    }
    List<T> values = new ArrayList<>();
    for (JsonField element : field.elements()) {
      values.add(element(name + "[" + values.size() + "]", element, parse));
    }
    SortedSet<T> sorted = new TreeSet<>(order);
    sorted.addAll(values);
    return Optional.of(sorted);
  }

  private <T> T element(String name, JsonField element, Function<String, T> parse) {
    if (!element.isString()) {
      throw invalid(name, "a string", element);
    }
    try {
      return parse.apply(element.text());
    } catch (InvalidIdException e) {
      throw InvalidFilterException.invalid(path + name + ":", String.valueOf(e.getMessage()));
    }
  }

  private InvalidFilterException invalid(String name, String expected, JsonField got) {
    return InvalidFilterException.invalid(
        path + name, "must be " + expected + ", got " + got.shown());
  }
}
