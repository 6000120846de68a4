package io.github.matrixsync.call;

import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.domain.token.StreamToken;
import java.util.List;
import java.util.Optional;

/**
 * A user's snapshot, all of it as of {@code end}. Immutable.
 *
 * <p>Source: GET /initialSync of the v1 Sync API.
 *
 * @param end the place in the stream at which the snapshot was taken, and from which to stream on
 * @param rooms joined rooms first, then left and banned ones with messages, then those without; by room id within each
 * @param presence the presence of the user, and of whom the user shares a joined room with or follows
 * @param receipts one entry per joined room that has receipts, with the newest of them and the user's own; absent if
 *     the engine has no receipts
 * @param accountData the user's global account data; absent if the engine has no account data
 * @since 0.1.0
 */
public record InitialSync(
    StreamToken end,
    List<RoomSnapshot> rooms,
    List<ClientEvent> presence,
    Optional<List<ClientEvent>> receipts,
    Optional<List<ClientEvent>> accountData) {
  /** Copies the lists. */
  public InitialSync {
    rooms = List.copyOf(rooms);
    presence = List.copyOf(presence);
    receipts = receipts.map(List::copyOf);
    accountData = accountData.map(List::copyOf);
  }
}
