package io.github.matrixsync.internal.ephemeral;

import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.event.RoomId;
import java.util.List;
import java.util.Map;

/**
 * Presence, typing, receipts and account data of one answer of {@code /sync}, filtered. Immutable.
 *
 * @param ephemeral who types, and receipts, of rooms that have any
 * @param ofRooms the account data of rooms that have any
 * @param accountData the global account data
 * @param presence presence
 */
public record SyncEntries(
    Map<RoomId, List<ClientEvent>> ephemeral,
    Map<RoomId, List<ClientEvent>> ofRooms,
    List<ClientEvent> accountData,
    List<ClientEvent> presence) {
  /** Nothing. */
  public static final SyncEntries NONE = new SyncEntries(Map.of(), Map.of(), List.of(), List.of());
}
