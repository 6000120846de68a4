package io.github.matrixsync;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.stats.CacheStats;
import java.util.OptionalLong;

/** Says what a cache that counts has counted. */
final class CacheUses {
  private CacheUses() {}

  static EngineStatistics.CacheUse of(String name, Cache<?, ?> cache) {
    CacheStats stats = cache.stats();
    long bytes = cache
        .policy()
        .eviction()
        .map(bound -> bound.weightedSize())
        .orElse(OptionalLong.empty())
        .orElse(0);
    return new EngineStatistics.CacheUse(
        name,
        cache.estimatedSize(),
        bytes,
        stats.hitCount(),
        stats.missCount(),
        stats.evictionCount());
  }
}
