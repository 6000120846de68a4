package io.github.matrixsync.domain.filter;

import io.github.matrixsync.internal.json.JsonWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The types that a filter includes, and those that it excludes. Immutable. */
final class TypeSelection {
  /** The most entries with wildcards in one list; each takes time for every event that is tried. */
  static final int MOST_WILDCARDS = 256;

  private static final String EVERYTHING = "*";

  private final @Nullable Types included;
  private final Types excluded;

  private TypeSelection(@Nullable Types included, Types excluded) {
    this.included = included;
    this.excluded = excluded;
  }

  /** Reads {@code types} and {@code not_types}. */
  static TypeSelection of(FilterFields fields) {
    Optional<Types> included = Types.of(fields, "types").filter(types -> !types.isEverything());
    return new TypeSelection(
        included.orElse(null), Types.of(fields, "not_types").orElse(Types.NONE));
  }

  boolean includes(String type) {
    return (included == null || included.matches(type)) && !excluded.matches(type);
  }

  /** Returns whether every type is included. */
  boolean isEverything() {
    return included == null && excluded.sorted.isEmpty();
  }

  /** Returns whether no type is included. May miss that wildcards exclude all that wildcards include. */
  boolean isNothing() {
    return excluded.isEverything()
        || (included != null
            && included.wildcards.isEmpty()
            && included.exact.stream().allMatch(excluded::matches));
  }

  void writeExcluded(JsonWriter<?> out) {
    if (!excluded.sorted.isEmpty()) {
      excluded.write("not_types", out);
    }
  }

  void writeIncluded(JsonWriter<?> out) {
    if (included != null) {
      included.write("types", out);
    }
  }

  /** A list of types, with and without wildcards. Immutable. */
  private static final class Types {
    static final Types NONE = new Types(new TreeSet<>());

    private final SortedSet<String> sorted;
    private final Set<String> exact = new HashSet<>();
    private final List<WildcardPattern> wildcards = new ArrayList<>();

    private Types(SortedSet<String> sorted) {
      this.sorted = sorted;
      for (String type : sorted) {
        if (WildcardPattern.isWildcard(type)) {
          wildcards.add(new WildcardPattern(type));
        } else {
          exact.add(type);
        }
      }
    }

    static Optional<Types> of(FilterFields fields, String name) {
      return fields.texts(name).map(texts -> {
        SortedSet<String> simplified = new TreeSet<>();
        texts.forEach(type -> simplified.add(WildcardPattern.simplified(type)));
        Types types = new Types(simplified);
        if (types.wildcards.size() > MOST_WILDCARDS) {
          throw fields.refused(
              name,
              "must have at most " + MOST_WILDCARDS + " entries with '*', got "
                  + types.wildcards.size());
        }
        return types;
      });
    }

    boolean isEverything() {
      return sorted.contains(EVERYTHING);
    }

    boolean matches(String type) {
      if (exact.contains(type)) {
        return true;
      }
      for (WildcardPattern pattern : wildcards) {
        if (pattern.matches(type)) {
          return true;
        }
      }
      return false;
    }

    void write(String key, JsonWriter<?> out) {
      out.key(key).openList();
      sorted.forEach(out::text);
      out.closeList();
    }
  }
}
