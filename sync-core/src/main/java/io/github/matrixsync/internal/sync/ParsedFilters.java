package io.github.matrixsync.internal.sync;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.matrixsync.domain.filter.FilterSpec;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.UserId;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Caches parsed filters. Equal filters in use are one object, and filters that requests named by id recently are not
 * read and parsed again. The filter of an id never changes. Thread-safe.
 */
public final class ParsedFilters {
  private static final int MAX_SHARED = 10_000;
  private static final long MAX_WEIGHT = 4L << 20;
  private static final int BARE_WEIGHT = 200;

  /**
   * The key of a filter that was named by its id.
   *
   * @param owner whose filter it is; empty: an id means the same to all
   */
  private record Name(Optional<UserId> owner, String id) {}

  private final Cache<String, FilterSpec> shared = Caffeine.newBuilder()
      .weakValues()
      .maximumSize(MAX_SHARED)
      .executor(Runnable::run)
      .build();

  private final Cache<Name, FilterSpec> named = Caffeine.newBuilder()
      .maximumWeight(MAX_WEIGHT)
      .weigher((Name name, FilterSpec filter) ->
          BARE_WEIGHT + name.id().length() + 4 * filter.canonical().length())
      .executor(Runnable::run)
      .build();

  /** Returns the shared object for filters that are equal to this one. */
  FilterSpec shared(FilterSpec filter) {
    return filter.equals(FilterSpec.ALL)
        ? FilterSpec.ALL
        : shared.get(filter.canonical(), text -> filter);
  }

  /**
   * Returns the filter with an id.
   *
   * @param owner whose filter it is; empty: an id means the same to all
   * @param read reads the filter if it is not cached
   */
  public CompletableFuture<Optional<FilterSpec>> find(
      Optional<UserId> owner, String id, Supplier<CompletableFuture<Optional<RawJson>>> read) {
    Name name = new Name(owner, id);
    FilterSpec known = named.getIfPresent(name);
    if (known != null) {
      return CompletableFuture.completedFuture(Optional.of(known));
    }
    return read.get().thenApply(found -> {
      Optional<FilterSpec> filter = found.map(FilterSpec::parse).map(this::shared);
      filter.ifPresent(parsed -> named.put(name, parsed));
      return filter;
    });
  }
}
