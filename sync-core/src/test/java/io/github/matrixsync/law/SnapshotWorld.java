package io.github.matrixsync.law;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.AppendableEventStore;
import io.github.matrixsync.store.ephemeral.AccountDataChange;
import io.github.matrixsync.store.ephemeral.PresenceChange;
import io.github.matrixsync.store.ephemeral.PresenceState;
import io.github.matrixsync.store.ephemeral.ReceiptChange;
import io.github.matrixsync.store.memory.MemoryAccountDataStore;
import io.github.matrixsync.store.memory.MemoryEventStore;
import io.github.matrixsync.store.memory.MemoryPresenceStore;
import io.github.matrixsync.store.memory.MemoryReceiptStore;
import io.github.matrixsync.store.memory.MemoryTypingStore;
import io.github.matrixsync.store.memory.MemoryUserSettings;
import io.github.matrixsync.store.model.Append;
import io.github.matrixsync.store.state.MemberChange;
import io.github.matrixsync.world.World;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A random host: users join and leave rooms, are invited, kicked and banned; state changes, events are redacted, also
 * before they come, and some hosts backfill; with presence, typing, receipts and account data. Thread-safe, each writer
 * with its own random numbers.
 */
final class SnapshotWorld {
  static final int USERS = 5;
  private static final int ROOMS = 4;
  final AppendableEventStore events;
  final MemoryPresenceStore presence = MemoryPresenceStore.create();
  final MemoryTypingStore typing = MemoryTypingStore.create();
  final MemoryReceiptStore receipts = MemoryReceiptStore.create();
  final MemoryAccountDataStore accountData = MemoryAccountDataStore.create();
  final MemoryUserSettings settings = MemoryUserSettings.create();
  private final RandomEvents make = new RandomEvents();
  private final AtomicLong appended = new AtomicLong();
  private final boolean past;
  private final AtomicLong farRooms = new AtomicLong();
  private final Queue<RoomEvent> invited = new ConcurrentLinkedQueue<>();

  SnapshotWorld(AppendableEventStore events, Random random) {
    this.events = events;
    past = random.nextInt(3) == 0;
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

  static Set<UserId> users() {
    return IntStream.range(0, USERS).mapToObj(SnapshotWorld::user).collect(Collectors.toSet());
  }

  /** Returns the only user who may ignore another. */
  static UserId ignoring() {
    return user(0);
  }

  long appended() {
    return appended.get();
  }

  /** Makes one random change. */
  void write(Random random) {
    RoomId room = room(random.nextInt(ROOMS));
    UserId actor = user(random.nextInt(USERS));
    UserId subject = user(random.nextInt(USERS));
    switch (random.nextInt(26)) {
      case 0, 1, 2, 3 -> append(live(make.member(room, actor, actor, "join", random)));
      case 4 -> append(live(make.member(room, actor, actor, "leave", random)));
      case 5 -> append(live(make.member(room, actor, subject, "leave", random)));
      case 6 -> append(live(make.member(room, actor, subject, "ban", random)));
      case 7, 8 -> invite(room, actor, subject, random);
      case 9 ->
        append(live(make.state(room, actor, "m.room.topic", RandomEvents.text(random), random)));
      case 10 ->
        append(live(
            make.state(room, actor, "x.k" + random.nextInt(2), RandomEvents.text(random), random)));
      case 11 -> append(live(make.visibility(room, actor, random)));
      case 12, 13 -> append(live(make.redaction(room, actor, random)));
      case 14 ->
        append(past ? make.old(room, actor, random) : live(make.message(room, actor, random)));
      case 15 ->
        append(
            live(make.member(room, actor, actor, "join", random)),
            live(make.message(room, actor, random)),
            live(make.state(room, subject, "m.room.topic", RandomEvents.text(random), random)));
      case 16 -> presence(actor, random);
      case 17 -> typing(room, actor, random);
      case 18 -> receipts.set(receipt(room, actor, random));
      case 19 -> accountData.set(data(room, actor, random));
      case 20 -> inviteFromElsewhere(subject, random);
      case 21 -> followInvitation(random);
      case 22 -> invite(room, user(1), ignoring(), random);
      default -> append(live(make.message(room, actor, random)));
    }
  }

  private void create(RoomId room, UserId creator, Random random) {
    append(
        live(make.state(
            room, creator, "m.room.create", "{\"creator\":\"" + creator + "\"}", random)),
        live(make.member(room, creator, creator, "join", random)),
        live(make.visibility(room, creator, random)));
  }

  private void append(Append... batch) {
    events.append(List.of(batch));
    appended.addAndGet(batch.length);
  }

  /**
   * An ignored user invites only users who are not in the room, as a host would allow: an invitation that is not shown
   * would end a membership unseen. With several writers nobody knows who is joined.
   */
  private void invite(RoomId room, UserId actor, UserId subject, Random random) {
    boolean mayBeIn = !(events instanceof MemoryEventStore) || isIn(room, subject);
    UserId inviter = actor.equals(user(1)) && mayBeIn ? subject : actor;
    append(live(make.member(room, inviter, subject, "invite", random)));
  }

  private boolean isIn(RoomId room, UserId user) {
    MemberChange last = events.memberships(user, events.watermark()).get(room);
    return last != null && last.after() == Membership.JOIN;
  }

  /** Invites a user by an outlier into a room without members of this server. */
  private void inviteFromElsewhere(UserId subject, Random random) {
    RoomId far = World.room("far" + farRooms.incrementAndGet());
    RoomEvent invite = make.member(far, World.user("elsewhere"), subject, "invite", random);
    append(Append.outlier(invite));
    invited.add(invite);
  }

  /** Lets an invited user join the room or decline. */
  private void followInvitation(Random random) {
    RoomEvent invite = invited.poll();
    if (invite != null) {
      RoomId far = invite.room();
      UserId subject = invite.subject().orElseThrow();
      String answer = random.nextBoolean() ? "join" : "leave";
      append(live(make.member(far, subject, subject, answer, random)));
      append(live(make.message(far, World.user("elsewhere"), random)));
    }
  }

  private static Append live(RoomEvent event) {
    return Append.live(event);
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
    return new AccountDataChange(
        0, user, where, "x" + random.nextInt(2), RawJson.of(RandomEvents.text(random)));
  }

  private static RoomId room(int number) {
    return World.room("r" + number);
  }
}
