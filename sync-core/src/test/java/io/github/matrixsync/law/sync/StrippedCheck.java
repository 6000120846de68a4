package io.github.matrixsync.law.sync;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks the stripped state of a room that the user is invited to or knocks at. Stateless. */
final class StrippedCheck {
  private static final Set<String> KEYS = Set.of("type", "state_key", "sender", "content");
  private static final List<String> TYPES = List.of(
      "m.room.create",
      "m.room.name",
      "m.room.avatar",
      "m.room.topic",
      "m.room.join_rules",
      "m.room.canonical_alias",
      "m.room.encryption");

  private StrippedCheck() {}

  static List<String> check(
      SyncLog log, SyncOracle oracle, String room, long end, SyncAnswer.Room told) {
    List<String> problems = new ArrayList<>();
    SyncLog.Step last =
        oracle.steps(room, end).stream().reduce((one, other) -> other).orElseThrow();
    LoggedEvent own = last.event().orElseThrow();
    Map<String, String> expected = new HashMap<>();
    if (!own.isOutlier()) {
      Map<String, String> state = log.state(room, last.position());
      TYPES.forEach(type -> {
        String id = state.get(LoggedEvent.key(type, ""));
        if (id != null) {
          expected.put(LoggedEvent.key(type, ""), log.get(id).sender());
        }
      });
    }
    expected.put(LoggedEvent.memberKey(oracle.user()), own.sender());
    Map<String, String> got = new HashMap<>();
    for (SyncAnswer.Event event : told.state()) {
      if (!event.json().keySet().equals(KEYS)) {
        problems.add(room + " stripped event has " + event.json().keySet());
      }
      got.put(event.key().orElseThrow(), event.sender());
    }
    if (!got.equals(expected) || got.size() != told.state().size()) {
      problems.add(room + " stripped state is " + told.state() + ", expected " + expected);
    }
    return problems;
  }
}
