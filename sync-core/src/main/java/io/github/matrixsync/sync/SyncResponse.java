package io.github.matrixsync.sync;

import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.store.device.KeyCounts;
import java.util.List;
import java.util.Optional;

/**
 * The answer of {@code /sync}: everything new for the user since the token that was shown, or everything there is.
 * Immutable.
 *
 * <p>Source: {@code GET /sync} of the Client-Server API v1.16.
 *
 * @param nextBatch the token with which to go on
 * @param stateMode as of which moment the rooms give state
 * @param rooms the rooms that have something new
 * @param presence presence of the user, and of those who share a room with the user
 * @param accountData the user's global account data
 * @param toDevice messages to the device, in order of arrival; absent without a device or an inbox
 * @param deviceLists whose devices changed; absent in a first answer, and if the engine has no device lists
 * @param keyCounts the device's unclaimed keys; absent without a device or key counts
 * @since 0.1.0
 */
// More than five parameters: one for each part of the answer of /sync.
public record SyncResponse(
    StreamToken nextBatch,
    StateMode stateMode,
    SyncRooms rooms,
    List<ClientEvent> presence,
    List<ClientEvent> accountData,
    Optional<List<ClientEvent>> toDevice,
    Optional<DeviceLists> deviceLists,
    Optional<KeyCounts> keyCounts) {
  /** Copies the lists. */
  public SyncResponse {
    presence = List.copyOf(presence);
    accountData = List.copyOf(accountData);
    toDevice = toDevice.map(List::copyOf);
  }

  /** Returns whether nothing is new: key counts, which are in every answer, do not count. */
  public boolean isEmpty() {
    return rooms.isEmpty()
        && presence.isEmpty()
        && accountData.isEmpty()
        && toDevice.filter(messages -> !messages.isEmpty()).isEmpty()
        && deviceLists.filter(lists -> !lists.isEmpty()).isEmpty();
  }

  /** Returns whether it has presence and nothing else. */
  public boolean isPresenceOnly() {
    return !presence.isEmpty() && withPresence(List.of()).isEmpty();
  }

  /** Returns this with all timelines limited. */
  public SyncResponse limited() {
    return with(rooms.limited(), presence);
  }

  /** Returns this answer with other rooms. */
  public SyncResponse withRooms(SyncRooms others) {
    return with(others, presence);
  }

  /** Returns this with the counts of the device's keys. */
  public SyncResponse withKeyCounts(KeyCounts counts) {
    return new SyncResponse(
        nextBatch,
        stateMode,
        rooms,
        presence,
        accountData,
        toDevice,
        deviceLists,
        Optional.of(counts));
  }

  private SyncResponse withPresence(List<ClientEvent> other) {
    return with(rooms, other);
  }

  private SyncResponse with(SyncRooms otherRooms, List<ClientEvent> otherPresence) {
    return new SyncResponse(
        nextBatch,
        stateMode,
        otherRooms,
        otherPresence,
        accountData,
        toDevice,
        deviceLists,
        keyCounts);
  }
}
