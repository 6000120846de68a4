package io.github.matrixsync.law.sync;

import io.github.matrixsync.law.sync.SyncClient.Room;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Compares what a client holds with what the oracle says that it must hold as of the client's place. Confined to one
 * thread.
 */
final class ClientCheck {
  private static final int HEROES = 5;

  private final SyncLog log;
  private final SyncOracle oracle;
  private final SyncClient client;
  private final boolean isExact;
  private final long now;
  private final List<String> problems = new ArrayList<>();

  /**
   * Creates a check.
   *
   * @param isExact whether all live state events took their entries
   */
  ClientCheck(SyncLog log, SyncOracle oracle, SyncClient client, boolean isExact) {
    this.log = log;
    this.oracle = oracle;
    this.client = client;
    this.isExact = isExact || client.wish().after();
    now = client.token() == null ? 0 : SyncAnswer.position(client.token());
  }

  /**
   * Returns what is wrong.
   *
   * @param earlier places at which the client was, from which it may have fetched all members
   */
  List<String> check(Collection<Long> earlier) {
    for (String room : log.rooms()) {
      if (!client.wish().notRooms().contains(room)) {
        checkSection(room);
        client
            .room(room)
            .filter(held -> held.section == Section.JOIN)
            .ifPresent(held -> checkJoined(room, held, earlier));
      }
    }
    return problems;
  }

  private void checkSection(String room) {
    Section expected = switch (oracle.membership(room, now)) {
      case "join" -> Section.JOIN;
      case "invite" -> Section.INVITE;
      case "knock" -> Section.KNOCK;
      default -> null;
    };
    Section got = client.room(room).map(held -> held.section).orElse(null);
    boolean isRight = expected == null ? got == null || got == Section.LEAVE : got == expected;
    if (!isRight) {
      problems.add("L1 " + room + " is in " + got + ", expected " + expected);
    }
  }

  private void checkJoined(String room, Room held, Collection<Long> earlier) {
    Map<String, String> state = log.state(room, now);
    if (isExact) {
      checkEntries(room, held, state);
    }
    checkSummary(room, held, state);
    if (isExact && client.wish().lazy()) {
      checkMembers(room, held, state, earlier);
    }
  }

  /** Compares entries; one that vanished without an event may still be held. */
  private void checkEntries(String room, Room held, Map<String, String> state) {
    Set<String> keys = new HashSet<>(state.keySet());
    keys.addAll(held.entries.keySet());
    for (String key : keys) {
      String want = state.get(key);
      String got = held.entries.get(key);
      boolean mayLack = client.wish().lazy() && LoggedEvent.member(key) != null;
      if (want != null && !want.equals(got) && !(got == null && mayLack)) {
        problems.add(
            (mayLack ? "L5 " : "L2 ") + room + " " + key + " is " + got + ", expected " + want);
      } else if (want == null && !everWas(room, key, got)) {
        problems.add("L2 " + room + " has " + key + " " + got + ", which never was");
      }
    }
  }

  private boolean everWas(String room, String key, String id) {
    return log.of(room, now).stream()
        .flatMap(event -> event.sets().stream())
        .anyMatch(entry -> entry.key().equals(key) && id.equals(entry.event()));
  }

  private void checkMembers(
      String room, Room held, Map<String, String> state, Collection<Long> earlier) {
    Set<String> needed = new HashSet<>();
    held.timeline.forEach(event -> needed.add(event.sender()));
    needed.add(oracle.user());
    SyncClient.heroes(held).ifPresent(heroes -> heroes.forEach(hero -> needed.add((String) hero)));
    for (String user : needed) {
      String key = LoggedEvent.memberKey(user);
      if (state.containsKey(key) && !held.entries.containsKey(key)) {
        problems.add("L5 " + room + " has no member event of " + user);
      }
    }
    earlier.forEach(place -> checkAllMembers(room, held, state, place));
  }

  /** Checks that a client has all members that fetched those of an earlier place, where the user was joined. */
  private void checkAllMembers(String room, Room held, Map<String, String> state, long place) {
    if (!oracle.membership(room, place).equals("join")) {
      return;
    }
    Map<String, String> fetched = log.state(room, place);
    state.forEach((key, want) -> {
      String got = held.entries.getOrDefault(key, fetched.get(key));
      if (LoggedEvent.member(key) != null && !want.equals(got)) {
        problems.add("L5 " + room + " with members of " + place + ": " + key + " is " + got
            + ", expected " + want);
      }
    });
  }

  private void checkSummary(String room, Room held, Map<String, String> state) {
    long joined = members(state, "join").count();
    long invited = members(state, "invite").count();
    if (!held.summary.containsKey("m.joined_member_count")) {
      problems.add("L4 " + room + " has no summary");
      return;
    }
    same(room + " joined", joined, SyncClient.count(held, "m.joined_member_count"));
    same(room + " invited", invited, SyncClient.count(held, "m.invited_member_count"));
    if (!hasName(state)) {
      same(room + " heroes", heroes(state), SyncClient.heroes(held).orElse(List.of()));
    }
  }

  private Stream<LoggedEvent> members(Map<String, String> state, String... memberships) {
    return state.entrySet().stream()
        .filter(entry -> LoggedEvent.member(entry.getKey()) != null)
        .map(entry -> log.get(entry.getValue()))
        .filter(event -> List.of(memberships).contains(event.value()))
        .sorted(Comparator.comparingLong(LoggedEvent::position));
  }

  private List<String> heroes(Map<String, String> state) {
    List<String> present = others(Stream.concat(members(state, "join"), members(state, "invite")));
    return present.isEmpty() ? others(members(state, "leave", "ban")) : present;
  }

  private List<String> others(Stream<LoggedEvent> members) {
    return members
        .map(event -> String.valueOf(event.stateKey()))
        .filter(user -> !user.equals(oracle.user()))
        .limit(HEROES)
        .toList();
  }

  private boolean hasName(Map<String, String> state) {
    return Stream.of("m.room.name", "m.room.canonical_alias")
        .map(type -> state.get(LoggedEvent.key(type, "")))
        .anyMatch(id -> id != null && !log.get(id).value().isEmpty() && !log.isRedacted(id, now));
  }

  private void same(String what, Object expected, Object got) {
    if (!expected.equals(got)) {
      problems.add("L4 " + what + " is " + got + ", expected " + expected);
    }
  }
}
