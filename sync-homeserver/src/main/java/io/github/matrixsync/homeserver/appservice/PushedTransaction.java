package io.github.matrixsync.homeserver.appservice;

import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.RawJson;

/**
 * A transaction for an application service.
 *
 * @param id its id, which stays the same at every try
 * @param body its events, as they are sent
 * @param end the position of the service after it
 * @since 0.1.0
 */
public record PushedTransaction(String id, RawJson body, StreamToken end) {
  /** Returns the transaction without its events. */
  @Override
  public String toString() {
    return "transaction " + id;
  }
}
