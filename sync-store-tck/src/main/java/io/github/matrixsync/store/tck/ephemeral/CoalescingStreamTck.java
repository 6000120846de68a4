package io.github.matrixsync.store.tck.ephemeral;

import io.github.matrixsync.store.ephemeral.CoalescingStream;
import io.github.matrixsync.store.tck.StoreTck;
import io.github.matrixsync.store.tck.rules.stream.CoalescingFixture;
import io.github.matrixsync.store.tck.rules.stream.CoalescingRules;
import io.github.matrixsync.store.tck.rules.stream.StreamRules;
import io.github.matrixsync.store.tck.support.PausingList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;

/**
 * The tests of a coalescing stream. A subclass names three keys, sets their values, and finds the key of a change.
 * Confined to the thread of its test, except what {@link CoalescingFixture} has.
 *
 * @param <K> the key by which snapshots read entries
 * @param <C> a change
 * @param <S> the store's type
 */
abstract class CoalescingStreamTck<
        K, C extends CoalescingStream.Change, S extends CoalescingStream<K, C>>
    extends StoreTck<S> implements StreamRules, CoalescingRules<C> {
  private final AtomicInteger advances = new AtomicInteger();
  private volatile long start;

  /** Returns the store as it is after a restart of the process. Called at most once a test. */
  protected abstract S restarted(S earlier);

  /** Returns the key with this number: 0, 1 or 2. */
  abstract K key(int number);

  /** Returns the key of a change. */
  abstract K keyIn(C change);

  @Override
  @SuppressWarnings("unchecked") // The proxy has the role of S.
  public CoalescingStream<K, C> tested() {
    return (CoalescingStream<K, C>) recorded(CoalescingStream.class);
  }

  @BeforeEach
  final void rememberStart() {
    start = store().watermark();
  }

  @Override
  public final long start() {
    return start;
  }

  @Override
  public final void advance() {
    change(0, advances.incrementAndGet());
  }

  @Override
  public final void readHeldUpBy(Runnable pause) {
    store().current(new PausingList<>(List.of(key(0), key(1)), pause));
  }

  @Override
  public final List<C> current(List<Integer> keys) {
    Collection<K> asked = keys.stream().map(this::key).toList();
    return tested().current(asked);
  }

  @Override
  public final int keyOf(C change) {
    for (int number = 0; number < 3; number++) {
      if (key(number).equals(keyIn(change))) {
        return number;
      }
    }
    throw new AssertionError("nobody set the key of " + change);
  }

  @Override
  public final void restart() {
    use(restarted(store()));
  }
}
