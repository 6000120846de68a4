package io.github.matrixsync.store.memory.index;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * Things in the order of their positions, found by binary search. Two may stand at one position. Not thread-safe:
 * guarded by the lock of the store it belongs to, and so are the views it returns.
 *
 * @param <T> what stands at a position
 */
final class PositionList<T> {
  private final ToLongFunction<T> position;
  private final List<T> items = new ArrayList<>(1);

  PositionList(ToLongFunction<T> position) {
    this.position = position;
  }

  /** Adds what stands at or above everything here. */
  void add(T item) {
    items.add(item);
  }

  Optional<T> last() {
    return items.isEmpty() ? Optional.empty() : Optional.of(items.get(items.size() - 1));
  }

  void removeLast() {
    items.remove(items.size() - 1);
  }

  /** Returns the last thing at or below {@code upTo}. */
  Optional<T> lastUpTo(long upTo) {
    int count = countUpTo(upTo);
    return count == 0 ? Optional.empty() : Optional.of(items.get(count - 1));
  }

  /** Returns the first thing above {@code after}. */
  Optional<T> firstAfter(long after) {
    int count = countUpTo(after);
    return count == items.size() ? Optional.empty() : Optional.of(items.get(count));
  }

  /** Returns a view of everything at or below {@code upTo}. */
  List<T> upTo(long upTo) {
    return items.subList(0, countUpTo(upTo));
  }

  /** Returns a view of everything above {@code after}. */
  List<T> after(long after) {
    return items.subList(countUpTo(after), items.size());
  }

  /** Returns a view of everything in {@code (after, upTo]}. */
  List<T> between(long after, long upTo) {
    return items.subList(countUpTo(after), countUpTo(upTo));
  }

  void clear() {
    items.clear();
  }

  private int countUpTo(long upTo) {
    int low = 0;
    int high = items.size();
    if (high == 0 || position.applyAsLong(items.get(high - 1)) <= upTo) {
      return high;
    }
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (position.applyAsLong(items.get(middle)) <= upTo) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
