package io.github.matrixsync.internal.follow;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.matrixsync.internal.log.Concerned;
import io.github.matrixsync.internal.run.Threads;
import io.github.matrixsync.internal.run.Waiting;
import io.github.matrixsync.operation.SideStream;
import io.github.matrixsync.store.CoalescingStream;
import io.github.matrixsync.store.CoalescingStream.Change;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Follows a stream that has one entry per key, and says what a key's latest change is whenever that was: most often from memory. However many polls ask of the same keys at once, the store is asked once.
 *
 * <p>A key whose change is not kept has not changed since the kept ones begin, so what was once read of it holds until it changes. A change that is kept comes before what was read; one that is kept no longer takes
 * its place.
 *
 * @param <K> what has one entry
 * @param <C> its changes
 */
public final class LatestFollower<K, C extends Change> extends CoalescingFollower<K, C> {
  private final CoalescingStream<K, C> stream;
  private final Function<C, K> key;
  private final AsyncCache<K, Optional<C>> older =
      Caffeine.newBuilder().maximumSize(MAX_KEPT).executor(Runnable::run).buildAsync();

  LatestFollower(
      SideStream name,
      CoalescingStream<K, C> stream,
      Function<C, K> key,
      BiConsumer<C, Concerned> concern,
      Threads threads,
      Consumer<Concerned> waker) {
    super(name, stream, key::apply, concern, threads, waker);
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
    if (!others.isEmpty()) {
      Waiting.until(older.getAll(others, this::read))
          .forEach((one, read) -> read.ifPresent(change -> latest.put(one, change)));
    }
    return latest;
  }

  @Override
  void dropped(C change) {
    older.put(key.apply(change), CompletableFuture.completedFuture(Optional.of(change)));
  }

  @Override
  void missed() {
    older.synchronous().invalidateAll();
  }

  private Map<K, Optional<C>> read(Set<? extends K> keys) {
    Map<K, Optional<C>> read = new HashMap<>();
    keys.forEach(one -> read.put(one, Optional.empty()));
    stream
        .current(List.copyOf(keys))
        .forEach(change -> read.put(key.apply(change), Optional.of(change)));
    return read;
  }
}
