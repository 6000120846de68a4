package io.github.matrixsync.homeserver.json;

import io.github.matrixsync.event.RawJson;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A JSON array.
 *
 * @since 0.1.0
 */
public final class ArrayNode extends JsonNode {
  private final List<JsonNode> elements = new ArrayList<>();

  /** Creates an array without elements. */
  public ArrayNode() {}

  @Override
  public List<JsonNode> values() {
    return Collections.unmodifiableList(elements);
  }

  @Override
  public int size() {
    return elements.size();
  }

  /**
   * Returns an element.
   *
   * @throws IndexOutOfBoundsException if there is none at this index
   */
  public JsonNode get(int index) {
    return elements.get(index);
  }

  /** Adds an element at the end, and returns this array. */
  public ArrayNode add(JsonNode element) {
    elements.add(element);
    return this;
  }

  /** Adds a string at the end, and returns this array. */
  public ArrayNode add(String element) {
    return add(ValueNode.of(element));
  }

  /** Adds a value that is written as it is. The tree does not show its members. */
  public ArrayNode addRaw(RawJson element) {
    return add(ValueNode.of(element));
  }

  /** Adds a new object at the end, and returns that. */
  public ObjectNode addObject() {
    ObjectNode object = new ObjectNode();
    elements.add(object);
    return object;
  }

  /** Adds an element before the one with this index. */
  public void insert(int index, JsonNode element) {
    elements.add(index, element);
  }

  /** Removes an element, and returns it. */
  public JsonNode remove(int index) {
    return elements.remove(index);
  }

  @Override
  public ArrayNode deepCopy() {
    ArrayNode copy = new ArrayNode();
    elements.forEach(element -> copy.elements.add(element.deepCopy()));
    return copy;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ArrayNode array && elements.equals(array.elements);
  }

  @Override
  public int hashCode() {
    return elements.hashCode();
  }
}
