package io.github.matrixsync.visibility;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Computes by the rules of the specification what each viewer sees of each event, from all events. It shares no code
 * with the engine and uses no ranges. Its answers are lines as {@link Marks} makes them. Confined to one thread.
 */
final class SpecOracle {
  static final String HIDDEN = "hidden";

  private static final List<Fact.Entry> NOTHING = List.of();

  private final Chronicle chronicle;
  private final long now;

  /** Makes an oracle as of the end of the log. */
  SpecOracle(Chronicle chronicle, long now) {
    this.chronicle = chronicle;
    this.now = now;
  }

  /** Returns whether a viewer may read by the visibility, the membership, and whether they join later. */
  private static boolean mayRead(String visibility, String membership, boolean comesInLater) {
    if (visibility.equals("world_readable") || membership.equals("join")) {
      return true;
    }
    if (visibility.equals("joined")) {
      return false;
    }
    return visibility.equals("invited") ? membership.equals("invite") : comesInLater;
  }

  /**
   * Returns whether a viewer ignores an event: one that an ignored user sent and that is not state, or their invite.
   */
  private boolean isUnwanted(String viewer, Fact fact) {
    boolean ofIgnored = !fact.sender().equals(viewer)
        && chronicle.ignored.getOrDefault(viewer, Set.of()).contains(fact.sender());
    boolean invites = fact.isAbout(viewer) && fact.says().equals("invite");
    return ofIgnored && (!fact.isState() || invites);
  }

  /** Returns whether a viewer may read an event; without {@code asMember} as if they had never been in the room. */
  private boolean sees(String viewer, Fact fact, boolean asMember) {
    if (isUnwanted(viewer, fact)) {
      return false;
    }
    if (fact.isOutlier()) {
      return fact.isAbout(viewer);
    }
    if (fact.isAbout(viewer) || fact.sender().equals(viewer)) {
      return true;
    }
    String membership = asMember ? chronicle.membership(viewer, fact.room(), fact.place()) : "none";
    boolean later = asMember && chronicle.joinsAfter(viewer, fact.room(), fact.place());
    String there = fact.there();
    if (fact.how().equals("backfill")) {
      return there != null && mayRead(there, "none", later);
    }
    boolean after = mayRead(chronicle.visibility(fact.room(), fact.place()), membership, later);
    boolean before = chronicle.changesVisibility(fact)
        && mayRead(chronicle.visibility(fact.room(), fact.place() - 1), membership, later);
    return after || before;
  }

  /** Returns whether the event's sender asked for erasure and the viewer was not in the room. */
  private boolean isErasedFor(String viewer, Fact fact, boolean asMember) {
    boolean in = asMember
        && fact.place() > 0
        && chronicle.membership(viewer, fact.room(), fact.place()).equals("join");
    return chronicle.erased.contains(fact.sender()) && !in;
  }

  /** Returns an event as it is shown. */
  String show(String viewer, Fact fact, boolean withReplaced, boolean asMember) {
    Optional<Fact> redaction = chronicle.redaction(fact);
    Set<String> marks = new TreeSet<>();
    if (redaction.isEmpty() && !isErasedFor(viewer, fact, asMember)) {
      marks.add("beside-" + fact.id());
      marks.add("within-" + fact.id());
    }
    chronicle
        .replaced(fact)
        .filter(old -> withReplaced)
        .filter(old -> chronicle.redaction(old).isEmpty())
        .filter(old -> !isErasedFor(viewer, old, asMember))
        .ifPresent(old -> marks.add("within-" + old.id()));
    redaction
        .filter(because -> chronicle.redaction(because).isEmpty())
        .filter(because -> !chronicle.erased.contains(because.sender()))
        .ifPresent(because -> {
          marks.add("beside-" + because.id());
          marks.add("within-" + because.id());
        });
    return fact.id() + " " + marks
        + redaction.map(because -> " redacted by " + because.id()).orElse("");
  }

  /** Returns a single event, without the content that it replaced. */
  String byId(String viewer, Fact fact) {
    return sees(viewer, fact, true) ? show(viewer, fact, false, true) : HIDDEN;
  }

  /**
   * Returns the stream: events in rooms that the viewer was in, sent, or is the subject of. An outlier is for its
   * subject only, and once; a state event that lost state resolution is for its sender only.
   */
  List<String> stream(String viewer, long after) {
    return dueTo(viewer, after).map(fact -> show(viewer, fact, true, true)).toList();
  }

  /** Returns the events in the stream. */
  List<Integer> due(String viewer, long after) {
    return dueTo(viewer, after).map(Fact::id).toList();
  }

  private Stream<Fact> dueTo(String viewer, long after) {
    return chronicle.facts().stream()
        .filter(fact -> fact.place() > after && isDue(viewer, fact, false));
  }

  /**
   * Returns the stream of one room: what is due, and what is world readable before or after the event; empty if the
   * room may not be read now.
   */
  Optional<List<String>> peek(String viewer, String room, long after) {
    boolean in = chronicle.membership(viewer, room, now).equals("join");
    if (!in && !chronicle.visibility(room, now).equals("world_readable")) {
      return Optional.empty();
    }
    return Optional.of(chronicle.facts().stream()
        .filter(fact -> fact.room().equals(room) && fact.place() > after)
        .filter(fact -> isDue(viewer, fact, true))
        .map(fact -> show(viewer, fact, true, true))
        .toList());
  }

  private boolean isDue(String viewer, Fact fact, boolean peeks) {
    if (isUnwanted(viewer, fact) || fact.place() < 0) {
      return false;
    }
    if (fact.isAbout(viewer) && !fact.isOutlier() && wasGivenBefore(fact)) {
      return false;
    }
    if (fact.hasLost()) {
      return fact.isLive() && fact.sender().equals(viewer);
    }
    if (fact.isAbout(viewer)) {
      return true;
    }
    boolean in = chronicle.membership(viewer, fact.room(), fact.place()).equals("join");
    return fact.isLive() && (in || fact.sender().equals(viewer) || (peeks && isOpenAround(fact)));
  }

  private boolean isOpenAround(Fact fact) {
    return chronicle.visibility(fact.room(), fact.place()).equals("world_readable")
        || chronicle.visibility(fact.room(), fact.place() - 1).equals("world_readable");
  }

  /** Returns whether an event was already delivered as an outlier. */
  boolean wasGivenBefore(Fact fact) {
    return chronicle.facts().stream()
        .anyMatch(
            other -> other.isOutlier() && other.id() == fact.id() && other.place() < fact.place());
  }

  /**
   * Returns a room's history, oldest first; empty if it may not be read. A viewer who left and forgot the room is
   * treated as one who was never in it. A viewer who is invited or knocks again reads what everybody may read, or what
   * they could read before if the room is not world readable now.
   */
  Optional<List<String>> page(String viewer, String room) {
    boolean asMember = !hasForgotten(viewer, room);
    boolean asks = Set.of("invite", "knock").contains(membership(viewer, room));
    Optional<Long> open = asks ? extent(viewer, room, false) : Optional.empty();
    return open.or(() -> extent(viewer, room, asMember))
        .map(end -> history(viewer, room, end, asMember));
  }

  private boolean hasForgotten(String viewer, String room) {
    List<Chronicle.Change> changes = wanted(viewer, room);
    String last = membership(viewer, room);
    boolean out = !changes.isEmpty() && Set.of("none", "leave", "ban").contains(last);
    return out && chronicle.forgotten.getOrDefault(viewer, Set.of()).contains(room);
  }

  /**
   * Returns up to where a room is shown: to members up to now, to former members up to their leave, to others only if
   * it is world readable now.
   */
  private Optional<Long> extent(String viewer, String room, boolean asMember) {
    if (asMember && chronicle.membership(viewer, room, now).equals("join")) {
      return Optional.of(now);
    }
    Optional<Long> left = asMember ? chronicle.lastLeave(viewer, room) : Optional.empty();
    boolean open = chronicle.visibility(room, now).equals("world_readable");
    return left.isPresent() || !open ? left : Optional.of(now);
  }

  private List<String> history(String viewer, String room, long end, boolean asMember) {
    return chronicle.known().stream()
        .filter(fact -> fact.room().equals(room) && !fact.isOutlier() && fact.place() <= end)
        .filter(fact -> sees(viewer, fact, asMember))
        .sorted(Comparator.comparingLong(Fact::depth).thenComparingLong(Fact::place))
        .map(fact -> show(viewer, fact, true, asMember))
        .toList();
  }

  /** Returns a snapshot: each listed room with its parts. */
  Map<String, String> snapshot(String viewer, List<String> rooms, int limit) {
    Map<String, String> shown = new TreeMap<>();
    rooms.forEach(room -> entry(viewer, room, limit).ifPresent(entry -> shown.put(room, entry)));
    return shown;
  }

  private Optional<String> entry(String viewer, String room, int limit) {
    Optional<Fact> own = own(viewer, room);
    String membership = membership(viewer, room);
    boolean forgotten = chronicle.forgotten.getOrDefault(viewer, Set.of()).contains(room);
    boolean listed = switch (membership) {
      case "join" -> true;
      case "invite" -> own.filter(invite -> !isUnwanted(viewer, invite)).isPresent();
      case "leave", "ban" -> own.isPresent() && !forgotten;
      default -> false;
    };
    if (!listed) {
      return Optional.empty();
    }
    Optional<Long> left = chronicle.lastLeave(viewer, room);
    if (membership.equals("join") || (left.isPresent() && !membership.equals("invite"))) {
      return Optional.of(
          membership + contents(viewer, room, left.orElse(now), limit, left.isPresent(), true));
    }
    return Optional.of(membership + " invite " + show(viewer, own.orElseThrow(), false, true));
  }

  /**
   * Returns a room's messages and state as of a place. For a viewer who has left, the current member event, if there is
   * one, replaces the one of that place.
   */
  // More than five parameters: one for each thing on which the rules of a snapshot depend; the
  // oracle shares no types
  // with the engine.
  private String contents(
      String viewer, String room, long end, int limit, boolean out, boolean asMember) {
    List<String> history = history(viewer, room, end, asMember);
    List<String> messages = history.subList(Math.max(0, history.size() - limit), history.size());
    List<String> state = new ArrayList<>();
    chronicle.state(room, end).values().stream()
        .filter(entry -> !out || !entry.isAbout(viewer))
        .forEach(entry -> state.add(show(viewer, entry, false, asMember)));
    own(viewer, room)
        .filter(entry -> out)
        .ifPresent(entry -> state.add(show(viewer, entry, false, asMember)));
    state.sort(Comparator.naturalOrder());
    return " messages " + messages + " state " + state;
  }

  /** Returns the viewer's current member event; empty if they never had one, or it was removed. */
  private Optional<Fact> own(String viewer, String room) {
    List<Chronicle.Change> changes = wanted(viewer, room);
    return changes.isEmpty()
        ? Optional.empty()
        : Optional.ofNullable(changes.get(changes.size() - 1).event()).flatMap(chronicle::find);
  }

  /** Returns the viewer's current membership. */
  private String membership(String viewer, String room) {
    return Chronicle.at(wanted(viewer, room), now, "none");
  }

  /**
   * Returns the changes of the viewer's membership without later invites by ignored users; but an invite that ended a
   * join did end it.
   */
  private List<Chronicle.Change> wanted(String viewer, String room) {
    List<Chronicle.Change> changes = new ArrayList<>(chronicle.memberships(viewer, room));
    int first = changes.size();
    while (first > 0 && changes.get(first - 1).value().equals("invite")) {
      first--;
    }
    boolean endsATime = first > 0 && changes.get(first - 1).value().equals("join");
    changes
        .subList(Math.min(endsATime ? first + 1 : first, changes.size()), changes.size())
        .removeIf(change -> Optional.ofNullable(change.event())
            .flatMap(chronicle::find)
            .filter(invite -> isUnwanted(viewer, invite))
            .isPresent());
    return changes;
  }

  /**
   * Returns a snapshot of one room; empty if it may not be read. A viewer who is invited or knocks is not a former
   * member here.
   */
  Optional<String> roomSnapshot(String viewer, String room, int limit) {
    boolean forgot = hasForgotten(viewer, room);
    String membership = membership(viewer, room);
    boolean in = membership.equals("join");
    boolean out = !forgot
        && !Set.of("invite", "knock").contains(membership)
        && chronicle.lastLeave(viewer, room).isPresent();
    return extent(viewer, room, in || out)
        .map(end -> (in || out ? membership.replace("none", "leave") : "peeks")
            + contents(viewer, room, end, limit, out, !forgot));
  }
}
