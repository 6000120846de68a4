package io.github.matrixsync.store.tck.support;

import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.EventStore;
import io.github.matrixsync.store.model.Direction;
import io.github.matrixsync.store.model.HistoryPoint;
import io.github.matrixsync.store.model.HistorySlice;
import io.github.matrixsync.store.model.Interest;
import io.github.matrixsync.store.model.LogPage;
import io.github.matrixsync.store.model.Ranges;
import io.github.matrixsync.store.model.Redaction;
import io.github.matrixsync.store.model.StoredEvent;
import io.github.matrixsync.store.state.Timelines;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Short forms of a store's reads, which fail the test if the result lacks what was read. Stateless. */
public final class StoreReads {
  public static final int ALL = 1_000;

  private StoreReads() {}

  public static List<String> names(Collection<StoredEvent> events) {
    return events.stream().map(stored -> Events.name(stored.event().id())).toList();
  }

  /** Returns the log of {@code (after, upTo]}, page by page. */
  public static List<StoredEvent> log(EventStore store, Interest interest, long after, long upTo) {
    List<StoredEvent> events = new ArrayList<>();
    long at = after;
    while (at < upTo) {
      LogPage page = store.log(interest, at, upTo, ALL);
      events.addAll(page.events());
      if (page.through() <= at) {
        break;
      }
      at = page.through();
    }
    return events;
  }

  public static StoredEvent event(EventStore store, String name) {
    return require(store.events(List.of(Events.id(name))).get(Events.id(name)), name);
  }

  public static boolean knows(EventStore store, String name) {
    return store.events(List.of(Events.id(name))).containsKey(Events.id(name));
  }

  /** Returns the name of the event that redacts this one, if there is one. */
  public static Optional<String> redactedBy(StoredEvent event) {
    return event.redaction().map(Redaction::event).map(by -> Events.name(by.id()));
  }

  public static List<StoredEvent> state(EventStore store, RoomId room, long upTo) {
    return require(store.state(Map.of(room, upTo)).get(room), room);
  }

  public static Set<UserId> joined(EventStore store, RoomId room, long upTo) {
    return require(store.joinedMembers(List.of(room), upTo).get(room), room);
  }

  public static Timelines timelines(EventStore store, UserId viewer, RoomId room, long upTo) {
    return require(store.timelines(viewer, List.of(room), upTo).get(room), room);
  }

  public static List<StoredEvent> latest(EventStore store, RoomId room, Ranges visible, int limit) {
    return require(store.latest(Map.of(room, visible), limit).get(room), room);
  }

  /** Returns a room's whole history as of a position. */
  public static List<StoredEvent> history(EventStore store, long upTo, Direction direction) {
    return store.history(wholeRoom(Ranges.everything(upTo)), direction, ALL);
  }

  public static HistorySlice wholeRoom(Ranges visible) {
    return new HistorySlice(Events.ROOM, visible, HistoryPoint.START, HistoryPoint.END);
  }

  /** Returns the event with this name. */
  public static StoredEvent one(Collection<StoredEvent> events, String name) {
    return require(
        events.stream()
            .filter(stored -> stored.event().id().equals(Events.id(name)))
            .findFirst()
            .orElse(null),
        name);
  }

  public static <T> T require(@Nullable T value, Object what) {
    if (value == null) {
      throw new AssertionError("the answer leaves out " + what);
    }
    return value;
  }

  public static <T> T last(List<T> values) {
    return values.get(values.size() - 1);
  }
}
