package io.github.matrixsync.visibility;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that happened, in the order in which it came, and what users have set for themselves. Every question is answered
 * by going through it from the beginning. Confined to one thread.
 */
final class Chronicle {
  /**
   * Something has a value from a place on.
   *
   * @param own whether the event at this place is itself what brought it
   * @param event what says so; null: nothing does any more
   */
  record Turn(
      long place, String value, boolean own, @Nullable Integer event) {}

  /** What turns: the membership of a user, or, without one, the visibility. */
  private record Subject(String room, @Nullable String user) {}

  private final List<Fact> facts = new ArrayList<>();
  private final Map<Integer, Fact> known = new LinkedHashMap<>();
  private final Map<Subject, List<Turn>> turns = new HashMap<>();
  private final Map<Integer, Optional<Fact>> redactions = new HashMap<>();
  private final Map<Integer, Optional<Fact>> replaced = new HashMap<>();
  final Set<String> erased = new HashSet<>();
  final Map<String, Set<String>> ignored = new HashMap<>();
  final Map<String, Set<String>> forgotten = new HashMap<>();

  void add(Fact fact) {
    facts.add(fact);
    known.put(fact.id(), fact);
    turns.clear();
    redactions.clear();
    replaced.clear();
  }

  /** Returns everything in the order in which it came; an outlier that became live stands there twice. */
  List<Fact> facts() {
    return facts;
  }

  /** Returns each event once, as what it is now. */
  List<Fact> known() {
    return List.copyOf(known.values());
  }

  Optional<Fact> find(int id) {
    return Optional.ofNullable(known.get(id));
  }

  /** Returns how often a user's membership of a room turned, in order. */
  List<Turn> memberships(String user, String room) {
    return turns.computeIfAbsent(new Subject(room, user), key -> {
      List<Turn> found = entry(room, Fact.MEMBER, user, "none");
      facts.stream()
          .filter(fact -> fact.isOutlier() && fact.room().equals(room) && fact.isAbout(user))
          .forEach(fact -> found.add(new Turn(fact.place(), word(fact), true, fact.id())));
      found.sort((one, other) -> Long.compare(one.place(), other.place()));
      return found;
    });
  }

  /** Returns how often the visibility of a room turned, in order. */
  List<Turn> visibilities(String room) {
    return turns.computeIfAbsent(
        new Subject(room, null), key -> entry(room, Fact.VISIBILITY, "", "unset"));
  }

  private List<Turn> entry(String room, String type, String key, String gone) {
    List<Turn> found = new ArrayList<>();
    for (Fact fact : facts) {
      for (Fact.Entry entry : fact.isLive() && fact.room().equals(room) ? fact.sets() : NOTHING) {
        if (entry.is(type, key)) {
          Integer event = entry.event();
          String value = event == null ? gone : find(event).map(Chronicle::word).orElseThrow();
          found.add(new Turn(fact.place(), value, event != null && event == fact.id(), event));
        }
      }
    }
    return found;
  }

  private static final List<Fact.Entry> NOTHING = List.of();

  /** Returns what an event says, as the tables have it: an unknown membership is leave. */
  private static String word(Fact fact) {
    boolean unknown = fact.is(Fact.MEMBER) && !Cells.MEMBERSHIPS.contains(fact.says());
    return unknown ? "leave" : fact.says();
  }

  /** Returns the last value up to a place. */
  static String at(List<Turn> turns, long place, String before) {
    String value = before;
    for (Turn turn : turns) {
      if (turn.place() <= place) {
        value = turn.value();
      }
    }
    return value;
  }

  String membership(String user, String room, long place) {
    return at(memberships(user, room), place, "none");
  }

  String visibility(String room, long place) {
    return at(visibilities(room), place, "unset");
  }

  /** Returns whether the event itself, and no other, is what the visibility is from its place on. */
  boolean changesVisibility(Fact fact) {
    return fact.isLive()
        && visibilities(fact.room()).stream()
            .anyMatch(turn -> turn.place() == fact.place() && turn.own());
  }

  /** Returns whether a user comes in at a place above the given one. */
  boolean joinsAfter(String user, String room, long place) {
    String before = "none";
    boolean joins = false;
    for (Turn turn : memberships(user, room)) {
      joins |= turn.place() > place && turn.value().equals("join") && !before.equals("join");
      before = turn.value();
    }
    return joins;
  }

  /** Returns where the last time that a user was in a room ended; empty if they never were or are still. */
  Optional<Long> lastLeave(String user, String room) {
    Optional<Long> end = Optional.empty();
    String before = "none";
    for (Turn turn : memberships(user, room)) {
      if (turn.value().equals("join")) {
        end = Optional.empty();
      } else if (before.equals("join")) {
        end = Optional.of(turn.place());
      }
      before = turn.value();
    }
    return end;
  }

  /** Returns the state entries of a room as of a place, by type and key. */
  Map<String, Fact> state(String room, long place) {
    Map<String, Fact> state = new LinkedHashMap<>();
    for (Fact fact : facts) {
      for (Fact.Entry entry : isLiveUpTo(fact, room, place) ? fact.sets() : NOTHING) {
        String key = entry.type() + " " + entry.stateKey();
        state.remove(key);
        Optional.ofNullable(entry.event())
            .map(known::get)
            .ifPresent(fact2 -> state.put(key, fact2));
      }
    }
    return state;
  }

  private static boolean isLiveUpTo(Fact fact, String room, long place) {
    return fact.isLive() && fact.room().equals(room) && fact.place() <= place;
  }

  /** Returns the state event whose content a successor shows as what it replaced. */
  Optional<Fact> replaced(Fact fact) {
    return fact.isState() && fact.isLive()
        ? replaced.computeIfAbsent(
            fact.id(),
            id -> Optional.ofNullable(
                    state(fact.room(), fact.place() - 1).get(fact.type() + " " + fact.stateKey()))
                .filter(old -> old.id() != id))
        : Optional.empty();
  }

  /** Returns the redaction that counts: the first live one of the same room, else the first that was backfilled. */
  Optional<Fact> redaction(Fact target) {
    return redactions.computeIfAbsent(
        target.id(),
        id -> firstRedaction(target, "live").or(() -> firstRedaction(target, "backfill")));
  }

  private Optional<Fact> firstRedaction(Fact target, String how) {
    return facts.stream()
        .filter(fact -> fact.room().equals(target.room()) && fact.how().equals(how))
        .filter(fact -> Integer.valueOf(target.id()).equals(fact.redacts()))
        .findFirst();
  }
}
