package io.github.matrixsync.domain.filter;

import io.github.matrixsync.internal.json.JsonWriter;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The ids that a filter includes, and those that it excludes. Immutable. */
final class IdSelection<T extends Comparable<T>> {
  private final String name;
  private final @Nullable Set<T> included;
  private final Set<T> excluded;

  private IdSelection(String name, @Nullable Set<T> included, Set<T> excluded) {
    this.name = name;
    this.included = included;
    this.excluded = excluded;
  }

  /** Reads the list {@code name}, and {@code not_} with that name. */
  static <T extends Comparable<T>> IdSelection<T> of(
      FilterFields fields, String name, Function<String, T> parse) {
    Optional<SortedSet<T>> included = fields.ids(name, parse);
    Optional<SortedSet<T>> excluded = fields.ids("not_" + name, parse);
    return new IdSelection<>(
        name,
        included.map(LinkedHashSet::new).orElse(null),
        excluded.<Set<T>>map(LinkedHashSet::new).orElse(Set.of()));
  }

  boolean includes(T id) {
    return (included == null || included.contains(id)) && !excluded.contains(id);
  }

  /** Returns whether only certain ids are included, so that an entry without one is not. */
  boolean needsId() {
    return included != null;
  }

  /** Returns whether every id is included. */
  boolean isEverything() {
    return included == null && excluded.isEmpty();
  }

  /** Returns whether no id is included. */
  boolean isNothing() {
    return included != null && excluded.containsAll(included);
  }

  void writeExcluded(JsonWriter<?> out) {
    if (!excluded.isEmpty()) {
      write("not_" + name, excluded, out);
    }
  }

  void writeIncluded(JsonWriter<?> out) {
    if (included != null) {
      write(name, included, out);
    }
  }

  private void write(String key, Collection<T> ids, JsonWriter<?> out) {
    out.key(key).openList();
    ids.forEach(id -> out.text(id.toString()));
    out.closeList();
  }
}
