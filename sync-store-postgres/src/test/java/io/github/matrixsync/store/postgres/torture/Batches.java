package io.github.matrixsync.store.postgres.torture;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.HistoryVisibility;
import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.model.Append;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Makes the batches of one thread of a writer: messages, memberships, state that many writers set at once, redactions,
 * outliers and backfill. An event's id names its batch, its place in it and the batch's size, so that the end of the
 * run can tell whether a batch is whole. Confined to one thread.
 */
final class Batches {
  static final int USERS = 60;
  static final int ROOMS = 120;
  private static final int REMEMBERED = 200;

  private final Random random;
  private final String name;
  private final List<RoomEvent> live = new ArrayList<>();
  private final List<RoomEvent> outliers = new ArrayList<>();
  private int batches;

  /** Makes a source of batches whose ids begin with a name that no other has. */
  Batches(String name, Random random) {
    this.name = name;
    this.random = random;
  }

  static UserId user(int number) {
    return UserId.parse("@u" + number + ":example.org");
  }

  static RoomId room(int number) {
    return RoomId.parse("!r" + number + ":example.org");
  }

  /** Returns new events. */
  List<Append> next(boolean isHosts) {
    int size = size();
    String batch = (isHosts ? "$h." : "$s.") + name + "." + ++batches + ".";
    List<Append> appends = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      appends.add(append(EventId.parse(batch + i + "." + size)));
    }
    return appends;
  }

  private int size() {
    int kind = random.nextInt(10);
    if (kind < 5) {
      return 1 + random.nextInt(5);
    }
    return kind < 8 ? 10 + random.nextInt(30) : 50 + random.nextInt(400);
  }

  /** Returns events that are stored: outliers that become live, and live ones that come again. */
  List<Append> again() {
    List<Append> appends = new ArrayList<>();
    for (int i = Math.min(3, outliers.size()); i > 0; i--) {
      appends.add(Append.live(outliers.remove(random.nextInt(outliers.size()))));
    }
    for (int i = Math.min(3, live.size()); i > 0; i--) {
      appends.add(Append.live(live.get(random.nextInt(live.size()))));
    }
    return appends;
  }

  /** Remembers what was stored. */
  void stored(List<Append> appends) {
    for (Append append : appends) {
      switch (append.kind()) {
        case LIVE -> remember(live, append.event());
        case OUTLIER -> remember(outliers, append.event());
        case BACKFILL -> {}
      }
    }
  }

  private void remember(List<RoomEvent> events, RoomEvent event) {
    if (events.size() < REMEMBERED) {
      events.add(event);
    } else {
      events.set(random.nextInt(REMEMBERED), event);
    }
  }

  private Append append(EventId id) {
    int kind = random.nextInt(100);
    RoomId room = room(random.nextInt(ROOMS));
    if (kind < 18) {
      return Append.live(member(id, room, random.nextInt(10) < 6 ? Membership.JOIN : leave()));
    }
    if (kind < 26) {
      return Append.live(event(id, room, "m.room.topic").stateKey("").build());
    }
    if (kind < 28) {
      return Append.live(event(id, room, RoomEvent.HISTORY_VISIBILITY)
          .stateKey("")
          .historyVisibility(visibility())
          .build());
    }
    if (kind < 31) {
      return Append.outlier(member(id, room, Membership.INVITE));
    }
    if (kind < 35) {
      return Append.backfill(
          event(id, room, "m.room.message").depth(random.nextInt(50)).build(),
          Optional.of(visibility()));
    }
    return kind < 40 && !live.isEmpty()
        ? Append.live(redaction(id))
        : Append.live(event(id, room, "m.room.message").build());
  }

  private RoomEvent redaction(EventId id) {
    RoomEvent target = live.get(random.nextInt(live.size()));
    return event(id, target.room(), "m.room.redaction").redacts(target.id()).build();
  }

  private RoomEvent member(EventId id, RoomId room, Membership membership) {
    UserId user = user(random.nextInt(USERS));
    return event(id, room, RoomEvent.MEMBER)
        .stateKey(user.value())
        .membership(membership)
        .build();
  }

  private Membership leave() {
    return random.nextInt(4) == 0 ? Membership.BAN : Membership.LEAVE;
  }

  private HistoryVisibility visibility() {
    HistoryVisibility[] all = HistoryVisibility.values();
    return all[random.nextInt(all.length)];
  }

  private RoomEvent.Builder event(EventId id, RoomId room, String type) {
    return RoomEvent.builder(id, room, user(random.nextInt(USERS)), type)
        .json(RawJson.of("{\"body\":\"" + "x".repeat(random.nextInt(200)) + "\"}"));
  }
}
