package io.github.matrixsync.store;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.model.Direction;
import io.github.matrixsync.store.model.EventKind;
import io.github.matrixsync.store.model.HistoryPoint;
import io.github.matrixsync.store.model.HistorySlice;
import io.github.matrixsync.store.model.Interest;
import io.github.matrixsync.store.model.LogPage;
import io.github.matrixsync.store.model.Range;
import io.github.matrixsync.store.model.Ranges;
import io.github.matrixsync.store.model.StoredEvent;
import io.github.matrixsync.store.state.EntryChange;
import io.github.matrixsync.store.state.RoomMembers;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Consumer;

/** The default methods of event stores, made of the reads that every store has. Stateless. */
final class DefaultReads {
  private static final int PAGE = 1_000;
  private static final Comparator<StoredEvent> BY_POSITION =
      Comparator.comparingLong(StoredEvent::position);

  private DefaultReads() {}

  /** Returns the newest events of a room that {@code due} includes, as {@link EventStore#newest} does. */
  static List<StoredEvent> newest(EventStore store, RoomId room, Ranges due, int limit) {
    if (due.live().isEmpty()) {
      return List.of();
    }
    PriorityQueue<StoredEvent> newest = new PriorityQueue<>(BY_POSITION);
    long after = due.live().get(0).after();
    Consumer<StoredEvent> taker = event -> {
      if (event.kind() == EventKind.LIVE && event.position() > after && due.includes(event)) {
        newest.add(event);
        if (newest.size() > limit) {
          newest.remove();
        }
      }
    };
    try {
      walkLog(store, room, after, due.upTo(), taker);
    } catch (ExpiredPositionException e) {
      newest.clear();
      walkHistory(store, room, due, taker);
    }
    return newest.stream().sorted(BY_POSITION.reversed()).toList();
  }

  private static void walkLog(
      EventStore store, RoomId room, long after, long upTo, Consumer<StoredEvent> taker) {
    long from = after;
    while (from < upTo) {
      LogPage page = store.log(Interest.of(room), from, upTo, PAGE);
      page.events().stream().filter(event -> event.event().room().equals(room)).forEach(taker);
      if (page.through() <= from) {
        throw new IllegalStateException("the store made no progress after " + from);
      }
      from = page.through();
    }
  }

  /** Walks a room's history, where the events that a purge left are. */
  private static void walkHistory(
      EventStore store, RoomId room, Ranges due, Consumer<StoredEvent> taker) {
    Ranges live = new Ranges(due.live(), due.upTo(), due.own(), Set.of(), due.ignored());
    HistoryPoint after = HistoryPoint.START;
    while (true) {
      HistorySlice slice = new HistorySlice(room, live, after, HistoryPoint.END);
      List<StoredEvent> page = store.history(slice, Direction.FORWARD, PAGE);
      page.forEach(taker);
      if (page.size() < PAGE) {
        return;
      }
      HistoryPoint last = page.get(page.size() - 1).point();
      if (last.compareTo(after) <= 0) {
        throw new IllegalStateException("the store made no progress after " + after);
      }
      after = last;
    }
  }

  /** Returns what changed between two states, as {@link EventStore#stateChanges} does. */
  static Map<RoomId, List<EntryChange>> stateChanges(
      EventStore store, Map<RoomId, Range> intervals) {
    Map<RoomId, Long> begins = new HashMap<>();
    Map<RoomId, Long> ends = new HashMap<>();
    intervals.forEach((room, interval) -> {
      begins.put(room, interval.after());
      ends.put(room, interval.upTo());
    });
    Map<RoomId, List<StoredEvent>> before = store.state(begins);
    Map<RoomId, List<StoredEvent>> after = store.state(ends);
    Map<RoomId, List<EntryChange>> changes = new HashMap<>();
    intervals.forEach((room, interval) -> changes.put(
        room,
        differences(
            before.getOrDefault(room, List.of()),
            after.getOrDefault(room, List.of()),
            interval.upTo())));
    return Map.copyOf(changes);
  }

  private record Key(String type, String stateKey) {}

  private static List<EntryChange> differences(
      List<StoredEvent> before, List<StoredEvent> after, long position) {
    Map<Key, EventId> old = ids(before);
    List<EntryChange> changes = new ArrayList<>();
    ids(after).forEach((key, id) -> {
      if (!id.equals(old.remove(key))) {
        changes.add(new EntryChange(position, key.type, key.stateKey, Optional.of(id)));
      }
    });
    old.forEach((key, id) ->
        changes.add(new EntryChange(position, key.type, key.stateKey, Optional.empty())));
    return List.copyOf(changes);
  }

  private static Map<Key, EventId> ids(List<StoredEvent> state) {
    Map<Key, EventId> ids = new HashMap<>();
    for (StoredEvent entry : state) {
      String stateKey = entry.event().stateKey().orElseThrow();
      ids.put(new Key(entry.event().type(), stateKey), entry.event().id());
    }
    return ids;
  }

  /** Returns the members of rooms, as {@link EventStore#members} does. */
  static Map<RoomId, RoomMembers> members(
      EventStore store, Collection<RoomId> rooms, long upTo, int heroes) {
    Map<RoomId, Long> asOf = new HashMap<>();
    rooms.forEach(room -> asOf.put(room, upTo));
    Map<RoomId, List<StoredEvent>> states = store.state(asOf);
    Map<RoomId, RoomMembers> members = new HashMap<>();
    asOf.keySet()
        .forEach(room -> members.put(room, members(states.getOrDefault(room, List.of()), heroes)));
    return Map.copyOf(members);
  }

  private static RoomMembers members(List<StoredEvent> state, int heroes) {
    Map<Membership, List<UserId>> users = new EnumMap<>(Membership.class);
    List<UserId> gone = new ArrayList<>();
    state.stream()
        .filter(entry -> entry.event().subject().isPresent())
        .sorted(BY_POSITION)
        .forEach(entry -> {
          Membership membership = entry.event().membership().orElseThrow();
          UserId user = entry.event().subject().orElseThrow();
          users.computeIfAbsent(membership, key -> new ArrayList<>()).add(user);
          if (membership == Membership.LEAVE || membership == Membership.BAN) {
            gone.add(user);
          }
        });
    List<UserId> joined = users.getOrDefault(Membership.JOIN, List.of());
    List<UserId> invited = users.getOrDefault(Membership.INVITE, List.of());
    return new RoomMembers(
        joined.size(),
        invited.size(),
        first(joined, heroes),
        first(invited, heroes),
        first(gone, heroes));
  }

  private static List<UserId> first(List<UserId> users, int limit) {
    return users.subList(0, Math.min(limit, users.size()));
  }
}
