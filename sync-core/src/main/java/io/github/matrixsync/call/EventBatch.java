package io.github.matrixsync.call;

import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.domain.token.StreamToken;
import java.util.List;

/**
 * The answer to a poll. Immutable.
 *
 * <p>Source: GET /events of the v1 Sync API.
 *
 * @param start where the poll began
 * @param end from where to go on: everything due up to there is in the chunk or was before it. It is never less than
 *     {@code start} in any part, and more in some part if the chunk holds anything
 * @param chunk room events ascending by position, then presence, typing and receipts; may be empty
 * @since 0.1.0
 */
public record EventBatch(StreamToken start, StreamToken end, List<ClientEvent> chunk) {
  /** Copies the chunk. */
  public EventBatch {
    chunk = List.copyOf(chunk);
  }
}
