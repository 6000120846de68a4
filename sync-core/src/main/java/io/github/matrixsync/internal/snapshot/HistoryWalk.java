package io.github.matrixsync.internal.snapshot;

import io.github.matrixsync.domain.event.EventForm;
import io.github.matrixsync.domain.filter.RoomEventFilter;
import io.github.matrixsync.domain.visibility.RoomView;
import io.github.matrixsync.internal.delivery.EventGate;
import io.github.matrixsync.store.EventStore;
import io.github.matrixsync.store.model.Direction;
import io.github.matrixsync.store.model.HistoryPoint;
import io.github.matrixsync.store.model.HistorySlice;
import io.github.matrixsync.store.model.Range;
import io.github.matrixsync.store.model.Ranges;
import io.github.matrixsync.store.model.StoredEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Walks through a room's history and keeps what a filter includes, in one read if nothing is filtered. May block.
 * Thread-safe.
 */
final class HistoryWalk {
  /** The most events that one walk examines. */
  static final int MOST_EXAMINED = 10_000;

  /** The fewest events of one read, if some of them may be left out. */
  private static final int LEAST_READ = 100;

  private final EventStore events;
  private final EventGate gate;

  HistoryWalk(EventStore events, EventGate gate) {
    this.events = events;
    this.gate = gate;
  }

  /**
   * Where to walk, and what to keep. Immutable.
   *
   * @param slice the part of the history, with what the viewer may see of it
   * @param after the position that every event must be above; {@link Long#MIN_VALUE}: any
   * @param direction from which end on
   * @param filter which events to keep
   * @param limit the most events to keep, 0 or more
   */
  record Request(
      HistorySlice slice, long after, Direction direction, RoomEventFilter filter, int limit) {
    boolean isBounded() {
      return after > Long.MIN_VALUE;
    }

    boolean keepsAll() {
      return filter.isUnrestricted() && !isBounded();
    }

    /** With a lower bound all between the bounds is read: what is the viewer's own lies outside of the ranges. */
    Ranges toRead() {
      Ranges visible = slice.visible();
      if (!isBounded()) {
        return visible;
      }
      List<Range> all =
          after < visible.upTo() ? List.of(new Range(after, visible.upTo())) : List.of();
      return new Ranges(all, visible.upTo(), Optional.empty(), Set.of());
    }

    /**
     * Returns whether to keep an event.
     *
     * @param shown the event as the viewer gets it, to which the filter is applied
     */
    boolean keeps(StoredEvent event, StoredEvent shown) {
      return event.position() > after
          && (!isBounded() || slice.visible().includes(event))
          && filter.matches(shown);
    }
  }

  /**
   * What a walk found. Immutable.
   *
   * @param kept the events in the direction of the walk
   * @param last the last event behind which the next walk begins; empty: where this one began
   * @param isEnd whether nothing is left to keep
   */
  record Found(List<StoredEvent> kept, Optional<StoredEvent> last, boolean isEnd) {}

  /**
   * Reads pages until one more event than the limit is found, the end is reached, or enough events are examined.
   *
   * @param view what the viewer sees of the room
   */
  Found read(Request request, RoomView view) {
    List<StoredEvent> kept = new ArrayList<>();
    HistorySlice rest = request.slice();
    Ranges toRead = request.toRead();
    StoredEvent last = null;
    int size = request.keepsAll() ? request.limit() + 1 : Math.max(request.limit() + 1, LEAST_READ);
    for (int examined = 0; examined < MOST_EXAMINED; examined += size) {
      List<StoredEvent> page = isEmpty(rest, toRead)
          ? List.of()
          : events.history(
              new HistorySlice(rest.room(), toRead, rest.after(), rest.upTo()),
              request.direction(),
              size);
      UnaryOperator<StoredEvent> shown = shown(page, request.filter(), view);
      for (StoredEvent event : page) {
        if (request.keeps(event, shown.apply(event))) {
          if (kept.size() == request.limit()) {
            return new Found(kept, lastOf(kept), false);
          }
          kept.add(event);
        }
        last = event;
      }
      if (page.size() < size) {
        return new Found(kept, Optional.ofNullable(last), true);
      }
      rest = behind(rest, page.get(size - 1).point(), request.direction());
    }
    return new Found(kept, Optional.ofNullable(last), false);
  }

  /**
   * Returns a function that shows events as the viewer gets them; without a filter on content it returns them
   * unchanged.
   */
  private UnaryOperator<StoredEvent> shown(
      List<StoredEvent> page, RoomEventFilter filter, RoomView view) {
    if (page.isEmpty() || filter.containsUrl().isEmpty()) {
      return UnaryOperator.identity();
    }
    EventGate.Showing showing = gate.showing(EventForm.R0, page);
    return event -> showing.shown(event, view);
  }

  private static boolean isEmpty(HistorySlice slice, Ranges toRead) {
    return slice.after().compareTo(slice.upTo()) >= 0
        || (toRead.own().isEmpty() && toRead.live().isEmpty());
  }

  private static Optional<StoredEvent> lastOf(List<StoredEvent> events) {
    return events.isEmpty() ? Optional.empty() : Optional.of(events.get(events.size() - 1));
  }

  private static HistorySlice behind(HistorySlice slice, HistoryPoint last, Direction direction) {
    return direction == Direction.FORWARD
        ? new HistorySlice(slice.room(), slice.visible(), last, slice.upTo())
        : new HistorySlice(slice.room(), slice.visible(), slice.after(), before(last));
  }

  /** Returns the point before one. */
  static HistoryPoint before(HistoryPoint point) {
    return new HistoryPoint(point.depth(), point.position() - 1);
  }
}
