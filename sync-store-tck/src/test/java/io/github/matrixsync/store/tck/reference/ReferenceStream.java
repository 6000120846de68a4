package io.github.matrixsync.store.tck.reference;

import io.github.matrixsync.store.ExpiredPositionException;
import io.github.matrixsync.store.Registration;
import io.github.matrixsync.store.ephemeral.CoalescingStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.LongFunction;

/**
 * A coalescing stream as plainly as it can be written: a list of changes, which several instances may share. Broken
 * streams override what they break. Thread-safe.
 *
 * @param <K> the key by which snapshots read entries
 * @param <C> a change
 */
public abstract class ReferenceStream<K, C extends CoalescingStream.Change>
    implements CoalescingStream<K, C> {
  /**
   * What all instances share. Guarded by its own monitor.
   *
   * @param <C> a change
   */
  public static final class Storage<C extends CoalescingStream.Change> {
    public final List<C> rows = new ArrayList<>();
    public final List<ReferenceTyping.Typing> typing = new ArrayList<>();
    public final List<ReferenceStream<?, C>> instances = new ArrayList<>();
    public long last;
  }

  public final ReferenceListeners listeners = new ReferenceListeners();
  public final long retainedAfter;
  public Storage<C> storage = new Storage<>();
  public volatile boolean signals = true;
  public volatile long watermark;

  @SuppressWarnings("this-escape") // Others call it when it is told of changes.
  public ReferenceStream(long firstPosition) {
    retainedAfter = firstPosition - 1;
    storage.last = retainedAfter;
    storage.instances.add(this);
    watermark = retainedAfter;
  }

  /** Has this new instance work on the storage of another. */
  public void join(ReferenceStream<?, C> open, boolean getsSignals) {
    storage = open.storage;
    signals = getsSignals;
    synchronized (storage) {
      storage.instances.add(this);
      take();
    }
  }

  /** Returns by what snapshots ask for a change. */
  public abstract K keyOf(C change);

  /** Returns what has one entry. */
  public abstract Object entryOf(C change);

  @Override
  public long watermark() {
    return watermark;
  }

  @Override
  public long refresh() {
    if (look()) {
      found();
    }
    return watermark();
  }

  /** Takes what is stored. Returns whether listeners are to hear of it. */
  public boolean look() {
    synchronized (storage) {
      long before = watermark;
      take();
      return watermark > before;
    }
  }

  /** A look found an advance. */
  public void found() {
    listeners.call();
  }

  @Override
  public long retainedAfter() {
    return retainedAfter;
  }

  @Override
  public Registration onAdvance(Runnable listener) {
    return listeners.add(listener);
  }

  @Override
  public List<C> changes(long after, long upTo, int limit) {
    if (after < retainedAfter()) {
      throw new ExpiredPositionException(after, retainedAfter());
    }
    synchronized (storage) {
      return storage.rows.stream()
          .filter(row -> row.position() > after && row.position() <= upTo)
          .sorted(Comparator.comparingLong(CoalescingStream.Change::position))
          .limit(limit)
          .toList();
    }
  }

  @Override
  public List<C> current(Collection<K> keys) {
    Set<K> asked = Set.copyOf(keys);
    synchronized (storage) {
      return storage.rows.stream().filter(row -> asked.contains(keyOf(row))).toList();
    }
  }

  /** Puts an entry into the place of another. */
  public long put(LongFunction<C> changeAt) {
    synchronized (storage) {
      C change = changeAt.apply(++storage.last);
      storage.rows.removeIf(row -> entryOf(row).equals(entryOf(change)));
      storage.rows.add(change);
      return change.position();
    }
  }

  /** Shows what is stored. Under the storage's monitor. */
  public void take() {
    watermark = storage.last;
  }

  /** Shows what was put and tells the listeners, here and where signals reach. */
  public void publish() {
    List<ReferenceStream<?, C>> reached;
    synchronized (storage) {
      reached = reached();
      reached.forEach(ReferenceStream::take);
    }
    reached.forEach(instance -> instance.listeners.call());
  }

  /** Returns the instances that see at once what this one wrote. */
  public List<ReferenceStream<?, C>> reached() {
    return storage.instances.stream()
        .filter(instance -> instance == this || instance.signals)
        .toList();
  }
}
