package io.github.matrixsync.internal.sync;

import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.event.DeviceId;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.internal.cache.EventCache;
import io.github.matrixsync.internal.delivery.BundledRelations;
import io.github.matrixsync.internal.delivery.EventGate;
import io.github.matrixsync.internal.delivery.UnsignedMembers;
import io.github.matrixsync.internal.encoding.AnsweredEvent;
import io.github.matrixsync.internal.room.StoreReads;
import io.github.matrixsync.internal.room.ViewerContext;
import io.github.matrixsync.internal.stores.HostRoles;
import io.github.matrixsync.store.device.TransactionIds;
import io.github.matrixsync.store.timeline.NotificationCounts;
import io.github.matrixsync.store.timeline.UnreadCounts;
import io.github.matrixsync.sync.JoinedRoom;
import io.github.matrixsync.sync.LeftRoom;
import io.github.matrixsync.sync.SyncRooms;
import io.github.matrixsync.sync.Timeline;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Adds to the rooms of an answer what the host's stores have for them: unread counts, transaction ids of the device's
 * own events, and what relates to events. Each store is asked once, for what is in the answer, and not at all if there
 * is none of it. Thread-safe.
 */
final class RoomAdditions {
  private final Optional<NotificationCounts> counts;
  private final Optional<TransactionIds> transactionIds;
  private final Optional<BundledRelations> relations;

  RoomAdditions(HostRoles roles, EventGate gate, EventCache events) {
    counts = roles.notificationCounts();
    transactionIds = roles.transactionIds();
    relations = roles.relations().map(store -> new BundledRelations(store, gate, events));
  }

  /** Returns the rooms with what the stores have for them. */
  SyncRooms add(SyncRooms rooms, ViewerContext viewer, StoreReads reads) {
    Map<EventId, RawJson> transactions = transactionIds(rooms, viewer, reads);
    Map<EventId, RawJson> related = relations(rooms, viewer, reads);
    UnaryOperator<Timeline> add = timeline -> with(with(timeline, transactions), related);
    Map<RoomId, UnreadCounts> unread = counts(rooms.join().keySet(), viewer, reads);
    if (transactions.isEmpty() && related.isEmpty() && unread.isEmpty()) {
      return rooms;
    }
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

  private static Timeline with(Timeline timeline, Map<EventId, RawJson> members) {
    if (members.isEmpty()) {
      return timeline;
    }
    List<ClientEvent> events = new ArrayList<>(timeline.events());
    events.replaceAll(event -> {
      RawJson more = event.id().map(members::get).orElse(null);
      return more == null ? event : AnsweredEvent.extend(event, more);
    });
    return new Timeline(events, timeline.limited(), timeline.previousBatch());
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

  private Map<EventId, RawJson> transactionIds(
      SyncRooms rooms, ViewerContext viewer, StoreReads reads) {
    Optional<DeviceId> device = viewer.options().device();
    if (transactionIds.isEmpty() || device.isEmpty()) {
      return Map.of();
    }
    List<EventId> own = new ArrayList<>();
    timelines(rooms)
        .values()
        .forEach(timeline -> timeline.events().stream()
            .filter(event -> event.sender().equals(Optional.of(viewer.user())))
            .forEach(event -> event.id().ifPresent(own::add)));
    if (own.isEmpty()) {
      return Map.of();
    }
    reads.require();
    Map<EventId, RawJson> members = new HashMap<>();
    transactionIds
        .get()
        .of(viewer.user(), device.get(), own)
        .forEach((id, transaction) -> members.put(id, UnsignedMembers.transactionId(transaction)));
    return members;
  }

  /** Returns what relates to events of limited timelines; clients have the children of all others. */
  private Map<EventId, RawJson> relations(SyncRooms rooms, ViewerContext viewer, StoreReads reads) {
    Map<RoomId, List<ClientEvent>> limited = new HashMap<>();
    timelines(rooms).forEach((room, timeline) -> {
      if (timeline.limited() && !timeline.events().isEmpty()) {
        limited.put(room, timeline.events());
      }
    });
    if (relations.isEmpty() || limited.isEmpty()) {
      return Map.of();
    }
    reads.require();
    return relations
        .get()
        .find(
            limited,
            new BundledRelations.Audience(
                viewer.user(), viewer.ignored(), viewer.end().room(), viewer.now(), viewer.form()));
  }

  private static Map<RoomId, Timeline> timelines(SyncRooms rooms) {
    Map<RoomId, Timeline> timelines = new HashMap<>();
    rooms.join().forEach((id, room) -> timelines.put(id, room.timeline()));
    rooms.leave().forEach((id, room) -> timelines.put(id, room.timeline()));
    return timelines;
  }
}
