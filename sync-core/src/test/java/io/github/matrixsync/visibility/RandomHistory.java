package io.github.matrixsync.visibility;

import io.github.matrixsync.event.RoomAlias;
import io.github.matrixsync.store.memory.MemoryEventStore;
import io.github.matrixsync.store.memory.MemoryRoomDirectory;
import io.github.matrixsync.store.memory.MemoryUserSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Appends random events of two rooms to a store and to a chronicle, without regard to what a host would allow:
 * memberships and visibilities of every kind, messages, state, redactions of any event, also of future ones and of the
 * other room, outliers that may become live, backfill, and state resolution. Confined to one thread.
 */
final class RandomHistory {
  static final List<String> ROOMS = List.of("a", "b");
  static final List<String> USERS = List.of("u0", "u1", "u2");

  /** The users, and one who is in no event. */
  static final List<String> VIEWERS = List.of("u0", "u1", "u2", "stranger");

  private static final List<String> THERE =
      List.of("world_readable", "shared", "invited", "joined");

  final MemoryEventStore store = MemoryEventStore.create();
  final MemoryUserSettings settings = MemoryUserSettings.create();
  final MemoryRoomDirectory directory = MemoryRoomDirectory.create();
  final Chronicle chronicle = new Chronicle();
  private final Random random;
  private final Map<String, Long> depths = new HashMap<>();

  /** How many of a hundred events set the history visibility. */
  private final int visibilities;

  /** How many of a hundred memberships are always joins: few in the beginning, more later. */
  private int joins;

  private int count;

  RandomHistory(long seed) {
    random = new Random(seed);
    ROOMS.forEach(
        room -> directory.addAlias(EventWriter.room(room), RoomAlias.parse("#" + room + ":h")));
    visibilities = random.nextInt(3) == 0 ? 12 : 44;
  }

  /** Appends about this many events. */
  void goOn(int events) {
    joins = count == 0 ? 5 + 25 * random.nextInt(2) : 30 + 30 * random.nextInt(2);
    int until = count + events;
    while (count < until) {
      List<Fact> batch = new ArrayList<>();
      for (int i = random.nextInt(3); i >= 0; i--) {
        Fact next = any(batch.isEmpty());
        if (batch.stream().allMatch(fact -> fact.id() != next.id())) {
          batch.add(next);
        }
      }
      List<Long> places = store.append(EventWriter.appends(batch));
      for (int i = 0; i < batch.size(); i++) {
        chronicle.add(batch.get(i).at(places.get(i)));
      }
    }
  }

  /** Makes the rooms world readable. */
  void open() {
    for (String room : ROOMS) {
      Fact last = Fact.visibility(++count, room, pick(USERS), "world_readable").deep(depth(room));
      chronicle.add(last.at(store.append(EventWriter.appends(List.of(last))).get(0)));
    }
  }

  /** Changes users' settings. */
  void settle() {
    for (String user : VIEWERS) {
      if (random.nextInt(3) == 0 && USERS.contains(user)) {
        settings.erase(EventWriter.user(user));
        chronicle.erased.add(user);
      }
      Set<String> ignored = new HashSet<>();
      if (random.nextInt(3) == 0) {
        ignored.add(pick(USERS));
      }
      settings.setIgnored(
          EventWriter.user(user),
          Set.copyOf(ignored.stream().map(EventWriter::user).toList()));
      chronicle.ignored.put(user, ignored);
      forget(user, pick(ROOMS), random.nextInt(2) == 0);
    }
  }

  private void forget(String user, String room, boolean forgets) {
    Set<String> forgotten = chronicle.forgotten.computeIfAbsent(user, key -> new HashSet<>());
    if (forgets) {
      settings.forget(EventWriter.user(user), EventWriter.room(room));
      forgotten.add(room);
    } else {
      settings.unforget(EventWriter.user(user), EventWriter.room(room));
      forgotten.remove(room);
    }
  }

  /**
   * Returns a random event. Only the first of a batch changes entries other than its own, so that no entry is set to
   * its present value.
   */
  private Fact any(boolean first) {
    int die = random.nextInt(100);
    if (die < 3) {
      List<Fact> outliers = chronicle.known().stream().filter(Fact::isOutlier).toList();
      if (!outliers.isEmpty()) {
        return becomeLive(pick(outliers));
      }
    }
    if (die < 10) {
      return fresh().outlier();
    }
    if (die < 18) {
      Fact past = fresh();
      String there = random.nextInt(5) == 0 ? null : pick(THERE);
      return past.deep(random.nextInt((int) past.depth() + 1)).backfill(there);
    }
    return first && die < 36 ? resolved(fresh()) : fresh();
  }

  /** Returns an outlier as a live event, which sets its own entry. */
  private Fact becomeLive(Fact outlier) {
    Fact live = Fact.of(outlier.id(), outlier.room(), outlier.sender(), outlier.type());
    String key = outlier.stateKey();
    live = key == null ? live.saying(outlier.says()) : live.state(key, outlier.says());
    Integer target = outlier.redacts();
    return (target == null ? live : live.redacting(target)).deep(outlier.depth());
  }

  /** Returns a live event that sets no entry, sets an entry to an older event, or removes an entry. */
  private Fact resolved(Fact fact) {
    List<Fact> state = chronicle.known().stream()
        .filter(old -> old.isLive() && old.isState() && old.room().equals(fact.room()))
        .toList();
    if (state.isEmpty() || random.nextInt(3) == 0) {
      return fact.setting(List.of());
    }
    Fact old = pick(state);
    String key = old.type() + " " + old.stateKey();
    boolean isNow = chronicle.state(fact.room(), Long.MAX_VALUE).get(key) == old;
    boolean bringsIt = fact.sets().stream().anyMatch(entry -> entry.is(old.type(), old.key()));
    Fact.Entry entry = new Fact.Entry(old.type(), old.key(), isNow ? null : old.id());
    List<Fact.Entry> entries = new ArrayList<>(bringsIt ? List.of() : fact.sets());
    entries.add(entry);
    return fact.setting(entries);
  }

  private Fact fresh() {
    int id = ++count;
    String room = random.nextInt(6) == 0 ? "b" : "a";
    String sender = pick(USERS);
    int die = random.nextInt(100);
    Fact fact;
    if (die < 36) {
      fact = member(id, room, sender);
    } else if (die < 36 + visibilities) {
      fact = Fact.visibility(id, room, sender, pick(Cells.SAID));
    } else if (die < 80) {
      fact = random.nextInt(8) == 0 ? lookalike(id, room, sender) : Fact.message(id, room, sender);
    } else if (die < 88) {
      fact = Fact.topic(id, room, sender);
    } else {
      fact = Fact.of(id, room, sender, "m.room.redaction").redacting(target(id));
    }
    return fact.deep(depth(room));
  }

  /** Returns a member or visibility event without effect: its state key is missing or a different one. */
  private Fact lookalike(int id, String room, String sender) {
    return switch (random.nextInt(3)) {
      case 0 -> Fact.of(id, room, sender, Fact.VISIBILITY).state("elsewhere", pick(Cells.SAID));
      case 1 -> Fact.of(id, room, sender, Fact.VISIBILITY).saying(pick(Cells.SAID));
      default -> Fact.of(id, room, sender, Fact.MEMBER).saying(pick(Cells.MEMBERSHIPS));
    };
  }

  private Fact member(int id, String room, String sender) {
    String subject = random.nextInt(2) == 0 ? sender : pick(USERS);
    int die = random.nextInt(100);
    String membership = die < joins ? "join" : die > 95 ? "unrecognised" : pick(Cells.MEMBERSHIPS);
    return Fact.member(id, room, sender, subject, membership);
  }

  /** Returns one of the last events of any room, a future one, or the redaction itself. */
  private int target(int id) {
    return Math.max(1, id - 12 + random.nextInt(15));
  }

  /** Returns the next depth most often, sometimes an earlier one. */
  private long depth(String room) {
    long highest = depths.getOrDefault(room, 0L);
    long depth = random.nextInt(4) == 0 ? 1 + random.nextInt((int) highest + 1) : highest + 1;
    depths.put(room, Math.max(highest, depth));
    return depth;
  }

  private <T> T pick(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  int random(int bound) {
    return random.nextInt(bound);
  }
}
