package io.github.matrixsync.law.sync;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Compares what clients know of presence, typing, receipts and account data with what there is. Stateless. */
final class SideCheck {
  private SideCheck() {}

  /** Compares what a client knows of the other streams with what it may know as of a position of the log. */
  static List<String> differences(SyncWorld world, SyncLoop loop, long now) {
    SyncOracle oracle = new SyncOracle(world.log, loop.user);
    Map<String, Set<String>> members = members(world.log, oracle, now);
    Set<String> joined = new TreeSet<>(members.keySet());
    joined.removeAll(loop.client.wish().notRooms());
    Map<String, String> want = world.side.now.shownTo(loop.user, joined, members);
    Map<String, String> got = loop.client.sides.shownTo(loop.user, joined, members);
    List<String> differences = new ArrayList<>();
    Set<String> keys = new TreeSet<>(want.keySet());
    keys.addAll(got.keySet());
    for (String key : keys) {
      boolean isSame = Objects.equals(want.get(key), got.get(key));
      if (!isSame
          && !isOldPresence(world.log, key, want, loop.user)
          && !loop.client.sides.mayHide(key, want.get(key))) {
        differences.add("L4 " + key + " is " + got.get(key) + ", expected " + want.get(key));
      }
    }
    return differences;
  }

  /**
   * Returns whether a client may not know that somebody is offline, because they once were in different rooms: who is
   * offline when a room is joined is not told.
   */
  private static boolean isOldPresence(
      SyncLog log, String key, Map<String, String> want, String user) {
    return !want.containsKey(key)
        && log.events().stream()
            .flatMap(event -> event.sets().stream())
            .filter(entry -> entry.type().equals(LoggedEvent.MEMBER))
            .filter(entry -> entry.stateKey().equals(user)
                || SideState.presence(entry.stateKey()).equals(key))
            .anyMatch(entry -> !isJoin(log, entry));
  }

  private static boolean isJoin(SyncLog log, LoggedEvent.Entry entry) {
    return entry.event() != null && log.get(entry.event()).value().equals("join");
  }

  /** Returns what an answer tells that its user may not know, as of a position. */
  static List<String> leaks(SyncLog log, SyncOracle oracle, SyncAnswer answer) {
    long now = SyncAnswer.position(answer.next());
    Set<String> known = new TreeSet<>(Set.of(oracle.user()));
    members(log, oracle, now).values().forEach(known::addAll);
    Set<String> leaks = new TreeSet<>();
    answer.other("presence").stream()
        .filter(event -> !known.contains(event.sender()))
        .forEach(event -> leaks.add("L8 presence of " + event.sender()));
    SideState told = new SideState();
    told.apply(answer, oracle.user());
    told.keys().stream()
        .filter(key -> key.startsWith("receipt ")
            && key.contains(" m.read.private ")
            && !key.contains(" " + oracle.user() + " "))
        .forEach(key -> leaks.add("L8 " + key));
    return List.copyOf(leaks);
  }

  /** Returns who is joined to each room that a user is joined to. */
  static Map<String, Set<String>> members(SyncLog log, SyncOracle oracle, long now) {
    Map<String, Set<String>> members = new TreeMap<>();
    for (String room : log.rooms()) {
      if (oracle.membership(room, now).equals("join")) {
        Set<String> joined = members.computeIfAbsent(room, key -> new TreeSet<>());
        log.state(room, now).forEach((key, id) -> {
          if (LoggedEvent.member(key) != null && log.get(id).value().equals("join")) {
            joined.add(LoggedEvent.member(key));
          }
        });
      }
    }
    return members;
  }
}
