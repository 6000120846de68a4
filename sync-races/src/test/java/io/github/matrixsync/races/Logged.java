package io.github.matrixsync.races;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.model.EventKind;
import io.github.matrixsync.store.model.StoredEvent;
import io.github.matrixsync.store.state.MemberChange;
import io.github.matrixsync.store.state.StateChange;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * Events for a log. As much as possible is created before the position is known, so that the model checker does not
 * explore it.
 */
public final class Logged {
  public static final RoomId ROOM = RoomId.parse("!r:h");
  public static final UserId ALICE = UserId.parse("@a:h");
  public static final UserId BOB = UserId.parse("@b:h");

  private Logged() {}

  /** Returns a message by a third user. */
  public static LongFunction<StoredEvent> message(String id) {
    return stored(event(id, "m.room.message").build());
  }

  public static LongFunction<StoredEvent> redaction(String id, String redacted) {
    RoomEvent event =
        event(id, "m.room.redaction").redacts(EventId.parse(redacted)).build();
    return stored(event);
  }

  public static LongFunction<StoredEvent> join(String id, UserId user) {
    return member(id, user, Membership.LEAVE, Membership.JOIN);
  }

  public static LongFunction<StoredEvent> leave(String id, UserId user) {
    return member(id, user, Membership.JOIN, Membership.LEAVE);
  }

  private static LongFunction<StoredEvent> member(
      String id, UserId user, Membership before, Membership after) {
    RoomEvent event = RoomEvent.builder(EventId.parse(id), ROOM, user, RoomEvent.MEMBER)
        .stateKey(user.value())
        .membership(after)
        .json(RawJson.of("{\"content\":{}}"))
        .build();
    return position -> at(
        event,
        position,
        List.of(new MemberChange(position, user, before, after, Optional.of(event.id()))));
  }

  private static RoomEvent.Builder event(String id, String type) {
    return RoomEvent.builder(EventId.parse(id), ROOM, UserId.parse("@c:h"), type)
        .json(RawJson.of("{\"content\":{}}"));
  }

  private static LongFunction<StoredEvent> stored(RoomEvent event) {
    return position -> at(event, position, List.of());
  }

  private static StoredEvent at(RoomEvent event, long position, List<StateChange> changes) {
    return new StoredEvent(
        event,
        EventKind.LIVE,
        position,
        position,
        Optional.empty(),
        changes,
        Optional.empty(),
        false,
        Optional.empty());
  }
}
