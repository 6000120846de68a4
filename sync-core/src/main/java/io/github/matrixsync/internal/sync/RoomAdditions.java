package io.github.matrixsync.internal.sync;

import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.internal.delivery.PersonalUnsigned;
import io.github.matrixsync.internal.room.ViewerContext;
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
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Adds to the rooms of an answer the unread counts, the transaction ids of events that the device sent, and the bundled
 * relations. Each is read for all rooms at once, and not read if nothing in the answer needs it. Thread-safe.
 */
final class RoomAdditions {
  private final Optional<NotificationCounts> counts;
  private final PersonalUnsigned unsigned;

  RoomAdditions(HostRoles roles, PersonalUnsigned unsigned) {
    counts = roles.notificationCounts();
    this.unsigned = unsigned;
  }

  /** Returns whether additions for these rooms must be read from a store. Does no I/O. */
  boolean mustRead(SyncRooms rooms, ViewerContext viewer) {
    return (counts.isPresent() && !rooms.join().isEmpty())
        || unsigned.mustRead(events(rooms), isLimited(rooms), audience(viewer));
  }

  /** Returns the rooms with their additions. May block. */
  SyncRooms add(SyncRooms rooms, ViewerContext viewer) {
    Map<EventId, RawJson> members =
        unsigned.find(events(rooms), isLimited(rooms), audience(viewer));
    Map<RoomId, UnreadCounts> unread = counts(rooms.join().keySet(), viewer);
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

  private Map<RoomId, UnreadCounts> counts(Set<RoomId> rooms, ViewerContext viewer) {
    if (counts.isEmpty() || rooms.isEmpty()) {
      return Map.of();
    }
    Map<RoomId, UnreadCounts> unread =
        new HashMap<>(counts.get().counts(viewer.user(), rooms, viewer.end().room()));
    if (!viewer.filter().room().timeline().unreadThreadNotifications()) {
      unread.replaceAll((room, each) -> new UnreadCounts(each.total(), Map.of()));
    }
    return unread;
  }

  private static Map<RoomId, List<ClientEvent>> events(SyncRooms rooms) {
    Map<RoomId, List<ClientEvent>> events = new HashMap<>();
    timelines(rooms).forEach((room, timeline) -> {
      if (!timeline.events().isEmpty()) {
        events.put(room, timeline.events());
      }
    });
    return events;
  }

  /**
   * Selects the rooms whose timelines are limited. Only their events get bundled relations, because clients have the
   * children of all others.
   */
  private static Predicate<RoomId> isLimited(SyncRooms rooms) {
    Map<RoomId, Timeline> timelines = timelines(rooms);
    return room -> Objects.requireNonNull(timelines.get(room)).limited();
  }

  private static PersonalUnsigned.Audience audience(ViewerContext viewer) {
    return new PersonalUnsigned.Audience(
        viewer.user(),
        viewer.options().device(),
        viewer.ignored(),
        viewer.end().room(),
        viewer.now(),
        viewer.form());
  }

  private static Map<RoomId, Timeline> timelines(SyncRooms rooms) {
    Map<RoomId, Timeline> timelines = new HashMap<>();
    rooms.join().forEach((id, room) -> timelines.put(id, room.timeline()));
    rooms.leave().forEach((id, room) -> timelines.put(id, room.timeline()));
    return timelines;
  }
}
