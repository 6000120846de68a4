package io.github.matrixsync.store.tck.support;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.HistoryVisibility;
import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.model.Append;
import io.github.matrixsync.store.state.StateEntry;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The rooms, users and events of the tests. An event's id is made from a short name. Stateless.
 */
public final class Events {
  public static final RoomId ROOM = RoomId.parse("!room:tck.example");
  public static final RoomId OTHER_ROOM = RoomId.parse("!other:tck.example");
  public static final RoomId UNKNOWN_ROOM = RoomId.parse("!unknown:tck.example");
  public static final UserId ALICE = UserId.parse("@alice:tck.example");
  public static final UserId BOB = UserId.parse("@bob:tck.example");
  public static final UserId CAROL = UserId.parse("@carol:tck.example");
  public static final List<RoomId> ROOMS = List.of(ROOM, OTHER_ROOM, UNKNOWN_ROOM);
  public static final List<UserId> USERS = List.of(ALICE, BOB, CAROL);
  public static final String TOPIC = "m.room.topic";

  /** Texts that JSON can contain, and that an encoding or a database column may change. */
  public static final List<String> ANY_TEXTS =
      List.of("a\0b\ud83d\ude00", "\0", "\ud800", "a\udfff b", "\udfff\ud800", "?", "\ufffd", "");

  private Events() {}

  public static EventId id(String name) {
    return EventId.parse("$" + name + ":tck.example");
  }

  public static String name(EventId id) {
    return id.value().substring(1, id.value().indexOf(':'));
  }

  /** Returns the builder of an event with an age, whose JSON has the same values as the envelope. */
  public static RoomEvent.Builder event(String name, RoomId room, UserId sender, String type) {
    String json =
        "{\"event_id\":\"%s\",\"room_id\":\"%s\",\"sender\":\"%s\",\"type\":\"%s\",\"content\":{}}"
            .formatted(id(name), room, sender, type);
    return RoomEvent.builder(id(name), room, sender, type)
        .originServerTs(1_450_000_000_000L)
        .ageSince(Instant.ofEpochMilli(1_450_000_000_123L))
        .json(RawJson.of(json));
  }

  public static RoomEvent message(String name) {
    return messageIn(ROOM, ALICE, name);
  }

  public static RoomEvent message(String name, long depth) {
    return event(name, ROOM, ALICE, "m.room.message").depth(depth).build();
  }

  public static RoomEvent messageIn(RoomId room, UserId sender, String name) {
    return event(name, room, sender, "m.room.message").build();
  }

  public static RoomEvent topic(String name) {
    return topicIn(ROOM, name);
  }

  public static RoomEvent topicIn(RoomId room, String name) {
    return event(name, room, ALICE, TOPIC).stateKey("").build();
  }

  public static RoomEvent member(String name, UserId user, Membership membership) {
    return memberIn(ROOM, name, user, membership);
  }

  public static RoomEvent memberIn(RoomId room, String name, UserId user, Membership membership) {
    return event(name, room, ALICE, RoomEvent.MEMBER)
        .stateKey(user.value())
        .membership(membership)
        .build();
  }

  public static RoomEvent visibility(String name, HistoryVisibility visibility) {
    return event(name, ROOM, ALICE, RoomEvent.HISTORY_VISIBILITY)
        .stateKey("")
        .historyVisibility(visibility)
        .build();
  }

  public static RoomEvent redaction(String name, String target) {
    return redactionIn(ROOM, name, target);
  }

  public static RoomEvent redactionIn(RoomId room, String name, String target) {
    return event(name, room, ALICE, "m.room.redaction").redacts(id(target)).build();
  }

  public static List<Append> outliers(RoomEvent... events) {
    return Arrays.stream(events).map(Append::outlier).toList();
  }

  public static List<Append> backfill(RoomEvent... events) {
    return Arrays.stream(events)
        .map(event -> Append.backfill(event, Optional.of(HistoryVisibility.SHARED)))
        .toList();
  }

  /** Returns a live append of a message that sets these state entries. */
  public static Append resolving(String name, StateEntry... entries) {
    return Append.live(message(name), List.of(entries));
  }

  public static StateEntry entry(String type, String stateKey, String name) {
    return new StateEntry(type, stateKey, Optional.of(id(name)));
  }

  public static StateEntry gone(String type, String stateKey) {
    return new StateEntry(type, stateKey, Optional.empty());
  }
}
