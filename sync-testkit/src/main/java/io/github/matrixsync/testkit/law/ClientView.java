package io.github.matrixsync.testkit.law;

import io.github.matrixsync.call.InitialSync;
import io.github.matrixsync.call.MessagePage;
import io.github.matrixsync.call.RoomSnapshot;
import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.testkit.internal.server.EventText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rooms as a client has them after a snapshot and the stream that follows. For a room that the user joined during
 * the stream, the client has only what came afterwards. Confined to one thread.
 */
final class ClientView {
  private record Key(String type, String stateKey) {}

  private static final class Room {
    private final Map<Key, EventId> state = new LinkedHashMap<>();
    private final List<EventId> messages = new ArrayList<>();
    private Membership membership = Membership.LEAVE;
    private boolean isComplete;
  }

  private final UserId user;
  private final boolean knowsAllRooms;
  private final Map<RoomId, Room> rooms = new LinkedHashMap<>();

  private ClientView(UserId user, boolean knowsAllRooms) {
    this.user = user;
    this.knowsAllRooms = knowsAllRooms;
  }

  /** Returns the view of a client before the first event. */
  static ClientView ofNothing(UserId user) {
    return new ClientView(user, true);
  }

  /** Returns the view of a client that does not know which rooms there were before. */
  static ClientView unknown(UserId user) {
    return new ClientView(user, false);
  }

  static ClientView of(UserId user, InitialSync snapshot) {
    ClientView view = new ClientView(user, true);
    for (RoomSnapshot each : snapshot.rooms()) {
      Room room = new Room();
      room.membership = each.membership().orElse(Membership.LEAVE);
      if (room.membership == Membership.JOIN) {
        room.isComplete = true;
        each.state().forEach(event -> setState(room, event));
        room.messages.addAll(messages(each));
      }
      view.rooms.put(each.room(), room);
    }
    return view;
  }

  private static List<EventId> messages(RoomSnapshot room) {
    return room.messages().map(MessagePage::chunk).orElse(List.of()).stream()
        .map(event -> event.id().orElseThrow())
        .toList();
  }

  private static void setState(Room room, ClientEvent event) {
    EventText.stateKey(event)
        .ifPresent(key -> room.state.put(new Key(event.type(), key), event.id().orElseThrow()));
  }

  /** Applies an event of the stream. */
  void take(ClientEvent event) {
    RoomId id = event.room().orElseThrow();
    Optional<String> key = EventText.stateKey(event);
    boolean isOwn = event.type().equals(RoomEvent.MEMBER) && key.equals(Optional.of(user.value()));
    if (isOwn) {
      Membership now =
          Membership.parse(EventText.content(event).path("membership").asString());
      Room before = rooms.get(id);
      if (before == null || (now == Membership.JOIN && before.membership != Membership.JOIN)) {
        before = new Room();
        rooms.put(id, before);
      }
      before.membership = now;
    }
    Room room = rooms.get(id);
    if (room != null && room.membership == Membership.JOIN) {
      room.messages.add(event.id().orElseThrow());
      setState(room, event);
    }
  }

  /**
   * Throws unless a snapshot equals this view.
   *
   * @param most the maximum number of messages of a room in the snapshot
   */
  void requireSame(InitialSync snapshot, int most, String where) {
    Map<RoomId, RoomSnapshot> found = new LinkedHashMap<>();
    snapshot.rooms().forEach(room -> found.put(room.room(), room));
    rooms.forEach((id, room) -> {
      Membership now = Optional.ofNullable(found.get(id))
          .flatMap(RoomSnapshot::membership)
          .orElse(Membership.LEAVE);
      if (isIn(room.membership) || isIn(now)) {
        require(
            room.membership == now,
            where,
            id,
            "the stream ends with the membership " + room.membership.value() + ", the snapshot has "
                + now.value());
      }
      RoomSnapshot there = found.get(id);
      if (there != null && now == Membership.JOIN) {
        requireSame(id, room, there, most, where);
      }
    });
    found.forEach((id, room) -> require(
        !knowsAllRooms
            || rooms.containsKey(id)
            || !room.membership().filter(ClientView::isIn).isPresent(),
        where,
        id,
        "the snapshot has the room, but the stream had no event of it"));
  }

  private static boolean isIn(Membership membership) {
    return membership == Membership.JOIN || membership == Membership.INVITE;
  }

  private void requireSame(RoomId id, Room room, RoomSnapshot snapshot, int most, String where) {
    Room then = new Room();
    snapshot.state().forEach(event -> setState(then, event));
    room.state.forEach((key, event) -> require(
        event.equals(then.state.get(key)),
        where,
        id,
        "the state " + key.type() + " \"" + key.stateKey() + "\" is " + event
            + " in the stream, and in the snapshot " + then.state.get(key)));
    require(
        !room.isComplete || room.state.keySet().equals(then.state.keySet()),
        where,
        id,
        "the snapshot has other state entries than the snapshot before it with the stream");
    List<EventId> shown = messages(snapshot);
    int count = Math.min(room.messages.size(), Math.min(most, Math.max(shown.size(), 1)));
    List<EventId> streamed =
        room.messages.subList(room.messages.size() - count, room.messages.size());
    boolean areLast = count <= shown.size()
        && shown.subList(shown.size() - count, shown.size()).equals(streamed);
    boolean areAll = shown.size() >= most || count == room.messages.size();
    require(
        areLast && areAll,
        where,
        id,
        "the last messages of the snapshot are " + last(shown) + ", those of the stream "
            + last(room.messages));
  }

  private static List<EventId> last(List<EventId> events) {
    return events.subList(Math.max(0, events.size() - 10), events.size());
  }

  private void require(boolean holds, String where, RoomId room, String what) {
    if (!holds) {
      throw new AssertionError("for " + user + " in " + room + ", " + where + ": " + what);
    }
  }
}
