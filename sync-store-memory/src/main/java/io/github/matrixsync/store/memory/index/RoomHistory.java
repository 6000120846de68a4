package io.github.matrixsync.store.memory.index;

import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.store.model.Direction;
import io.github.matrixsync.store.model.EventKind;
import io.github.matrixsync.store.model.HistoryPoint;
import io.github.matrixsync.store.model.HistorySlice;
import io.github.matrixsync.store.model.Ranges;
import io.github.matrixsync.store.model.StoredEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Indexes one room's live events and its backfill by (depth, position) (rule H1). Guarded by the store's lock. */
public final class RoomHistory {
  private static final Comparator<StoredEvent> BY_POINT = Comparator.comparing(StoredEvent::point);

  private final NavigableMap<HistoryPoint, Entry> live = new TreeMap<>();
  private final NavigableMap<HistoryPoint, Entry> backfill = new TreeMap<>();
  private final LivePoints livePoints = new LivePoints();

  /** The live events in the order of arrival. */
  private final PositionList<Entry> arrivals = new PositionList<>(Entry::position);

  void add(Entry entry) {
    if (entry.kind() == EventKind.BACKFILL) {
      backfill.put(entry.point(), entry);
    } else {
      live.put(entry.point(), entry);
      livePoints.add(entry.view());
      arrivals.add(entry);
    }
  }

  /** Removes purged events. */
  void remove(Collection<Entry> purged) {
    purged.forEach(entry -> live.remove(entry.point()));
    livePoints.clear();
    arrivals.clear();
    live.values().stream().sorted(Comparator.comparingLong(Entry::position)).forEach(entry -> {
      livePoints.add(entry.view());
      arrivals.add(entry);
    });
  }

  /** Maps a position to a point (rule H2). */
  public HistoryPoint pointAt(long position) {
    return livePoints
        .greatest(position)
        .orElseGet(() -> backfill.isEmpty() ? HistoryPoint.START : backfill.lastKey());
  }

  /** Returns at most {@code limit} events of the slice, from the end at which the direction begins. */
  public List<StoredEvent> read(HistorySlice slice, Direction direction, int limit) {
    List<StoredEvent> found =
        included(part(live, withinLive(slice), direction), slice.visible(), limit);
    HistorySlice rest =
        found.size() < limit ? slice : before(found.get(limit - 1), slice, direction);
    found.addAll(included(part(backfill, rest, direction), slice.visible(), limit));
    found.sort(direction == Direction.FORWARD ? BY_POINT : BY_POINT.reversed());
    return List.copyOf(found.subList(0, Math.min(limit, found.size())));
  }

  /** Returns the last {@code limit} events that {@code visible} includes, ascending. */
  List<StoredEvent> latest(RoomId room, Ranges visible, int limit) {
    HistorySlice whole = new HistorySlice(room, visible, HistoryPoint.START, HistoryPoint.END);
    List<StoredEvent> events = new ArrayList<>(read(whole, Direction.BACKWARD, limit));
    Collections.reverse(events);
    return List.copyOf(events);
  }

  /**
   * Returns the last {@code limit} live events by position that {@code due} includes, above the beginning of its first
   * range, descending (rule B4).
   */
  List<StoredEvent> newest(Ranges due, int limit) {
    if (due.live().isEmpty()) {
      return List.of();
    }
    List<Entry> walk = arrivals.between(due.live().get(0).after(), due.upTo());
    List<StoredEvent> found = new ArrayList<>();
    for (int i = walk.size() - 1; i >= 0 && found.size() < limit; i--) {
      StoredEvent event = walk.get(i).view();
      if (due.includes(event)) {
        found.add(event);
      }
    }
    return List.copyOf(found);
  }

  /**
   * Narrows a slice to the points where its live events can be, so that a read neither starts far above them nor
   * continues far below.
   */
  private HistorySlice withinLive(HistorySlice slice) {
    Ranges visible = slice.visible();
    Optional<HistoryPoint> greatest = livePoints.greatest(visible.upTo());
    Optional<HistoryPoint> least = livePoints.least(visible);
    if (greatest.isEmpty() || least.isEmpty()) {
      return between(slice, HistoryPoint.START, HistoryPoint.START);
    }
    HistoryPoint justBelow = new HistoryPoint(least.get().depth(), least.get().position() - 1);
    return between(slice, justBelow, greatest.get());
  }

  /** Narrows a slice to the part that a read visits before {@code last}. */
  private static HistorySlice before(StoredEvent last, HistorySlice slice, Direction direction) {
    return direction == Direction.FORWARD
        ? between(slice, HistoryPoint.START, last.point())
        : between(slice, last.point(), HistoryPoint.END);
  }

  private static HistorySlice between(HistorySlice slice, HistoryPoint after, HistoryPoint upTo) {
    HistoryPoint highest = slice.after().compareTo(after) >= 0 ? slice.after() : after;
    HistoryPoint lowest = slice.upTo().compareTo(upTo) <= 0 ? slice.upTo() : upTo;
    return new HistorySlice(slice.room(), slice.visible(), highest, lowest);
  }

  private static Collection<Entry> part(
      NavigableMap<HistoryPoint, Entry> events, HistorySlice slice, Direction direction) {
    if (slice.after().compareTo(slice.upTo()) >= 0) {
      return List.of();
    }
    NavigableMap<HistoryPoint, Entry> part =
        events.subMap(slice.after(), false, slice.upTo(), true);
    return direction == Direction.FORWARD ? part.values() : part.descendingMap().values();
  }

  private static List<StoredEvent> included(Collection<Entry> walk, Ranges visible, int limit) {
    List<StoredEvent> found = new ArrayList<>();
    for (Entry entry : walk) {
      if (visible.includes(entry.view())) {
        found.add(entry.view());
        if (found.size() == limit) {
          break;
        }
      }
    }
    return found;
  }
}
