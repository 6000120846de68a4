package io.github.matrixsync.internal.delivery;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.matrixsync.domain.visibility.RoomView;
import io.github.matrixsync.event.HistoryVisibility;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.cache.Caches;
import io.github.matrixsync.internal.cache.LastChanges;
import io.github.matrixsync.internal.cache.TimelineCache;
import io.github.matrixsync.internal.log.Window;
import io.github.matrixsync.internal.stores.BatchAnswers;
import io.github.matrixsync.store.EventStore;
import io.github.matrixsync.store.model.StoredEvent;
import io.github.matrixsync.store.state.StateChange;
import io.github.matrixsync.store.state.Timelines;
import io.github.matrixsync.store.state.VisibilityChange;
import java.util.List;
import java.util.Optional;

/**
 * Caches the history visibility of rooms that are polled one by one. An entry holds for one position; the changes in
 * the window carry it to other positions, and it holds without the window while the room's state does not change.
 * Thread-safe.
 */
public final class PeekedRooms {
  private static final int MOST_ROOMS = 10_000;

  private final EventStore events;
  private final TimelineCache timelines;
  private final Window window;
  private final LastChanges changes;
  private final Cache<RoomId, Known> rooms =
      Caffeine.newBuilder().maximumSize(MOST_ROOMS).executor(Runnable::run).build();

  private record Known(HistoryVisibility visibility, long asOf) {
    Known orLater(Known other) {
      return other.asOf > asOf ? other : this;
    }
  }

  public PeekedRooms(EventStore events, Window window, Caches caches) {
    this.events = events;
    this.window = window;
    timelines = caches.timelines();
    changes = caches.changes();
  }

  /** Returns what a user may see of a room as of a position, and caches the room's history visibility. May block. */
  RoomView read(UserId user, RoomId room, long position) {
    Timelines lines = BatchAnswers.answer(timelines.find(user, List.of(room), position), room);
    RoomView view = RoomView.of(user, lines, position);
    if (events.retainedAfter() <= position) {
      put(room, view.visibilityAt(position), position);
    }
    return view;
  }

  /**
   * Caches a room's history visibility at the event at a position.
   *
   * @param position at most the published one, and not purged
   */
  private void put(RoomId room, HistoryVisibility visibility, long position) {
    rooms.asMap().merge(room, new Known(visibility, position), Known::orLater);
  }

  /**
   * Returns a room's history visibility at the event at a position; empty if it is not cached. Does no I/O.
   *
   * @param position at most the published one
   */
  Optional<HistoryVisibility> at(RoomId room, long position) {
    Known known = rooms.getIfPresent(room);
    if (known == null) {
      return Optional.empty();
    }
    boolean isSettled = changes.lastOfState(room) <= known.asOf();
    Window.View view =
        window.view(); // taken last, so it includes every change behind a cached entry
    if (known.asOf() == position || (known.asOf() < position && isSettled)) {
      return Optional.of(known.visibility());
    }
    if (view.after() > Math.min(position, known.asOf())) {
      return Optional.empty();
    }
    if (position < known.asOf()) {
      return Optional.of(before(known, view, room, position));
    }
    HistoryVisibility now = known.visibility();
    for (int i = view.indexAfter(known.asOf());
        i < view.end() && view.entry(i).position() <= position;
        i++) {
      now = after(view.entry(i).stored(), room, now);
    }
    put(room, now, position);
    return Optional.of(now);
  }

  private static HistoryVisibility before(
      Known known, Window.View view, RoomId room, long position) {
    for (int i = view.indexAfter(position);
        i < view.end() && view.entry(i).position() <= known.asOf();
        i++) {
      StoredEvent stored = view.entry(i).stored();
      if (stored.event().room().equals(room)) {
        for (StateChange change : stored.changes()) {
          if (change instanceof VisibilityChange visibility) {
            return visibility.before();
          }
        }
      }
    }
    return known.visibility();
  }

  /** Returns a room's visibility after an event of any room, given the visibility before it. */
  static HistoryVisibility after(StoredEvent stored, RoomId room, HistoryVisibility before) {
    HistoryVisibility after = before;
    if (stored.event().room().equals(room)) {
      for (StateChange change : stored.changes()) {
        if (change instanceof VisibilityChange visibility) {
          after = visibility.after();
        }
      }
    }
    return after;
  }
}
