package io.github.matrixsync.store.memory;

import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.FilterStore;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The filters of users on the heap, under numbers; lost with the process. A filter with the bytes of an earlier one has
 * its id. Thread-safe; never blocks on I/O.
 *
 * @since 0.1.0
 */
public final class MemoryFilterStore implements FilterStore {
  /** The filters of one user. Guarded by its monitor. */
  private static final class Filters {
    private final Map<String, RawJson> byId = new HashMap<>();
    private final Map<RawJson, String> ids = new HashMap<>();

    private synchronized String put(RawJson filter) {
      return ids.computeIfAbsent(filter, added -> {
        String id = Integer.toString(ids.size());
        byId.put(id, added);
        return id;
      });
    }

    private synchronized Optional<RawJson> get(String id) {
      return Optional.ofNullable(byId.get(id));
    }
  }

  private final Map<UserId, Filters> users = new ConcurrentHashMap<>();

  private MemoryFilterStore() {}

  /** Returns a store without filters. */
  public static MemoryFilterStore create() {
    return new MemoryFilterStore();
  }

  @Override
  public String put(UserId user, RawJson filter) {
    Objects.requireNonNull(filter, "filter");
    return users.computeIfAbsent(user, key -> new Filters()).put(filter);
  }

  @Override
  public Optional<RawJson> get(UserId user, String id) {
    Filters filters = users.get(user);
    return filters == null ? Optional.empty() : filters.get(id);
  }
}
