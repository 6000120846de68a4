package io.github.matrixsync.call;

import io.github.matrixsync.domain.event.ClientEvent;
import java.util.List;
import java.util.Optional;

/**
 * A snapshot of one room. Immutable.
 *
 * <p>Source: GET /rooms/{roomId}/initialSync of the 2015 Client-Server API.
 *
 * @param room the room; its messages' {@code end} is the place from which to stream on
 * @param presence the presence of its members; empty for one who left
 * @param receipts the room's receipts in at most one entry; empty for one who left; absent if the engine has no
 *     receipts
 * @since 0.1.0
 */
public record RoomInitialSync(
    RoomSnapshot room, List<ClientEvent> presence, Optional<List<ClientEvent>> receipts) {
  /** Copies the lists. */
  public RoomInitialSync {
    presence = List.copyOf(presence);
    receipts = receipts.map(List::copyOf);
  }
}
