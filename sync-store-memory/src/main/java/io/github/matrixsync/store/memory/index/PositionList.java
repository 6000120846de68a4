package io.github.matrixsync.store.memory.index;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * A list of items in the order of their positions, found by binary search. Two items may have one position. Not
 * thread-safe: the list and the views it returns are guarded by the lock of its store.
 *
 * @param <T> an item
 */
final class PositionList<T> {
  private final ToLongFunction<T> position;
  private final List<T> items = new ArrayList<>(1);

  PositionList(ToLongFunction<T> position) {
    this.position = position;
  }

  /** Adds an item at or above the last position. */
  void add(T item) {
    items.add(item);
  }

  Optional<T> last() {
    return items.isEmpty() ? Optional.empty() : Optional.of(items.get(items.size() - 1));
  }

  void removeLast() {
    items.remove(items.size() - 1);
  }

  /** Returns the last item at or below {@code upTo}. */
  Optional<T> lastUpTo(long upTo) {
    int count = countUpTo(upTo);
    return count == 0 ? Optional.empty() : Optional.of(items.get(count - 1));
  }

  /** Returns the first item above {@code after}. */
  Optional<T> firstAfter(long after) {
    int count = countUpTo(after);
    return count == items.size() ? Optional.empty() : Optional.of(items.get(count));
  }

  /** Returns a view of the items at or below {@code upTo}. */
  List<T> upTo(long upTo) {
    return items.subList(0, countUpTo(upTo));
  }

  /** Returns a view of the items above {@code after}. */
  List<T> after(long after) {
    return items.subList(countUpTo(after), items.size());
  }

  /** Returns a view of the items in {@code (after, upTo]}. */
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
