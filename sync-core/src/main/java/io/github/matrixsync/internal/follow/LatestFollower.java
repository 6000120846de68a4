package io.github.matrixsync.internal.follow;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.matrixsync.internal.concurrent.Futures;
import io.github.matrixsync.internal.log.WakeUpTargets;
import io.github.matrixsync.operation.EphemeralStream;
import io.github.matrixsync.store.ephemeral.CoalescingStream;
import io.github.matrixsync.store.ephemeral.CoalescingStream.Change;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Follows a stream with one entry per key, and returns the latest change of any key, however old, mostly from memory.
 * Concurrent requests for the same key share one store read.
 *
 * <p>A key without a cached change has not changed since the oldest cached change, so its entry in {@code older} is
 * current until it changes. A cached change takes precedence over {@code older}; when it is dropped from the cache it
 * moves there.
 *
 * @param <K> the keys
 * @param <C> the type of the changes
 */
public final class LatestFollower<K, C extends Change> extends CoalescingFollower<K, C> {
  private final CoalescingStream<K, C> stream;
  private final Function<C, K> key;
  /** Futures, so that a key is read once; not Caffeine's own asynchronous cache, which logs each read that fails. */
  private final Cache<K, CompletableFuture<Optional<C>>> older =
      Caffeine.newBuilder().maximumSize(MAX_CACHED).executor(Runnable::run).build();

  LatestFollower(
      EphemeralStream name,
      CoalescingStream<K, C> stream,
      Function<C, K> key,
      BiConsumer<C, WakeUpTargets> addTargets,
      FollowerContext context) {
    super(name, stream, key::apply, addTargets, context);
    this.stream = stream;
    this.key = key;
  }

  /** Returns the latest changes of {@code keys}, as new as the published position or newer. May block. */
  public Map<K, C> latest(Collection<K> keys) {
    Map<K, C> latest = new HashMap<>();
    List<K> others = new ArrayList<>();
    for (K one : keys) {
      newest(one).ifPresentOrElse(change -> latest.put(one, change), () -> others.add(one));
    }
    older(others)
        .forEach((one, read) -> Futures.until(read).ifPresent(change -> latest.put(one, change)));
    return latest;
  }

  /**
   * Returns the futures of {@code keys} without a cached change, and reads those that no other thread has read or is
   * reading.
   */
  private Map<K, CompletableFuture<Optional<C>>> older(List<K> keys) {
    Map<K, CompletableFuture<Optional<C>>> all = new HashMap<>();
    Map<K, CompletableFuture<Optional<C>>> unread = new HashMap<>();
    for (K one : keys) {
      CompletableFuture<Optional<C>> ours = new CompletableFuture<>();
      CompletableFuture<Optional<C>> known = older.asMap().putIfAbsent(one, ours);
      if (known == null) {
        unread.put(one, ours);
      }
      all.put(one, known == null ? ours : known);
    }
    if (!unread.isEmpty()) {
      complete(unread);
    }
    return all;
  }

  private void complete(Map<K, CompletableFuture<Optional<C>>> unread) {
    try {
      Map<K, Optional<C>> read = read(unread.keySet());
      unread.forEach((one, future) -> future.complete(read.get(one)));
    } catch (Throwable failure) { // an error too: others may wait
      unread.forEach((one, future) -> {
        older.asMap().remove(one, future);
        future.completeExceptionally(failure);
      });
      throw failure;
    }
  }

  @Override
  void dropped(C change) {
    older.put(key.apply(change), CompletableFuture.completedFuture(Optional.of(change)));
  }

  @Override
  void missed() {
    older.invalidateAll();
  }

  private Map<K, Optional<C>> read(Set<K> keys) {
    Map<K, Optional<C>> read = new HashMap<>();
    keys.forEach(one -> read.put(one, Optional.empty()));
    stream
        .current(List.copyOf(keys))
        .forEach(change -> read.put(key.apply(change), Optional.of(change)));
    return read;
  }
}
