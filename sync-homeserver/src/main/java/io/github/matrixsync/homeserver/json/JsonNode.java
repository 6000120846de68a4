package io.github.matrixsync.homeserver.json;

import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A JSON value, or {@linkplain #missing() nothing}. Reading what a value does not have gives a missing node, the given
 * other value, or an empty collection. Numbers keep their precision. A tree may be changed by one thread, or read by
 * any number of threads.
 *
 * @since 0.1.0
 */
public abstract sealed class JsonNode implements Iterable<JsonNode>
    permits ObjectNode, ArrayNode, ValueNode {
  JsonNode() {}

  /** Returns what stands in the place of a value that is not there. It is not part of any tree. */
  public static JsonNode missing() {
    return ValueNode.MISSING;
  }

  /** Returns a string as JSON. */
  public static JsonNode string(String text) {
    return ValueNode.of(text);
  }

  /** Returns a member of an object; a missing node if this is no object or has no such member. */
  public JsonNode path(String name) {
    return missing();
  }

  /** Returns the names of an object's members, in their order; empty if this is no object. */
  public Set<String> propertyNames() {
    return Set.of();
  }

  /** Returns the members of an object or the elements of an array, in their order; empty if this is neither. */
  public List<JsonNode> values() {
    return List.of();
  }

  /** As {@link #values}. */
  public final Stream<JsonNode> valueStream() {
    return values().stream();
  }

  @Override
  public final Iterator<JsonNode> iterator() {
    return Collections.unmodifiableList(values()).iterator();
  }

  /** Returns how many members or elements there are; 0 if this is neither an object nor an array. */
  public int size() {
    return 0;
  }

  public final boolean isEmpty() {
    return size() == 0;
  }

  public boolean isMissingNode() {
    return false;
  }

  public final boolean isObject() {
    return this instanceof ObjectNode;
  }

  public final boolean isArray() {
    return this instanceof ArrayNode;
  }

  /** Returns whether this is the JSON value {@code null}. */
  public boolean isNull() {
    return false;
  }

  public boolean isString() {
    return false;
  }

  public boolean isBoolean() {
    return false;
  }

  /** Returns whether this is a number without a fraction and an exponent. */
  public boolean isIntegralNumber() {
    return false;
  }

  /** Returns whether this is an integral number of 64 bits. */
  public boolean isLong() {
    return false;
  }

  /** Returns whether this is an integral number of 32 bits. */
  public final boolean isInt() {
    return isLong() && asLong(0) == (int) asLong(0);
  }

  /** Returns the text of a string; an empty one if this is no string. */
  public final String asString() {
    return asString("");
  }

  /** Returns the text of a string; another one if this is no string. */
  public String asString(String otherwise) {
    return otherwise;
  }

  /** Returns a boolean; another one if this is none. */
  public boolean asBoolean(boolean otherwise) {
    return otherwise;
  }

  /**
   * Returns a number without its fraction, or that of a string of digits, as levels in old rooms are; another one if
   * this is neither, or has more than 64 bits.
   */
  public long asLong(long otherwise) {
    return otherwise;
  }

  /** As {@link #asLong}, with 32 bits. */
  public final int asInt(int otherwise) {
    long value = asLong(otherwise);
    return value == (int) value ? (int) value : otherwise;
  }

  /** Returns a copy that can be changed without a change of this one. */
  public abstract JsonNode deepCopy();

  /** Returns whether both are the same value: the order of members does not count, the form of a number does. */
  @Override
  public abstract boolean equals(Object other);

  @Override
  public abstract int hashCode();

  /** Returns the JSON text; an empty one for a missing node. */
  @Override
  public final String toString() {
    return JsonText.write(this);
  }
}
