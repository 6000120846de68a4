package io.github.matrixsync.internal.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Weigher;
import io.github.matrixsync.operation.EngineStatistics;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What was read or made and may be of use again, within a bound of bytes. Whether it still holds is for whoever asks to
 * say. Thread-safe.
 *
 * @param <K> what it is kept under
 * @param <V> what is kept, with when it was read
 */
final class ByteCache<K, V> {
  private final String name;
  private final boolean keepsNothing;
  private final LongAdder hits = new LongAdder();
  private final LongAdder misses = new LongAdder();
  private final LongAdder evictions = new LongAdder();
  private final Cache<K, V> cache;

  /**
   * Keeps at most {@code maxBytes}.
   *
   * @param name what it is called in the engine's statistics
   * @param maxBytes 0: nothing at all
   * @param weigher returns about how many bytes an entry takes
   */
  ByteCache(String name, long maxBytes, Weigher<K, V> weigher) {
    this.name = name;
    keepsNothing = maxBytes == 0;
    cache = Caffeine.newBuilder()
        .maximumWeight(maxBytes)
        .weigher(weigher)
        .evictionListener((key, value, cause) -> evictions.increment())
        .executor(Runnable::run)
        .build();
  }

  /** Returns what is kept under a key, if it still holds. */
  @Nullable V find(K key, Predicate<V> stillHolds) {
    V found = keepsNothing ? null : cache.getIfPresent(key);
    if (found != null && stillHolds.test(found)) {
      hits.increment();
      return found;
    }
    misses.increment();
    return null;
  }

  /** Returns what is kept under a key, though it may hold in parts alone; that counts as no use of it. */
  @Nullable V peek(K key) {
    return keepsNothing ? null : cache.getIfPresent(key);
  }

  /** Keeps a value in the place of any other under that key. */
  void put(K key, V value) {
    if (!keepsNothing) {
      cache.put(key, value);
    }
  }

  EngineStatistics.CacheUse use() {
    long bytes = cache.policy().eviction().orElseThrow().weightedSize().orElse(0);
    return new Use(name, cache.estimatedSize(), bytes, hits.sum(), misses.sum(), evictions.sum());
  }

  record Use(String cache, long entries, long bytes, long hits, long misses, long evictions)
      implements EngineStatistics.CacheUse {}
}
