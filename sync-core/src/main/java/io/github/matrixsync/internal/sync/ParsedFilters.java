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
 * Keeps filters that were parsed: those that polls have, so that equal ones are one object, and those that were named
 * by an id lately, so that they are not read and parsed with every request. A filter with an id never changes.
 * Thread-safe.
 */
public final class ParsedFilters {
  private static final int MAX_SHARED = 10_000;
  private static final long MAX_WEIGHT = 4L << 20;
  private static final int BARE_WEIGHT = 200;

  /**
   * Names a filter.
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

  /** Returns the filter that all who have an equal one share. */
  FilterSpec shared(FilterSpec filter) {
    return filter.equals(FilterSpec.ALL)
        ? FilterSpec.ALL
        : shared.get(filter.canonical(), text -> filter);
  }

  /**
   * Returns the filter with an id.
   *
   * @param owner whose filter it is; empty: an id means the same to all
   * @param read reads it, if it was not read lately
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
