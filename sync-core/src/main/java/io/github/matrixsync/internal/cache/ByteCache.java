package io.github.matrixsync.internal.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Weigher;
import io.github.matrixsync.operation.EngineStatistics;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A cache bounded by bytes, with counters of hits, misses and evictions. The caller decides whether an entry is still
 * current. Thread-safe.
 *
 * @param <K> the keys
 * @param <V> the entries, which carry when they were read
 */
final class ByteCache<K, V> {
  private final String name;
  private final boolean disabled;
  private final LongAdder hits = new LongAdder();
  private final LongAdder misses = new LongAdder();
  private final LongAdder evictions = new LongAdder();
  private final Cache<K, V> cache;

  /**
   * Makes a cache of at most {@code maxBytes}.
   *
   * @param name the cache's name in the engine's statistics
   * @param maxBytes 0 disables the cache
   * @param weigher estimates the bytes of an entry
   */
  ByteCache(String name, long maxBytes, Weigher<K, V> weigher) {
    this.name = name;
    disabled = maxBytes == 0;
    cache = Caffeine.newBuilder()
        .maximumWeight(maxBytes)
        .weigher(weigher)
        .evictionListener((key, value, cause) -> evictions.increment())
        .executor(Runnable::run)
        .build();
  }

  /** Returns the entry of a key if it is still current, and counts a hit or a miss. */
  @Nullable V find(K key, Predicate<V> stillHolds) {
    V found = disabled ? null : cache.getIfPresent(key);
    if (found != null && stillHolds.test(found)) {
      hits.increment();
      return found;
    }
    misses.increment();
    return null;
  }

  /** Returns the entry of a key, current or not, without counting a hit or a miss. */
  @Nullable V peek(K key) {
    return disabled ? null : cache.getIfPresent(key);
  }

  /** Stores an entry, replacing any other of the same key. */
  void put(K key, V value) {
    if (!disabled) {
      cache.put(key, value);
    }
  }

  EngineStatistics.CacheUse use() {
    long bytes = cache.policy().eviction().orElseThrow().weightedSize().orElse(0);
    return new Use(name, cache.estimatedSize(), bytes, hits.sum(), misses.sum(), evictions.sum());
  }

  // More than five parameters: one for each number of EngineStatistics.CacheUse.
  record Use(String cache, long entries, long bytes, long hits, long misses, long evictions)
      implements EngineStatistics.CacheUse {}
}
