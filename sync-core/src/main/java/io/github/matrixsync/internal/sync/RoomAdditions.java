package io.github.matrixsync.internal.sync;

import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.internal.delivery.PersonalUnsigned;
import io.github.matrixsync.internal.room.StoreReads;
import io.github.matrixsync.internal.room.ViewerContext;
import io.github.matrixsync.internal.stores.BatchAnswers;
import io.github.matrixsync.internal.stores.HostRoles;
import io.github.matrixsync.store.timeline.NotificationCounts;
import io.github.matrixsync.store.timeline.UnreadCounts;
import io.github.matrixsync.sync.JoinedRoom;
import io.github.matrixsync.sync.LeftRoom;
import io.github.matrixsync.sync.SyncRooms;
import io.github.matrixsync.sync.Timeline;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Adds to the rooms of an answer what the host's stores have for them: unread counts, transaction ids of the device's
 * own events, and what relates to events. Each store is asked once, for what is in the answer, and not at all if there
 * is none of it. Thread-safe.
 */
final class RoomAdditions {
  private final Optional<NotificationCounts> counts;
  private final PersonalUnsigned unsigned;

  RoomAdditions(HostRoles roles, PersonalUnsigned unsigned) {
    counts = roles.notificationCounts();
    this.unsigned = unsigned;
  }

  /** Returns the rooms with what the stores have for them. */
  SyncRooms add(SyncRooms rooms, ViewerContext viewer, StoreReads reads) {
    Map<EventId, RawJson> members = members(rooms, viewer, reads);
    Map<RoomId, UnreadCounts> unread = counts(rooms.join().keySet(), viewer, reads);
    if (members.isEmpty() && unread.isEmpty()) {
      return rooms;
    }
    UnaryOperator<Timeline> add = timeline -> new Timeline(
        PersonalUnsigned.extended(timeline.events(), members),
        timeline.limited(),
        timeline.previousBatch());
    Map<RoomId, JoinedRoom> join = new HashMap<>();
    rooms
        .join()
        .forEach((id, room) -> join.put(
            id,
            new JoinedRoom(
                room.state(),
                add.apply(room.timeline()),
                room.summary(),
                room.ephemeral(),
                room.accountData(),
                Optional.ofNullable(unread.get(id)))));
    Map<RoomId, LeftRoom> leave = new HashMap<>();
    rooms
        .leave()
        .forEach((id, room) -> leave.put(
            id, new LeftRoom(room.state(), add.apply(room.timeline()), room.accountData())));
    return new SyncRooms(join, rooms.invite(), rooms.knock(), leave);
  }

  private Map<RoomId, UnreadCounts> counts(
      Set<RoomId> rooms, ViewerContext viewer, StoreReads reads) {
    if (counts.isEmpty() || rooms.isEmpty()) {
      return Map.of();
    }
    reads.require();
    Map<RoomId, UnreadCounts> unread =
        new HashMap<>(counts.get().counts(viewer.user(), rooms, viewer.end().room()));
    if (!viewer.filter().room().timeline().unreadThreadNotifications()) {
      unread.replaceAll((room, each) -> new UnreadCounts(each.total(), Map.of()));
    }
    return unread;
  }

  /**
   * Returns what the stores have for {@code unsigned} of events. What relates to events is bundled with those of limited
   * timelines; clients have the children of all others.
   */
  private Map<EventId, RawJson> members(SyncRooms rooms, ViewerContext viewer, StoreReads reads) {
    Map<RoomId, Timeline> timelines = timelines(rooms);
    Map<RoomId, List<ClientEvent>> events = new HashMap<>();
    timelines.forEach((room, timeline) -> {
      if (!timeline.events().isEmpty()) {
        events.put(room, timeline.events());
      }
    });
    Predicate<RoomId> isLimited = room -> BatchAnswers.answer(timelines, room).limited();
    PersonalUnsigned.Audience audience = new PersonalUnsigned.Audience(
        viewer.user(),
        viewer.options().device(),
        viewer.ignored(),
        viewer.end().room(),
        viewer.now(),
        viewer.form());
    if (!unsigned.mustRead(events, isLimited, audience)) {
      return Map.of();
    }
    reads.require();
    return unsigned.find(events, isLimited, audience);
  }

  private static Map<RoomId, Timeline> timelines(SyncRooms rooms) {
    Map<RoomId, Timeline> timelines = new HashMap<>();
    rooms.join().forEach((id, room) -> timelines.put(id, room.timeline()));
    rooms.leave().forEach((id, room) -> timelines.put(id, room.timeline()));
    return timelines;
  }
}
