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
 * All events in order of arrival, and the users' settings. Every query goes through all of them from the beginning.
 * Confined to one thread.
 */
final class Chronicle {
  /**
   * A membership or a visibility that changes at a place.
   *
   * @param own whether the event at this place sets its own entry
   * @param event the event that is the state entry; null if the entry was removed
   */
  record Change(
      long place, String value, boolean own, @Nullable Integer event) {}

  /** The membership of a user, or, without one, the visibility. */
  private record Key(String room, @Nullable String user) {}

  private final List<Fact> facts = new ArrayList<>();
  private final Map<Integer, Fact> known = new LinkedHashMap<>();
  private final Map<Key, List<Change>> changes = new HashMap<>();
  private final Map<Integer, Optional<Fact>> redactions = new HashMap<>();
  private final Map<Integer, Optional<Fact>> replaced = new HashMap<>();
  final Set<String> erased = new HashSet<>();
  final Map<String, Set<String>> ignored = new HashMap<>();
  final Map<String, Set<String>> forgotten = new HashMap<>();

  void add(Fact fact) {
    facts.add(fact);
    known.put(fact.id(), fact);
    changes.clear();
    redactions.clear();
    replaced.clear();
  }

  /** Returns all events in order of arrival; an outlier that became live is there twice. */
  List<Fact> facts() {
    return facts;
  }

  /** Returns each event once, in its latest kind. */
  List<Fact> known() {
    return List.copyOf(known.values());
  }

  Optional<Fact> find(int id) {
    return Optional.ofNullable(known.get(id));
  }

  /** Returns the changes of a user's membership of a room, in order. */
  List<Change> memberships(String user, String room) {
    return changes.computeIfAbsent(new Key(room, user), key -> {
      List<Change> found = entry(room, Fact.MEMBER, user, "none");
      facts.stream()
          .filter(fact -> fact.isOutlier() && fact.room().equals(room) && fact.isAbout(user))
          .forEach(fact -> found.add(new Change(fact.place(), word(fact), true, fact.id())));
      found.sort((one, other) -> Long.compare(one.place(), other.place()));
      return found;
    });
  }

  /** Returns the changes of a room's history visibility, in order. */
  List<Change> visibilities(String room) {
    return changes.computeIfAbsent(
        new Key(room, null), key -> entry(room, Fact.VISIBILITY, "", "unset"));
  }

  private List<Change> entry(String room, String type, String key, String gone) {
    List<Change> found = new ArrayList<>();
    for (Fact fact : facts) {
      for (Fact.Entry entry : fact.isLive() && fact.room().equals(room) ? fact.sets() : NOTHING) {
        if (entry.is(type, key)) {
          Integer event = entry.event();
          String value = event == null ? gone : find(event).map(Chronicle::word).orElseThrow();
          found.add(new Change(fact.place(), value, event != null && event == fact.id(), event));
        }
      }
    }
    return found;
  }

  private static final List<Fact.Entry> NOTHING = List.of();

  /** Returns the value of an event in the words of the tables: an unknown membership is leave. */
  private static String word(Fact fact) {
    boolean unknown = fact.is(Fact.MEMBER) && !Cells.MEMBERSHIPS.contains(fact.says());
    return unknown ? "leave" : fact.says();
  }

  /** Returns the last value up to a place. */
  static String at(List<Change> changes, long place, String before) {
    String value = before;
    for (Change change : changes) {
      if (change.place() <= place) {
        value = change.value();
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

  /** Returns whether the event becomes the room's visibility at its place. */
  boolean changesVisibility(Fact fact) {
    return fact.isLive()
        && visibilities(fact.room()).stream()
            .anyMatch(change -> change.place() == fact.place() && change.own());
  }

  /** Returns whether a user joins after a place. */
  boolean joinsAfter(String user, String room, long place) {
    String before = "none";
    boolean joins = false;
    for (Change change : memberships(user, room)) {
      joins |= change.place() > place && change.value().equals("join") && !before.equals("join");
      before = change.value();
    }
    return joins;
  }

  /** Returns the place of a user's last leave; empty if they never joined or are joined. */
  Optional<Long> lastLeave(String user, String room) {
    Optional<Long> end = Optional.empty();
    String before = "none";
    for (Change change : memberships(user, room)) {
      if (change.value().equals("join")) {
        end = Optional.empty();
      } else if (before.equals("join")) {
        end = Optional.of(change.place());
      }
      before = change.value();
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

  /** Returns the state event that an event replaced. */
  Optional<Fact> replaced(Fact fact) {
    return fact.isState() && fact.isLive()
        ? replaced.computeIfAbsent(
            fact.id(),
            id -> Optional.ofNullable(
                    state(fact.room(), fact.place() - 1).get(fact.type() + " " + fact.stateKey()))
                .filter(old -> old.id() != id))
        : Optional.empty();
  }

  /** Returns the redaction that counts: the first live one of the same room, else the first backfilled one. */
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
