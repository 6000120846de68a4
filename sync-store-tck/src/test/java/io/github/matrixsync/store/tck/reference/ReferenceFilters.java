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
  public final Map<List<Object>, RawJson> rows = new HashMap<>(); // guarded by this

  @Override
  public synchronized String put(UserId user, RawJson filter) {
    String id = newId();
    rows.put(key(user, id), filter);
    return id;
  }

  public String newId() {
    return "f" + rows.size();
  }

  public List<Object> key(UserId user, String id) {
    return List.of(user, id);
  }

  @Override
  public synchronized Optional<RawJson> get(UserId user, String id) {
    return Optional.ofNullable(rows.get(key(user, id)));
  }
}
