package io.github.matrixsync.law.sync;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * All events in order of arrival, and the users' settings. Every question is answered by going through all events.
 * Confined to one thread.
 */
final class SyncLog {
  /**
   * A change of a user's membership.
   *
   * @param membership the membership after it; {@code leave} if there is no member event any more
   * @param event the member event after it; empty: it was taken away
   */
  record Step(long position, String membership, Optional<LoggedEvent> event) {
    boolean isJoin() {
      return membership.equals("join");
    }
  }

  private final List<LoggedEvent> events = new ArrayList<>();
  private final Map<String, List<LoggedEvent>> byRoom = new TreeMap<>();
  private final Set<String> everState = new HashSet<>();
  private final Map<String, LoggedEvent> byId = new LinkedHashMap<>();
  final Map<String, Set<String>> ignored = new HashMap<>();
  final Map<String, Set<String>> forgotten = new HashMap<>();

  /** The events that have a gap before them: the server lacks events of their rooms. */
  final Set<String> gaps = new HashSet<>();

  /** The position through which the log is purged. */
  long purged;

  void add(LoggedEvent event) {
    events.add(event);
    byId.put(event.id(), event);
    byRoom.computeIfAbsent(event.room(), key -> new ArrayList<>()).add(event);
    event.sets().stream()
        .map(LoggedEvent.Entry::event)
        .filter(Objects::nonNull)
        .forEach(everState::add);
  }

  List<LoggedEvent> events() {
    return events;
  }

  Optional<LoggedEvent> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  LoggedEvent get(String id) {
    return find(id).orElseThrow(() -> new AssertionError("there is no event " + id));
  }

  /** Returns the events of a room, backfill included, in the order of arrival. */
  List<LoggedEvent> of(String room, long upTo) {
    return in(room).stream().filter(event -> event.position() <= upTo).toList();
  }

  /** Returns the rooms that have an event. */
  Set<String> rooms() {
    return byRoom.keySet();
  }

  private List<LoggedEvent> in(String room) {
    return byRoom.getOrDefault(room, List.of());
  }

  /** Returns the state of a room as of a position: by entry, the id of the event. */
  Map<String, String> state(String room, long upTo) {
    Map<String, String> state = new HashMap<>();
    for (LoggedEvent event : in(room)) {
      if (event.isLive() && event.position() <= upTo) {
        for (LoggedEvent.Entry entry : event.sets()) {
          if (entry.event() == null) {
            state.remove(entry.key());
          } else {
            state.put(entry.key(), entry.event());
          }
        }
      }
    }
    return state;
  }

  /** Returns the names of the entries that changed in {@code (after, upTo]}. */
  Set<String> changed(String room, long after, long upTo) {
    Set<String> changed = new TreeSet<>();
    for (LoggedEvent event : in(room)) {
      if (event.isLive() && event.position() > after && event.position() <= upTo) {
        event.sets().forEach(entry -> changed.add(entry.key()));
      }
    }
    return changed;
  }

  /** Returns the position of the last event in {@code (after, upTo]} before which events are missing; 0: none. */
  long lastGap(String room, long after, long upTo) {
    return gaps.isEmpty()
        ? 0
        : in(room).stream()
            .filter(event -> gaps.contains(event.id()) && event.position() > after)
            .mapToLong(LoggedEvent::position)
            .filter(position -> position <= upTo)
            .max()
            .orElse(0);
  }

  /** Returns the changes of a user's membership of a room, in order; an outlier changes it too. */
  List<Step> memberships(String user, String room, long upTo) {
    List<Step> steps = new ArrayList<>();
    String key = LoggedEvent.memberKey(user);
    for (LoggedEvent event : in(room)) {
      if (event.position() > upTo || event.position() < 0) {
        continue;
      }
      for (LoggedEvent.Entry entry : event.sets()) {
        if (entry.key().equals(key)) {
          Optional<LoggedEvent> now = Optional.ofNullable(entry.event()).map(this::get);
          steps.add(new Step(event.position(), now.map(LoggedEvent::value).orElse("leave"), now));
        }
      }
    }
    return steps;
  }

  /** Returns a user's membership of a room; {@code none} if there never was one. */
  String membership(String user, String room, long upTo) {
    List<Step> steps = memberships(user, room, upTo);
    return steps.isEmpty() ? "none" : steps.get(steps.size() - 1).membership();
  }

  /** Returns the history visibility of a room; {@code shared} if it has none. */
  String visibility(String room, long upTo) {
    String id = state(room, upTo).get(LoggedEvent.key(LoggedEvent.VISIBILITY, ""));
    return id == null ? "shared" : get(id).value();
  }

  /** Returns whether an event was redacted by another of its room, at or below a position. */
  boolean isRedacted(String id, long upTo) {
    return in(get(id).room()).stream()
        .anyMatch(
            event -> id.equals(event.redacts()) && event.position() <= upTo && !event.isOutlier());
  }

  /** Returns whether an event is lost to a purge: only events that never were in the state are. */
  boolean isPurged(LoggedEvent event) {
    return event.position() <= purged && event.position() > 0 && !everState.contains(event.id());
  }
}
