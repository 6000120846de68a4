package io.github.matrixsync.homeserver.json;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * A JSON object. Its members keep the order in which they were first set.
 *
 * @since 0.1.0
 */
public final class ObjectNode extends JsonNode {
  private final Map<String, JsonNode> members = new LinkedHashMap<>();

  /** Creates an object without members. */
  public ObjectNode() {}

  @Override
  public JsonNode path(String name) {
    return members.getOrDefault(name, missing());
  }

  /** Returns a member; empty if there is none of this name. */
  public Optional<JsonNode> get(String name) {
    return Optional.ofNullable(members.get(name));
  }

  @Override
  public Set<String> propertyNames() {
    return Collections.unmodifiableSet(members.keySet());
  }

  @Override
  public List<JsonNode> values() {
    return List.copyOf(members.values());
  }

  @Override
  public int size() {
    return members.size();
  }

  /** Passes each member's name and value, in their order. */
  public void forEachEntry(BiConsumer<String, JsonNode> action) {
    members.forEach(action);
  }

  /** Sets a member, and returns this object; a missing node removes it. */
  public ObjectNode set(String name, JsonNode value) {
    if (value.isMissingNode()) {
      members.remove(name);
    } else {
      members.put(name, value);
    }
    return this;
  }

  /** Sets all members of another object. */
  public void setAll(ObjectNode other) {
    members.putAll(other.members);
  }

  public ObjectNode put(String name, String value) {
    return set(name, ValueNode.of(value));
  }

  public ObjectNode put(String name, long value) {
    return set(name, ValueNode.of(value));
  }

  public ObjectNode put(String name, boolean value) {
    return set(name, ValueNode.of(value));
  }

  /** Sets a member to a new object, and returns that. */
  public ObjectNode putObject(String name) {
    ObjectNode object = new ObjectNode();
    members.put(name, object);
    return object;
  }

  /** Sets a member to a new array, and returns that. */
  public ArrayNode putArray(String name) {
    ArrayNode array = new ArrayNode();
    members.put(name, array);
    return array;
  }

  /** Returns a member that is an object; if it is none, it is set to a new object. */
  public ObjectNode withObject(String name) {
    return path(name) instanceof ObjectNode object ? object : putObject(name);
  }

  /** Returns a member that is an array; if it is none, it is set to a new array. */
  public ArrayNode withArray(String name) {
    return path(name) instanceof ArrayNode array ? array : putArray(name);
  }

  /** Removes a member, if there is one of this name. */
  public void remove(String name) {
    members.remove(name);
  }

  /** Removes all members but those with these names, and returns this object. */
  public ObjectNode retain(String... names) {
    members.keySet().retainAll(List.of(names));
    return this;
  }

  @Override
  public ObjectNode deepCopy() {
    ObjectNode copy = new ObjectNode();
    members.forEach((name, value) -> copy.members.put(name, value.deepCopy()));
    return copy;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ObjectNode object && members.equals(object.members);
  }

  @Override
  public int hashCode() {
    return members.hashCode();
  }
}
