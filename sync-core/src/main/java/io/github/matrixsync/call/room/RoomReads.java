package io.github.matrixsync.call.room;

import io.github.matrixsync.call.RoomNotReadableException;
import io.github.matrixsync.call.TokenAheadException;
import io.github.matrixsync.domain.appservice.ServiceNamespaces;
import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.domain.event.EventForm;
import io.github.matrixsync.event.DeviceId;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Reads of rooms beside the streams and snapshots. A member reads a room as it is now, a former member as it was when
 * they left, and everybody a room that is world-readable now. Single events and those around them are read by whoever
 * may see each of them. No call blocks; what is thrown where, and what a callback may do, is as in
 * {@link io.github.matrixsync.SyncApi}. Thread-safe.
 *
 * <p>Source: "Getting events for a room" and "Event context" of the Client-Server API.
 *
 * @since 0.1.0
 */
public interface RoomReads {
  /**
   * Returns one event of a room.
   *
   * @param device the device that makes the request and gets the transaction id of an event that it sent; empty: none
   *     is returned
   * @return empty if the room has no such event or the user may not see it; the answer does not tell these cases apart
   */
  CompletableFuture<Optional<ClientEvent>> event(
      UserId user, RoomId room, EventId id, EventForm form, Optional<DeviceId> device);

  /**
   * Returns one event of a room and those around it.
   *
   * @return empty: as of {@link #event}; so it is with an outlier, which is in no history
   */
  CompletableFuture<Optional<EventContext>> context(
      UserId user, RoomId room, EventId id, ContextOptions options);

  /**
   * Returns the state of a room, sorted by type and state key. Fails with {@link RoomNotReadableException} if the user
   * may not read the room.
   */
  CompletableFuture<List<ClientEvent>> state(UserId user, RoomId room, EventForm form);

  /**
   * Returns one entry of the state of a room. Fails with {@link RoomNotReadableException} if the user may not read the
   * room.
   *
   * @return empty: the state has no such entry
   */
  CompletableFuture<Optional<ClientEvent>> stateEntry(
      UserId user, RoomId room, String type, String stateKey, EventForm form);

  /**
   * Returns the member events of the state of a room, sorted by state key. Fails with {@link RoomNotReadableException}
   * if the user may not read the room, and with {@link TokenAheadException} for a stream token beyond the end.
   */
  CompletableFuture<List<ClientEvent>> members(UserId user, RoomId room, MembersOptions options);

  /**
   * Returns who is joined to a room now, sorted by id. Fails with {@link RoomNotReadableException} unless the user is
   * joined now, or a user of the service is.
   *
   * @param service the application service that asks as its sender; empty: a user asks
   */
  CompletableFuture<List<JoinedMember>> joinedMembers(
      UserId user, RoomId room, Optional<ServiceNamespaces> service);

  /** Returns the rooms that a user is joined to now. */
  CompletableFuture<Set<RoomId>> joinedRooms(UserId user);
}
