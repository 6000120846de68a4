package io.github.matrixsync.store.memory;

import io.github.matrixsync.store.Registration;
import io.github.matrixsync.store.ephemeral.CoalescingStream;
import io.github.matrixsync.store.memory.change.LatestChanges;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The common base of the presence, typing, receipt and account data stores: the latest change per entry, on the heap
 * (rules W, L, B, C). Thread-safe; never blocks on I/O.
 *
 * @param <K> the key by which snapshots read entries
 * @param <E> the identity of an entry
 * @param <C> a change
 */
abstract class CoalescingRole<K, E, C extends CoalescingStream.Change>
    implements CoalescingStream<K, C> {
  final LatestChanges<E, C> latest;

  CoalescingRole(long firstPosition) {
    latest = new LatestChanges<>(firstPosition);
  }

  /** Returns the identities of a key's entries, some of which may not exist; called inside a read. */
  abstract Stream<E> entriesOf(K key);

  @Override
  public final long watermark() {
    return latest.watermark();
  }

  @Override
  public final long retainedAfter() {
    return latest.retainedAfter();
  }

  @Override
  public final Registration onAdvance(Runnable listener) {
    return latest.onAdvance(listener);
  }

  @Override
  public final List<C> changes(long after, long upTo, int limit) {
    return latest.changes(after, upTo, limit);
  }

  @Override
  public final List<C> current(Collection<K> keys) {
    Set<K> asked = Set.copyOf(keys);
    return latest.read(() -> asked.stream()
        .flatMap(this::entriesOf)
        .map(latest::get)
        .flatMap(Optional::stream)
        .toList());
  }
}
