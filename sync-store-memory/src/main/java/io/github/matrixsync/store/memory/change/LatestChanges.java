package io.github.matrixsync.store.memory.change;

import io.github.matrixsync.store.ExpiredPositionException;
import io.github.matrixsync.store.Registration;
import io.github.matrixsync.store.ephemeral.CoalescingStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongFunction;
import java.util.function.Supplier;

/**
 * Indexes the latest change of each key by key and by position (rule C1). Thread-safe: its lock, held inside {@link
 * #write} and {@link #read}, guards the owner's other state too.
 *
 * @param <K> the identity of an entry
 * @param <C> a change
 */
public final class LatestChanges<K, C extends CoalescingStream.Change> {
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<K, C> byKey = new HashMap<>(); // guarded by lock
  private final NavigableMap<Long, C> byPosition = new TreeMap<>(); // guarded by lock
  private final Listeners<Runnable> listeners = new Listeners<>();
  private final long retainedAfter;
  private long lastPosition; // guarded by lock
  private volatile long watermark;

  public LatestChanges(long firstPosition) {
    if (firstPosition < 1) {
      throw new IllegalArgumentException(
          "a first position must be at least 1, got " + firstPosition);
    }
    retainedAfter = firstPosition - 1;
    lastPosition = retainedAfter;
    watermark = retainedAfter;
  }

  public long watermark() {
    return watermark;
  }

  public long retainedAfter() {
    return retainedAfter;
  }

  public Registration onAdvance(Runnable listener) {
    return listeners.add(listener);
  }

  /** Returns the latest changes with positions in {@code (after, upTo]}. */
  public List<C> changes(long after, long upTo, int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("a limit must be at least 1, got " + limit);
    }
    if (after > upTo || upTo > watermark) {
      throw new IllegalArgumentException(
          "(" + after + ", " + upTo + "] does not end at or below the watermark " + watermark);
    }
    if (after < retainedAfter) {
      throw new ExpiredPositionException(after, retainedAfter);
    }
    return read(() -> byPosition.subMap(after, false, upTo, true).values().stream()
        .limit(limit)
        .toList());
  }

  public <R> R read(Supplier<R> read) {
    lock.lock();
    try {
      return read.get();
    } finally {
      lock.unlock();
    }
  }

  /** Runs a write, then advances the watermark to the positions it took, and if there are any calls the listeners. */
  public <R> R write(Supplier<R> write) {
    R result;
    boolean moved;
    lock.lock();
    try {
      result = write.get();
      moved = lastPosition > watermark;
      watermark = lastPosition;
    } finally {
      lock.unlock();
    }
    if (moved) {
      signal();
    }
    return result;
  }

  /** Calls the listeners; outside any read or write. */
  public void signal() {
    listeners.call(Runnable::run);
  }

  /** Returns a key's entry; only inside a read or a write. */
  public Optional<C> get(K key) {
    return Optional.ofNullable(byKey.get(key));
  }

  /** Moves a key's entry to a new position, and returns it; only inside a write. */
  public long put(K key, LongFunction<C> changeAt) {
    C change = changeAt.apply(++lastPosition);
    C gone = byKey.put(key, change);
    if (gone != null) {
      byPosition.remove(gone.position());
    }
    byPosition.put(change.position(), change);
    return change.position();
  }
}
