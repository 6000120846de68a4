package io.github.matrixsync.internal.follow;

import io.github.matrixsync.internal.log.WakeUpTargets;
import io.github.matrixsync.operation.EphemeralStream;
import io.github.matrixsync.store.ExpiredPositionException;
import io.github.matrixsync.store.ephemeral.CoalescingStream;
import io.github.matrixsync.store.ephemeral.CoalescingStream.Change;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Follows presence, typing, receipts or account data, and caches the newest changes, the latest of each entry.
 *
 * @param <K> the key by which the stream returns current entries
 * @param <C> the type of the changes
 */
public class CoalescingFollower<K, C extends Change> extends Follower {
  static final int MAX_CACHED = 10_000;
  private static final int PAGE = 1_000;

  private final CoalescingStream<K, C> stream;
  private final Function<C, Object> key;
  private final BiConsumer<C, WakeUpTargets> addTargets;
  private final ConcurrentSkipListMap<Long, C> cached = new ConcurrentSkipListMap<>();
  private final Map<Object, C> newest = new ConcurrentHashMap<>();
  private volatile long cachedAfter;

  /**
   * Makes a follower that begins at the end of a stream.
   *
   * @param addTargets adds the wake-up targets of a change; called under a lock, so it must not read a store
   */
  CoalescingFollower(
      EphemeralStream name,
      CoalescingStream<K, C> stream,
      Function<C, Object> key,
      BiConsumer<C, WakeUpTargets> addTargets,
      FollowerContext context) {
    super(name.label(), stream, context);
    this.stream = stream;
    this.key = key;
    this.addTargets = addTargets;
    this.cachedAfter = published();
  }

  /**
   * Returns the changes in {@code (after, upTo]}, ascending, if all of them are cached.
   *
   * @param upTo at most the published position
   */
  public final Optional<Collection<C>> cached(long after, long upTo) {
    if (after >= upTo) {
      return Optional.of(List.of());
    }
    if (after < cachedAfter) {
      return Optional.empty();
    }
    List<C> changes = List.copyOf(cached.subMap(after, false, upTo, true).values());
    return after < cachedAfter ? Optional.empty() : Optional.of(changes);
  }

  /** Returns the latest change of an entry, if it is cached. */
  final Optional<C> newest(Object entry) {
    return Optional.ofNullable(newest.get(entry));
  }

  /**
   * Returns whether a client with this part of a token gets everything that is current: the part is 0, or older than
   * what the stream retains.
   */
  public final boolean wantsEverything(long after) {
    return after == 0 || after < stream.retainedAfter();
  }

  /**
   * Returns the current entries of {@code keys} with positions in {@code (after, upTo]}, ascending; all current entries
   * if {@link #wantsEverything}. May block.
   */
  public final List<C> current(Collection<K> keys, long after, long upTo) {
    if (keys.isEmpty() || upTo == 0) {
      return List.of();
    }
    long lowest = wantsEverything(after) ? 0 : after;
    return stream.current(keys).stream()
        .filter(change -> change.position() > lowest && change.position() <= upTo)
        .sorted(Comparator.comparingLong(Change::position))
        .toList();
  }

  /**
   * Returns all changes in {@code (after, upTo]}, ascending, without those that the stream no longer retains. May
   * block.
   */
  public final Collection<C> all(long after, long upTo) {
    return cached(after, upTo).orElseGet(() -> pages(after, upTo));
  }

  private List<C> pages(long after, long upTo) {
    List<C> all = new ArrayList<>();
    long at = Math.max(after, stream.retainedAfter());
    while (at < upTo) {
      long before = at;
      try {
        List<C> page = stream.changes(at, upTo, PAGE);
        all.addAll(page);
        at = page.size() < PAGE ? upTo : page.get(page.size() - 1).position();
      } catch (ExpiredPositionException e) {
        at = e.retainedAfter();
      }
      if (at <= before) {
        throw new IllegalStateException("the store made no progress after " + before);
      }
    }
    return all;
  }

  /** Called before an entry's latest change is dropped from the cache. */
  void dropped(C change) {}

  /** Called when changes were missed, so that everything known before is stale. */
  void missed() {}

  @Override
  final void read(long after, long upTo, WakeUpTargets targets) {
    List<C> changes;
    try {
      changes = stream.changes(after, upTo, PAGE);
    } catch (ExpiredPositionException e) {
      skip(Math.min(e.retainedAfter(), stream.watermark()), targets);
      return;
    }
    changes.forEach(this::cache);
    publish(changes.size() < PAGE ? upTo : changes.get(changes.size() - 1).position());
    changes.forEach(change -> addTargets.accept(change, targets));
  }

  /**
   * Continues after a gap: the stream dropped changes that were not followed yet. Clients with older tokens get
   * everything.
   */
  private void skip(long retainedAfter, WakeUpTargets targets) {
    cachedAfter = retainedAfter;
    cached.clear();
    newest.clear();
    missed();
    publish(Math.max(published(), retainedAfter));
    targets.addEveryone();
  }

  private void cache(C change) {
    cached.put(change.position(), change);
    C before = newest.put(key.apply(change), change);
    if (before != null) {
      cached.remove(before.position());
    }
    if (cached.size() > MAX_CACHED) {
      C oldest = cached.firstEntry().getValue();
      dropped(oldest);
      cachedAfter = oldest.position();
      newest.remove(key.apply(oldest));
      cached.remove(oldest.position());
    }
  }
}
