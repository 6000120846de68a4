package io.github.matrixsync;

import io.github.matrixsync.store.CoalescingStream;
import io.github.matrixsync.store.CoalescingStream.Change;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Follows presence, typing or receipts, and keeps the newest changes, the latest per key.
 *
 * @param <K> by what snapshots ask the stream
 * @param <C> its changes
 */
class CoalescingFollower<K, C extends Change> extends Follower {
  private static final int PAGE = 1_000;
  private static final int MAX_KEPT = 10_000;

  private final CoalescingStream<K, C> stream;
  private final Function<C, Object> key;
  private final BiConsumer<C, Concerned> concerned;
  private final ConcurrentSkipListMap<Long, C> kept = new ConcurrentSkipListMap<>();
  private final Map<Object, Long> places = new HashMap<>();
  private volatile long keptAfter;

  CoalescingFollower(
      CoalescingStream<K, C> stream,
      Function<C, Object> key,
      BiConsumer<C, Concerned> concerned,
      Threads threads,
      Consumer<Concerned> waker) {
    super(stream, threads, waker);
    this.stream = stream;
    this.key = key;
    this.concerned = concerned;
    this.keptAfter = published();
  }

  /**
   * Returns the changes that stand in {@code (after, upTo]}, ascending, if all of them are kept.
   *
   * @param upTo at most the published position
   */
  Optional<Collection<C>> kept(long after, long upTo) {
    if (after >= upTo) {
      return Optional.of(List.of());
    }
    if (after < keptAfter) {
      return Optional.empty();
    }
    List<C> changes = List.copyOf(kept.subMap(after, false, upTo, true).values());
    return after < keptAfter ? Optional.empty() : Optional.of(changes);
  }

  /** Returns what {@code keys} have at positions in {@code (after, upTo]}. A token from before what the stream keeps, or without this part, gets all that is current. May block. */
  List<C> current(Collection<K> keys, long after, long upTo) {
    long lowest = after < stream.retainedAfter() ? 0 : after;
    return stream.current(keys).stream()
        .filter(change -> change.position() > lowest && change.position() <= upTo)
        .sorted(java.util.Comparator.comparingLong(Change::position))
        .toList();
  }

  @Override
  void read(long after, long upTo, Concerned woken) {
    List<C> changes = stream.changes(after, upTo, PAGE);
    for (C change : changes) {
      keep(change);
    }
    publish(changes.size() < PAGE ? upTo : changes.get(changes.size() - 1).position());
    for (C change : changes) {
      concerned.accept(change, woken);
    }
  }

  private void keep(C change) {
    Long place = places.put(key.apply(change), change.position());
    kept.put(change.position(), change);
    if (place != null) {
      kept.remove(place);
    }
    if (kept.size() > MAX_KEPT) {
      C oldest = kept.firstEntry().getValue();
      keptAfter = oldest.position();
      kept.remove(oldest.position());
      places.remove(key.apply(oldest));
    }
  }
}
