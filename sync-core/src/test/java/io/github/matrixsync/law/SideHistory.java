package io.github.matrixsync.law;

import io.github.matrixsync.SmallLimits;
import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.call.InitialSync;
import io.github.matrixsync.call.StreamOptions;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.ephemeral.AccountDataChange;
import io.github.matrixsync.store.ephemeral.PresenceState;
import io.github.matrixsync.store.ephemeral.ReceiptChange;
import io.github.matrixsync.store.ephemeral.TypingChange;
import io.github.matrixsync.world.Host;
import io.github.matrixsync.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A random history of rooms with presence, typing, receipts and account data, which several clients of each user and of
 * an application service follow: one by many small answers, one by few large ones, one by parked polls, one from a
 * snapshot. In the end all must have the same entries: those in the stores that the user may see. Confined to one
 * thread.
 */
final class SideHistory {
  private static final int USERS = 4;
  private static final UserId BOT = World.user("bot");
  private static final Set<UserId> GHOSTS = Set.of(user(0), user(1));
  private static final int ROOMS = 3;
  private static final PresenceState[] STATES = PresenceState.values();

  private final Host host = new Host();
  private final Random random;
  private final boolean restarts;
  private final TreeMap<Long, RoomEvent> log = new TreeMap<>();
  private final List<Follow> follows = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private final String name;

  /** One client of one user, or of the service. */
  private final class Follow {
    private final UserId user;
    private final boolean ofService;
    private final String how;
    private final int often;
    private final int limit;
    private final boolean fromSnapshot;
    private final SideClient client = new SideClient();
    private StreamToken at;

    Follow(UserId user, String how, int often, int limit) {
      this.user = user;
      this.ofService = user.equals(BOT);
      this.how = how;
      this.often = often;
      this.limit = limit;
      this.fromSnapshot = false;
      this.at = StreamToken.of(0, 0, 0, 0, 0);
    }

    Follow(UserId user) {
      this.user = user;
      this.ofService = false;
      this.how = "from a snapshot";
      this.often = 3;
      this.limit = 0;
      this.fromSnapshot = true;
      InitialSync sync = host.engine().initialSync(user, 0);
      client.take(sync.presence());
      client.take(sync.receipts().orElseThrow());
      sync.rooms()
          .forEach(room -> room.accountData()
              .ifPresent(entries -> entries.forEach(entry -> client.accountData.put(
                  "Optional[" + room.room() + "]" + entry.type(),
                  entry.content().toString()))));
      client.take(sync.accountData().orElseThrow());
      this.at = sync.end();
    }

    void pollPerhaps() {
      if (random.nextInt(often) == 0) {
        poll();
      }
    }

    void poll() {
      StreamOptions all = options();
      EventBatch batch =
          host.poll(user, at, limit == 0 ? all : all.withLimit(1 + random.nextInt(limit)));
      if (at.isAheadOf(batch.end()) || (!batch.chunk().isEmpty() && !batch.end().isAheadOf(at))) {
        report(this, "from " + at + " came " + batch.end() + " with " + Host.side(batch));
      }
      long keys = batch.chunk().stream()
          .filter(entry -> entry.type().equals("m.presence"))
          .count();
      if (keys
          != batch.chunk().stream()
              .filter(entry -> entry.type().equals("m.presence"))
              .map(entry -> entry.content().toString().split(",")[0])
              .distinct()
              .count()) {
        report(this, "a user's presence twice: " + Host.side(batch));
      }
      client.take(batch.chunk());
      at = batch.end();
      client.keepPresenceOf(people(at.room()));
    }

    void finish() {
      while (at.isAheadOf(host.here()) || host.here().isAheadOf(at)) {
        poll();
      }
      if (!host.poll(user, at, options()).chunk().isEmpty()) {
        report(this, "has not come to rest at " + at);
      }
    }

    private StreamOptions options() {
      return ofService
          ? new ServiceOracle(BOT, GHOSTS, Set.of(), Set.of()).options()
          : StreamOptions.DEFAULT;
    }

    private Set<RoomId> rooms(long position) {
      Set<RoomId> rooms = joined(user, position);
      if (ofService) {
        GHOSTS.forEach(ghost -> rooms.addAll(joined(ghost, position)));
      }
      return rooms;
    }

    private Set<UserId> people(long position) {
      return peopleIn(rooms(position), ofService ? Set.of() : Set.of(user), position);
    }

    void compare() {
      Set<RoomId> joined = rooms(at.room());
      same("presence", client.presence, presenceOf(people(at.room())));
      client.receipts.keySet().removeIf(key -> !joined.contains(RoomId.parse(key.split(" ")[0])));
      same("receipts", client.receipts, receiptsIn(joined));
      if (!fromSnapshot) {
        same("account data", client.accountData, ofService ? Map.of() : accountDataOf(user));
        client.typing.keySet().retainAll(joined);
        client.typing.values().removeIf(content -> content.equals("{\"user_ids\":[]}"));
        same("typing", client.typing, typingIn(joined));
      }
    }

    private void same(String what, Map<?, ?> known, Map<?, ?> truth) {
      if (!known.equals(truth)) {
        report(this, what + " is " + known + ", should be " + truth);
      }
    }
  }

  SideHistory(long seed) {
    name = "seed " + seed;
    random = new Random(seed);
    restarts = seed % 3 == 0;
    host.start(SmallLimits.window(seed % 2 == 0 ? 10_000 : 4, host.full()));
    for (int u = 0; u < USERS; u++) {
      follows.add(new Follow(user(u), "often", 1, restarts ? 0 : 2));
      follows.add(new Follow(user(u), "now and then", 5, restarts ? 0 : 4));
      follows.add(new Follow(user(u), "seldom", 40, 0));
      follows.add(new Follow(user(u), "at the end", Integer.MAX_VALUE, 0));
    }
    follows.add(new Follow(BOT, "often", 1, restarts ? 0 : 2));
    follows.add(new Follow(BOT, "now and then", 5, restarts ? 0 : 4));
    follows.add(new Follow(BOT, "seldom", 40, 0));
    follows.add(new Follow(BOT, "at the end", Integer.MAX_VALUE, 0));
  }

  /** Returns the failures. */
  List<String> run(int steps) {
    for (int i = 0; i < steps; i++) {
      change();
      follows.forEach(Follow::pollPerhaps);
      if (i % 37 == 36) {
        follows.add(new Follow(user(random.nextInt(USERS))));
      }
      if (restarts && random.nextInt(25) == 0) {
        host.start(host.full());
      }
    }
    follows.forEach(Follow::finish);
    follows.forEach(Follow::compare);
    host.close();
    return problems;
  }

  private void change() {
    UserId user = user(random.nextInt(USERS));
    RoomId room = World.room("r" + random.nextInt(ROOMS));
    switch (random.nextInt(14)) {
      case 0, 1 -> append(host.world.member(room, user, user, "join"));
      case 2 -> append(host.world.member(room, user, user, "leave"));
      case 3 -> append(host.world.member(room, user(0), user, "ban"));
      case 4, 5 -> append(host.world.message(room, user));
      case 6, 7 -> host.presence(user, STATES[random.nextInt(STATES.length)]);
      case 8, 9 -> host.types(room, user, Duration.ofMillis(random.nextInt(400)));
      case 10 -> host.typing.stop(room, user);
      case 11 -> host.reads(room, user, "e" + random.nextInt(5));
      case 12 ->
        host.keeps(
            user,
            random.nextBoolean() ? room : null,
            "x" + random.nextInt(2),
            "{\"v\":" + random.nextInt(9) + "}");
      default -> host.time.advance(Duration.ofMillis(random.nextInt(100)));
    }
  }

  private void append(RoomEvent event) {
    log.put(host.world.append(event), event);
  }

  private Set<RoomId> joined(UserId user, long position) {
    Set<RoomId> joined = new TreeSet<>();
    for (RoomEvent event : log.headMap(position, true).values()) {
      if (event.isAbout(user)) {
        if (event.membership().orElseThrow().value().equals("join")) {
          joined.add(event.room());
        } else {
          joined.remove(event.room());
        }
      }
    }
    return joined;
  }

  private Set<UserId> peopleIn(Set<RoomId> rooms, Set<UserId> always, long position) {
    Set<UserId> people = new TreeSet<>(always);
    for (int u = 0; u < USERS; u++) {
      Set<RoomId> shared = joined(user(u), position);
      shared.retainAll(rooms);
      if (!shared.isEmpty()) {
        people.add(user(u));
      }
    }
    return people;
  }

  private Map<String, String> presenceOf(Set<UserId> people) {
    return host.presence.current(people).stream()
        .filter(change -> change.state() != PresenceState.OFFLINE)
        .collect(Collectors.toMap(
            change -> change.user().value(), change -> change.state().value()));
  }

  private Map<String, String> receiptsIn(Set<RoomId> rooms) {
    return host.receipts.current(rooms).stream()
        .collect(Collectors.toMap(
            change -> change.room() + " " + change.user(),
            (ReceiptChange change) -> change.event().value()));
  }

  private Map<String, String> accountDataOf(UserId user) {
    return host.accountData.current(Set.of(user)).stream()
        .collect(Collectors.toMap(
            change -> change.room().map(RoomId::value) + change.type(),
            (AccountDataChange change) -> change.content().toString()));
  }

  private Map<RoomId, String> typingIn(Set<RoomId> rooms) {
    Map<RoomId, String> typing = new HashMap<>();
    for (TypingChange change : host.typing.current(rooms)) {
      String users = change.users().stream()
          .filter(user -> joined(user, host.events.watermark()).contains(change.room()))
          .map(user -> "\"" + user + "\"")
          .collect(Collectors.joining(","));
      if (!users.isEmpty()) {
        typing.put(change.room(), "{\"user_ids\":[" + users + "]}");
      }
    }
    return typing;
  }

  private void report(Follow follow, String what) {
    problems.add(name + ", " + follow.user + " " + follow.how + ": " + what);
  }

  private static UserId user(int number) {
    return World.user("u" + number);
  }
}
