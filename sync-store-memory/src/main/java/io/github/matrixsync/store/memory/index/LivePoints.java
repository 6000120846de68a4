package io.github.matrixsync.store.memory.index;

import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.model.HistoryPoint;
import io.github.matrixsync.store.model.Ranges;
import io.github.matrixsync.store.model.StoredEvent;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the points of one room's history between which the live events of a range of positions are. Depths follow the
 * order of arrival closely but not always. So this keeps, in the order of arrival, each event that is higher than all
 * before it and each that is lower than all after it; and for each user the lowest event that the user sent or is the
 * subject of. Guarded by the store's lock.
 */
final class LivePoints {
  private final PositionList<HistoryPoint> highs = new PositionList<>(HistoryPoint::position);
  private final PositionList<HistoryPoint> lows = new PositionList<>(HistoryPoint::position);
  private final Map<UserId, HistoryPoint> lowestOwn = new HashMap<>();

  /** Adds the room's next live event. */
  void add(StoredEvent stored) {
    HistoryPoint point = stored.point();
    if (isAbove(point, highs.last())) {
      highs.add(point);
    }
    while (!isAbove(point, lows.last())) {
      lows.removeLast();
    }
    lows.add(point);
    lowestOwn.merge(stored.event().sender(), point, LivePoints::lower);
    stored.event().subject().ifPresent(user -> lowestOwn.merge(user, point, LivePoints::lower));
  }

  void clear() {
    highs.clear();
    lows.clear();
    lowestOwn.clear();
  }

  /** Returns the greatest point of an event at or below {@code position}. */
  Optional<HistoryPoint> greatest(long position) {
    return highs.lastUpTo(position);
  }

  /** Returns a lower bound of the points of the events included in {@code visible}; empty if there is none. */
  Optional<HistoryPoint> least(Ranges visible) {
    Optional<HistoryPoint> covered =
        visible.live().stream().findFirst().flatMap(first -> lows.firstAfter(first.after()));
    Optional<HistoryPoint> own =
        visible.own().flatMap(user -> Optional.ofNullable(lowestOwn.get(user)));
    if (covered.isPresent() && own.isPresent()) {
      return Optional.of(lower(covered.get(), own.get()));
    }
    return covered.or(() -> own);
  }

  private static boolean isAbove(HistoryPoint point, Optional<HistoryPoint> other) {
    return other.isEmpty() || point.compareTo(other.get()) > 0;
  }

  private static HistoryPoint lower(HistoryPoint one, HistoryPoint other) {
    return one.compareTo(other) <= 0 ? one : other;
  }
}
