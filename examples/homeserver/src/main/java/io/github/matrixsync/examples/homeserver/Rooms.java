package io.github.matrixsync.examples.homeserver;

import io.github.matrixsync.domain.RoomEvents;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.Append;
import io.github.matrixsync.store.AppendableEventStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The write path: checks an event against the state it applies to, and appends it, one room at a time. Thread-safe. */
final class Rooms {
  private static final int MAX_EVENT_BYTES = 64 << 10;

  private final AppendableEventStore store;
  private final String serverName;
  private final Map<RoomId, RoomState> rooms = new ConcurrentHashMap<>();
  private final AtomicLong ids = new AtomicLong(System.currentTimeMillis() * 1_000);

  Rooms(AppendableEventStore store, String serverName) {
    this.store = store;
    this.serverName = serverName;
  }

  /** One event to be sent. */
  record Draft(
      String type, Optional<String> stateKey, JsonNode content, Optional<EventId> redacts) {
    static Draft message(String type, JsonNode content) {
      return new Draft(type, Optional.empty(), content, Optional.empty());
    }

    static Draft state(String type, String stateKey, JsonNode content) {
      return new Draft(type, Optional.of(stateKey), content, Optional.empty());
    }
  }

  RoomId newRoomId() {
    return RoomId.parse("!" + Long.toString(ids.incrementAndGet(), 36) + ":" + serverName);
  }

  /** Returns a room's state; forbidden, as if one may not know, if there is no such room. */
  RoomState require(RoomId room) {
    RoomState state = rooms.get(room);
    if (state == null) {
      throw ApiError.forbidden("not in this room");
    }
    return state;
  }

  Optional<RoomState> find(RoomId room) {
    return Optional.ofNullable(rooms.get(room));
  }

  /** Appends a new room's first events, all at once. */
  void create(RoomId room, UserId creator, List<Draft> drafts) {
    RoomState state = new RoomState(room);
    append(state, creator, drafts);
    rooms.put(room, state);
  }

  /** Returns the rooms a user is in. */
  List<RoomState> joinedBy(UserId user) {
    return rooms.values().stream()
        .filter(room -> room.membership(user) == Membership.JOIN)
        .toList();
  }

  /** Sends what the sender's membership and level allow; setting what already is gives the old event. */
  EventId send(RoomId room, UserId sender, Draft draft) {
    RoomState state = require(room);
    synchronized (state) {
      Rules rules = new Rules(state);
      rules.requireMaySend(sender, draft.type(), draft.stateKey().isPresent());
      if (draft.type().equals("m.room.create")) {
        throw ApiError.forbidden("a room is created once");
      }
      if (draft.type().equals("m.room.power_levels")) {
        rules.requireMaySetLevels(sender, draft.content());
      }
      Optional<EventId> same = draft
          .stateKey()
          .filter(key -> state.content(draft.type(), key).equals(draft.content()))
          .flatMap(key -> state.event(draft.type(), key));
      return same.orElseGet(() -> append(state, sender, List.of(draft)).get(0));
    }
  }

  /** Redacts an event of a room. */
  EventId redact(RoomId room, UserId sender, EventId target, UserId author, JsonNode content) {
    RoomState state = require(room);
    synchronized (state) {
      new Rules(state).requireMayRedact(sender, author);
      Draft draft = new Draft("m.room.redaction", Optional.empty(), content, Optional.of(target));
      return append(state, sender, List.of(draft)).get(0);
    }
  }

  /** Changes a membership, if it is allowed. */
  EventId setMembership(
      RoomId room, UserId sender, UserId subject, Membership membership, ObjectNode content) {
    RoomState state = require(room);
    synchronized (state) {
      Rules rules = new Rules(state);
      boolean self = sender.equals(subject);
      switch (membership) {
        case JOIN -> {
          if (!self) {
            throw ApiError.forbidden("nobody joins for another");
          }
          rules.requireMayJoin(subject);
        }
        case INVITE -> rules.requireMayInvite(sender, subject);
        case BAN -> rules.requireMayBan(sender, subject);
        case LEAVE -> {
          if (self) {
            rules.requireMayLeave(subject);
          } else {
            rules.requireMayRemove(sender, subject);
          }
        }
        case KNOCK -> throw ApiError.badParameter("no such membership");
      }
      content.put("membership", membership.value());
      String key = subject.value();
      if (state.content("m.room.member", key).equals(content)) {
        return state.event("m.room.member", key).orElseThrow();
      }
      return append(state, sender, List.of(Draft.state("m.room.member", key, content)))
          .get(0);
    }
  }

  private List<EventId> append(RoomState state, UserId sender, List<Draft> drafts) {
    Instant now = Instant.now();
    List<Append> batch = new ArrayList<>();
    List<EventId> sent = new ArrayList<>();
    for (Draft draft : drafts) {
      RoomEvent event = event(state.id(), sender, draft, now);
      batch.add(Append.live(event));
      sent.add(event.id());
    }
    store.append(batch);
    for (int i = 0; i < drafts.size(); i++) {
      Draft draft = drafts.get(i);
      EventId id = sent.get(i);
      draft.stateKey().ifPresent(key -> state.set(draft.type(), key, id, draft.content()));
    }
    return sent;
  }

  private RoomEvent event(RoomId room, UserId sender, Draft draft, Instant now) {
    ObjectNode json = Json.object();
    json.put("event_id", "$" + Long.toString(ids.incrementAndGet(), 36) + ":" + serverName);
    json.put("room_id", room.value());
    json.put("sender", sender.value());
    json.put("type", draft.type());
    draft.stateKey().ifPresent(key -> json.put("state_key", key));
    draft.redacts().ifPresent(target -> json.put("redacts", target.value()));
    json.put("origin_server_ts", now.toEpochMilli());
    json.set("content", draft.content());
    json.putObject("unsigned").put("age_ts", now.toEpochMilli());
    RawJson raw = RawJson.of(json.toString());
    if (raw.length() > MAX_EVENT_BYTES) {
      throw ApiError.of(413, "M_TOO_LARGE", "event is larger than 64 KiB");
    }
    return RoomEvents.parse(raw, now);
  }
}
