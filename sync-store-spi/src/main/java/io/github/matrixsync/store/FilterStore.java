package io.github.matrixsync.store;

import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.UserId;
import java.util.Optional;

/**
 * The filters that clients uploaded, each under an id of its user. Thread-safe; may block. Without this store the id
 * that a client gets holds the filter itself.
 *
 * <p>Source: "Filtering" of the Client-Server API.
 *
 * @since 0.1.0
 */
public interface FilterStore {
  /**
   * Stores a filter and returns its id (rules FS1, FS2, FS3).
   *
   * @param filter one JSON object, which was checked
   * @return an id that clients use in a path and as a parameter: not empty, never begins with <code>{</code>; for the
   *     same bytes of the same user it may be the same
   * @throws StoreException if storing failed
   */
  String put(UserId user, RawJson filter);

  /**
   * Returns the filter of this user with this id, byte for byte; empty if the user has none (rules FS1, FS2).
   *
   * @param id any text: clients choose it
   * @throws StoreException if reading failed
   */
  Optional<RawJson> get(UserId user, String id);
}
