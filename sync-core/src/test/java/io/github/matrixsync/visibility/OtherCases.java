package io.github.matrixsync.visibility;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Cases that random histories must cover besides the cells of the tables: kinds of redactions, and ways to have left a
 * room.
 */
final class OtherCases {
  private static final List<String> REDACTIONS = List.of(
      "redaction of a redaction",
      "redaction of state that still stands",
      "redaction of what a successor shows",
      "redaction of itself",
      "redactions of each other",
      "redaction that came before its target",
      "redaction of an event of another room",
      "redaction by an outlier",
      "redaction by backfill",
      "several redactions of one event",
      "redaction by one who is erased",
      "redaction of an outlier",
      "redaction of backfill");

  private OtherCases() {}

  static List<String> all() {
    List<String> all = new ArrayList<>(REDACTIONS);
    for (String membership : List.of("none", "join", "invite", "knock", "leave", "ban")) {
      for (String visit : List.of("was in", "never in")) {
        for (String memory : List.of("remembers", "forgot")) {
          if (!membership.equals("join") || visit.equals("was in")) {
            all.add(way(membership, visit, memory));
          }
        }
      }
    }
    return all;
  }

  private static String way(String membership, String visit, String memory) {
    return "now " + membership + ", " + visit + ", " + memory;
  }

  /** Returns how a viewer is related to a room. */
  static String wayOf(Chronicle chronicle, String viewer, String room, long now) {
    boolean in = chronicle.memberships(viewer, room).stream()
        .anyMatch(change -> change.value().equals("join"));
    boolean forgot = chronicle.forgotten.getOrDefault(viewer, Set.of()).contains(room);
    return way(
        chronicle.membership(viewer, room, now),
        in ? "was in" : "never in",
        forgot ? "forgot" : "remembers");
  }

  /** Returns the kinds of redaction that an event is. */
  static List<String> redactionsBy(Chronicle chronicle, Fact fact, long now) {
    List<String> kinds = new ArrayList<>();
    Integer target = fact.redacts();
    Optional<Fact> found = target == null ? Optional.empty() : chronicle.find(target);
    found.ifPresent(redacted -> addRedaction(chronicle, fact, redacted, now, kinds));
    return kinds;
  }

  private static void addRedaction(
      Chronicle chronicle, Fact fact, Fact target, long now, List<String> kinds) {
    if (!target.room().equals(fact.room())) {
      kinds.add("redaction of an event of another room");
      return;
    }
    if (fact.isOutlier()) {
      kinds.add("redaction by an outlier");
      return;
    }
    if (chronicle.redaction(target).filter(fact::equals).isEmpty()) {
      kinds.add("several redactions of one event");
      return;
    }
    add(kinds, target.redacts() != null, "redaction of a redaction");
    add(
        kinds,
        chronicle.state(fact.room(), now).containsValue(target),
        "redaction of state that still stands");
    add(
        kinds,
        chronicle.known().stream()
            .anyMatch(next -> chronicle.replaced(next).filter(target::equals).isPresent()),
        "redaction of what a successor shows");
    add(kinds, target.id() == fact.id(), "redaction of itself");
    add(
        kinds,
        target.id() != fact.id()
            && chronicle.redaction(fact).filter(target::equals).isPresent(),
        "redactions of each other");
    add(
        kinds,
        chronicle.facts().indexOf(fact) < chronicle.facts().indexOf(target),
        "redaction that came before its target");
    add(kinds, fact.how().equals("backfill"), "redaction by backfill");
    add(kinds, chronicle.erased.contains(fact.sender()), "redaction by one who is erased");
    add(kinds, target.isOutlier(), "redaction of an outlier");
    add(kinds, target.how().equals("backfill"), "redaction of backfill");
  }

  private static void add(List<String> kinds, boolean is, String kind) {
    if (is) {
      kinds.add(kind);
    }
  }
}
