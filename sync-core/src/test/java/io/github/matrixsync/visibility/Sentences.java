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
 * The specification's sentences, asked about each event by itself, over everything that happened. It shares nothing
 * with the engine and knows no ranges; its answers are lines as {@link Marks} makes them of the engine's. Confined to
 * one thread.
 */
final class Sentences {
  static final String HIDDEN = "hidden";

  private static final List<Fact.Entry> NOTHING = List.of();

  private final Chronicle chronicle;
  private final long now;

  /** Asks as of a place, which is the end. */
  Sentences(Chronicle chronicle, long now) {
    this.chronicle = chronicle;
    this.now = now;
  }

  /** Whoever may read by the value, the membership and whether they come in later. */
  private static boolean mayRead(String visibility, String membership, boolean comesInLater) {
    if (visibility.equals("world_readable") || membership.equals("join")) {
      return true;
    }
    if (visibility.equals("joined")) {
      return false;
    }
    return visibility.equals("invited") ? membership.equals("invite") : comesInLater;
  }

  /** Returns whether a viewer does not want an event: what an ignored user sends, but for state; and their invites. */
  private boolean isUnwanted(String viewer, Fact fact) {
    boolean ofIgnored = !fact.sender().equals(viewer)
        && chronicle.ignored.getOrDefault(viewer, Set.of()).contains(fact.sender());
    boolean invites = fact.isAbout(viewer) && fact.says().equals("invite");
    return ofIgnored && (!fact.isState() || invites);
  }

  /**
   * Returns whether a viewer may read an event; as one who was never in the room, if their membership is not to count.
   */
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

  /** A single event: without what it replaced. */
  String byId(String viewer, Fact fact) {
    return sees(viewer, fact, true) ? show(viewer, fact, false, true) : HIDDEN;
  }

  /**
   * The stream: who was in the room at the event, or sent it, or is its subject; each outlier for its subject alone,
   * and once; a state event that did not become state for its sender alone.
   */
  List<String> stream(String viewer, long after) {
    return dueTo(viewer, after).map(fact -> show(viewer, fact, true, true)).toList();
  }

  /** Returns which events are in the stream. */
  List<Integer> due(String viewer, long after) {
    return dueTo(viewer, after).map(Fact::id).toList();
  }

  private Stream<Fact> dueTo(String viewer, long after) {
    return chronicle.facts().stream()
        .filter(fact -> fact.place() > after && isDue(viewer, fact, false));
  }

  /**
   * The stream of one room: what is due, and what is world readable before or after the event. Empty: it may not be
   * read now.
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

  /** Returns whether an event was an outlier before it was live. */
  boolean wasGivenBefore(Fact fact) {
    return chronicle.facts().stream()
        .anyMatch(
            other -> other.isOutlier() && other.id() == fact.id() && other.place() < fact.place());
  }

  /**
   * A room's history, oldest first. Empty: it may not be read. Who left and forgot it is one who was never there; who
   * is invited or knocks again reads what everybody may, and what they could before if that is not to be read now.
   */
  Optional<List<String>> page(String viewer, String room) {
    boolean asMember = !hasForgotten(viewer, room);
    boolean asks = Set.of("invite", "knock").contains(membership(viewer, room));
    Optional<Long> open = asks ? extent(viewer, room, false) : Optional.empty();
    return open.or(() -> extent(viewer, room, asMember))
        .map(end -> history(viewer, room, end, asMember));
  }

  private boolean hasForgotten(String viewer, String room) {
    List<Chronicle.Turn> turns = wanted(viewer, room);
    String last = membership(viewer, room);
    boolean out = !turns.isEmpty() && Set.of("none", "leave", "ban").contains(last);
    return out && chronicle.forgotten.getOrDefault(viewer, Set.of()).contains(room);
  }

  /**
   * Up to where a room is shown: to members up to now, to who was in it up to the end of that, to others if everybody
   * may read it now.
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

  /** A snapshot: each listed room with its parts. */
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
   * A room's messages and state as of a place; if they are out, their present member event, if there is one, in the
   * place of the one that was there then.
   */
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

  /** Returns the viewer's present member event; empty if they never had one, or it was taken away. */
  private Optional<Fact> own(String viewer, String room) {
    List<Chronicle.Turn> turns = wanted(viewer, room);
    return turns.isEmpty()
        ? Optional.empty()
        : Optional.ofNullable(turns.get(turns.size() - 1).event()).flatMap(chronicle::find);
  }

  /** Returns the viewer's present membership. */
  private String membership(String viewer, String room) {
    return Chronicle.at(wanted(viewer, room), now, "none");
  }

  /**
   * Returns how the viewer's membership turned, as if nobody whom they ignore had invited them since it turned
   * otherwise; but an invitation that ended a time in the room did end it.
   */
  private List<Chronicle.Turn> wanted(String viewer, String room) {
    List<Chronicle.Turn> turns = new ArrayList<>(chronicle.memberships(viewer, room));
    int first = turns.size();
    while (first > 0 && turns.get(first - 1).value().equals("invite")) {
      first--;
    }
    boolean endsATime = first > 0 && turns.get(first - 1).value().equals("join");
    turns
        .subList(Math.min(endsATime ? first + 1 : first, turns.size()), turns.size())
        .removeIf(turn -> Optional.ofNullable(turn.event())
            .flatMap(chronicle::find)
            .filter(invite -> isUnwanted(viewer, invite))
            .isPresent());
    return turns;
  }

  /** A snapshot of one room; empty: it may not be read. Who is invited or knocks is no former member here. */
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
