package io.github.matrixsync.testkit.internal.registration;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A value of a YAML file. Immutable.
 *
 * @param value a string, a boolean, null, an {@code OtherScalar}, a list of nodes, or a map of strings to nodes
 * @param line where it begins, counted from 1
 */
record YamlNode(@Nullable Object value, int line) {
  /** Returns the value with plain values in its lists and mappings. */
  @Nullable Object plain() {
    if (value instanceof List<?> nodes) {
      List<@Nullable Object> list = new ArrayList<>();
      nodes.forEach(node -> list.add(((YamlNode) node).plain()));
      return list;
    }
    if (value instanceof Map<?, ?> nodes) {
      Map<Object, @Nullable Object> map = new LinkedHashMap<>();
      nodes.forEach((key, node) -> map.put(key, ((YamlNode) node).plain()));
      return map;
    }
    return value;
  }

  /** Returns the line of what a path of keys and numbers of entries leads to, or of the last part that is there. */
  int line(List<String> path) {
    if (path.isEmpty()) {
      return line;
    }
    Object next = null;
    if (value instanceof List<?> nodes) {
      next = nodes.get(Integer.parseInt(path.get(0)));
    } else if (value instanceof Map<?, ?> nodes) {
      next = nodes.get(path.get(0));
    }
    return next instanceof YamlNode node ? node.line(path.subList(1, path.size())) : line;
  }
}
