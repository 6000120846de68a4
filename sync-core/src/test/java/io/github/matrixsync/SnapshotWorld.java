package io.github.matrixsync;

import io.github.matrixsync.domain.RoomEvents;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.HistoryVisibility;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.AccountDataChange;
import io.github.matrixsync.store.Append;
import io.github.matrixsync.store.AppendableEventStore;
import io.github.matrixsync.store.PresenceChange;
import io.github.matrixsync.store.PresenceState;
import io.github.matrixsync.store.ReceiptChange;
import io.github.matrixsync.store.memory.MemoryAccountDataStore;
import io.github.matrixsync.store.memory.MemoryPresenceStore;
import io.github.matrixsync.store.memory.MemoryReceiptStore;
import io.github.matrixsync.store.memory.MemoryTypingStore;
import io.github.matrixsync.store.memory.MemoryUserSettings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A host at random: rooms of which people come and go, are invited, kicked and banned, in which state changes and events are redacted, also before they come, and the past is filled in; and presence, typing, receipts and account data. The
 * depth of an event stands in its id, {@code $<depth>.<number>:h}, and is 0 in the room's past. Thread-safe, each writer with its own random numbers.
 */
final class SnapshotWorld {
  static final int USERS = 5;
  private static final int ROOMS = 4;
  private static final String[] VISIBILITIES = {
    "world_readable", "shared", "invited", "joined", "banana"
  };

  final AppendableEventStore events;
  final MemoryPresenceStore presence = MemoryPresenceStore.create();
  final MemoryTypingStore typing = MemoryTypingStore.create();
  final MemoryReceiptStore receipts = MemoryReceiptStore.create();
  final MemoryAccountDataStore accountData = MemoryAccountDataStore.create();
  final MemoryUserSettings settings = MemoryUserSettings.create();
  private final AtomicLong count = new AtomicLong();
  private final AtomicLong appended = new AtomicLong();
  private final Map<RoomId, AtomicLong> depths = new ConcurrentHashMap<>();
  private final Map<RoomId, List<String>> ids = new ConcurrentHashMap<>();
  private final Map<RoomId, List<String>> messages = new ConcurrentHashMap<>();
  private final Queue<RoomEvent> invited = new ConcurrentLinkedQueue<>();
  private final Map<RoomId, String> promised = new ConcurrentHashMap<>();

  SnapshotWorld(AppendableEventStore events, Random random) {
    this.events = events;
    for (int r = 0; r < ROOMS; r++) {
      create(room(r), user(random.nextInt(USERS)), random);
    }
    if (random.nextInt(3) == 0) {
      settings.setIgnored(ignoring(), Set.of(user(1)));
    }
    if (random.nextInt(3) == 0) {
      settings.erase(user(2));
    }
  }

  static UserId user(int number) {
    return World.user("u" + number);
  }

  /** Returns the one user who may ignore another. */
  static UserId ignoring() {
    return user(0);
  }

  long appended() {
    return appended.get();
  }

  /** Writes something. */
  void write(Random random) {
    RoomId room = room(random.nextInt(ROOMS));
    UserId actor = user(random.nextInt(USERS));
    UserId subject = user(random.nextInt(USERS));
    switch (random.nextInt(26)) {
      case 0, 1, 2, 3 -> append(live(member(room, actor, actor, "join", random)));
      case 4 -> append(live(member(room, actor, actor, "leave", random)));
      case 5 -> append(live(member(room, actor, subject, "leave", random)));
      case 6 -> append(live(member(room, actor, subject, "ban", random)));
      case 7, 8 -> invite(room, actor, subject, random);
      case 9 -> append(live(state(room, actor, "m.room.topic", text(random), random)));
      case 10 -> append(live(state(room, actor, "x.k" + random.nextInt(2), text(random), random)));
      case 11 -> append(live(visibility(room, actor, random)));
      case 12, 13 -> append(live(redaction(room, actor, random)));
      case 14 -> append(old(room, actor, random));
      case 15 ->
        append(
            live(member(room, actor, actor, "join", random)),
            live(message(room, actor, random)),
            live(state(room, subject, "m.room.topic", text(random), random)));
      case 16 -> presence(actor, random);
      case 17 -> typing(room, actor, random);
      case 18 -> receipts.set(receipt(room, actor, random));
      case 19 -> accountData.set(data(room, actor, random));
      case 20 -> inviteFromElsewhere(subject, random);
      case 21 -> followInvitation(random);
      default -> append(live(message(room, actor, random)));
    }
  }

  private void create(RoomId room, UserId creator, Random random) {
    append(
        live(state(room, creator, "m.room.create", "{\"creator\":\"" + creator + "\"}", random)),
        live(member(room, creator, creator, "join", random)),
        live(visibility(room, creator, random)));
  }

  private void append(Append... batch) {
    events.append(List.of(batch));
    appended.addAndGet(batch.length);
  }

  /** Whom somebody ignores does not invite anybody: an invitation that is not shown would end a membership unseen. */
  private void invite(RoomId room, UserId actor, UserId subject, Random random) {
    UserId inviter = actor.equals(user(1)) ? subject : actor;
    append(live(member(room, inviter, subject, "invite", random)));
  }

  /** Invites somebody into a room that nobody here is in, by an event without its state. */
  private void inviteFromElsewhere(UserId subject, Random random) {
    RoomId far = World.room("far" + count.incrementAndGet());
    RoomEvent invite = member(far, World.user("elsewhere"), subject, "invite", random);
    append(Append.outlier(invite));
    invited.add(invite);
  }

  /** Has one of those come into the room, or stay away. */
  private void followInvitation(Random random) {
    RoomEvent invite = invited.poll();
    if (invite != null) {
      RoomId far = invite.room();
      UserId subject = invite.subject().orElseThrow();
      String answer = random.nextBoolean() ? "join" : "leave";
      append(live(member(far, subject, subject, answer, random)));
      append(live(message(far, World.user("elsewhere"), random)));
    }
  }

  private static Append live(RoomEvent event) {
    return Append.live(event);
  }

  /** An event of the past: one more message, or a redaction of a message. What only a snapshot tells of cannot be followed, and so redacts nothing that stands inside other events. */
  private Append old(RoomId room, UserId actor, Random random) {
    List<String> known = messages.getOrDefault(room, List.of());
    boolean redacts = !known.isEmpty() && random.nextInt(3) == 0;
    String target = redacts ? "\"redacts\":\"" + recent(known, random) + "\"," : "";
    String type = redacts ? "m.room.redaction" : "m.room.message";
    RoomEvent event = event(room, actor, type, target, text(random), 0, random);
    HistoryVisibility[] values = HistoryVisibility.values();
    return Append.backfill(event, Optional.of(values[random.nextInt(values.length)]));
  }

  private RoomEvent message(RoomId room, UserId actor, Random random) {
    return event(room, actor, "m.room.message", "", text(random), depth(room, random), random);
  }

  private RoomEvent member(
      RoomId room, UserId actor, UserId subject, String membership, Random random) {
    return event(
        room,
        actor,
        "m.room.member",
        "\"state_key\":\"" + subject + "\",",
        "{\"membership\":\"" + membership + "\",\"displayname\":\"n" + random.nextInt(9) + "\"}",
        depth(room, random),
        random);
  }

  private RoomEvent visibility(RoomId room, UserId actor, Random random) {
    String value = VISIBILITIES[random.nextInt(VISIBILITIES.length)];
    String content = "{\"history_visibility\":\"" + value + "\",\"more\":1}";
    return state(room, actor, "m.room.history_visibility", content, random);
  }

  private RoomEvent state(RoomId room, UserId actor, String type, String content, Random random) {
    return event(room, actor, type, "\"state_key\":\"\",", content, depth(room, random), random);
  }

  private RoomEvent redaction(RoomId room, UserId actor, Random random) {
    String redacts = "\"redacts\":\"" + target(room, random) + "\",";
    return event(
        room, actor, "m.room.redaction", redacts, text(random), depth(room, random), random);
  }

  /** Returns an event of the room, most often; else one that will come, or one of another room. */
  private String target(RoomId room, Random random) {
    if (random.nextInt(6) == 0) {
      return promised.computeIfAbsent(room, key -> id(depth(room, random)));
    }
    RoomId where = random.nextInt(6) == 0 ? room(random.nextInt(ROOMS)) : room;
    return recent(ids.getOrDefault(where, List.of("$1.0:h")), random);
  }

  private static String recent(List<String> known, Random random) {
    synchronized (known) {
      int newest = known.size() - 1;
      return newest < 0 ? "$1.0:h" : known.get(Math.max(0, newest - random.nextInt(20)));
    }
  }

  private RoomEvent event(
      RoomId room,
      UserId sender,
      String type,
      String more,
      String content,
      long depth,
      Random random) {
    String id = depth > 0 && random.nextInt(3) == 0 ? promised.remove(room) : null;
    if (id == null) {
      id = id(depth);
    }
    String extra = random.nextInt(4) == 0
        ? "\"extra\":" + random.nextInt(9) + ",\"unsigned\":{\"age\":5,\"other\":1},"
        : "";
    String json =
        "{\"event_id\":\"%s\",\"room_id\":\"%s\",\"sender\":\"%s\",\"type\":\"%s\",%s%s\"depth\":%s,"
                .formatted(id, room, sender, type, more, extra, id.substring(1, id.indexOf('.')))
            + "\"origin_server_ts\":" + random.nextInt(1_000) + ",\"content\":" + content + "}";
    note(ids, room, id);
    if (type.equals("m.room.message")) {
      note(messages, room, id);
    }
    return RoomEvents.parse(RawJson.of(json), World.NOW);
  }

  private static void note(Map<RoomId, List<String>> all, RoomId room, String id) {
    List<String> known =
        all.computeIfAbsent(room, key -> Collections.synchronizedList(new ArrayList<>()));
    known.add(id);
  }

  private String id(long depth) {
    return "$" + depth + "." + count.incrementAndGet() + ":h";
  }

  /** Returns a depth as events have it that come from elsewhere: most often one more than the last, sometimes less. */
  private long depth(RoomId room, Random random) {
    AtomicLong top = depths.computeIfAbsent(room, key -> new AtomicLong());
    return random.nextInt(5) == 0
        ? Math.max(1, top.get() - random.nextInt(4))
        : top.incrementAndGet();
  }

  private void presence(UserId user, Random random) {
    PresenceState[] states = PresenceState.values();
    presence.set(new PresenceChange(
        0,
        user,
        states[random.nextInt(states.length)],
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty()));
  }

  private void typing(RoomId room, UserId user, Random random) {
    if (random.nextBoolean()) {
      typing.start(room, user, Instant.MAX);
    } else {
      typing.stop(room, user);
    }
  }

  private static ReceiptChange receipt(RoomId room, UserId user, Random random) {
    EventId event = EventId.parse("$1." + random.nextInt(9) + ":h");
    return new ReceiptChange(0, room, user, "m.read", event, Instant.ofEpochMilli(7));
  }

  private static AccountDataChange data(RoomId room, UserId user, Random random) {
    Optional<RoomId> where = random.nextBoolean() ? Optional.of(room) : Optional.empty();
    return new AccountDataChange(0, user, where, "x" + random.nextInt(2), RawJson.of(text(random)));
  }

  private static String text(Random random) {
    return "{\"body\":\"b" + random.nextInt(100) + "\"}";
  }

  private static RoomId room(int number) {
    return World.room("r" + number);
  }
}
