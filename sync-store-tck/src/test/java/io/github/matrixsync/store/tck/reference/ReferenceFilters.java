package io.github.matrixsync.store.tck.reference;

import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.FilterStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Filters as plainly as they can be written. Thread-safe. */
public class ReferenceFilters implements FilterStore {
  public Map<List<Object>, RawJson> rows = new HashMap<>(); // guarded by itself

  @Override
  public String put(UserId user, RawJson filter) {
    synchronized (rows) {
      String id = newId();
      rows.put(key(user, id), filter);
      return id;
    }
  }

  /** Returns a new id. The caller holds the monitor of {@code rows}. */
  public String newId() {
    return "f" + rows.size();
  }

  public List<Object> key(UserId user, String id) {
    return List.of(user, id);
  }

  @Override
  public Optional<RawJson> get(UserId user, String id) {
    synchronized (rows) {
      return Optional.ofNullable(rows.get(key(user, id)));
    }
  }
}
