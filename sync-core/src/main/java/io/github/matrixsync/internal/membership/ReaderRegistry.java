package io.github.matrixsync.internal.membership;

import io.github.matrixsync.event.UserId;
import java.util.Collection;
import java.util.Iterator;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The readers by user. One that nothing holds on to is idle, and stays for a while, so that the user's next poll need
 * not load it: a bounded number of them, of which those go first that were not used between two rounds. Nobody waits
 * for anybody to take hold of a reader or to let go of it. Thread-safe.
 */
public final class ReaderRegistry {
  private final int mostIdle;
  private final Function<UserId, Reader> factory;
  private final ConcurrentHashMap<UserId, Reader> byUser = new ConcurrentHashMap<>();
  private final LongAdder idle = new LongAdder();
  private Iterator<Reader> round = byUser.values().iterator(); // guarded by this

  /**
   * Keeps about so many idle ones.
   *
   * @param factory makes a user's reader
   */
  public ReaderRegistry(int mostIdle, Function<UserId, Reader> factory) {
    this.mostIdle = mostIdle;
    this.factory = factory;
  }

  /** Takes hold of a user's reader, loaded or not. Each call wants one of {@link #release}. */
  public Reader acquire(UserId user) {
    while (true) {
      Reader known = byUser.get(user);
      Reader reader = known != null ? known : byUser.computeIfAbsent(user, this::newReader);
      if (hold(reader)) {
        return reader;
      }
      byUser.remove(user, reader);
    }
  }

  /** Takes hold of a reader, unless it is forgotten. Returns whether it did; then it wants a {@link #release}. */
  boolean hold(Reader reader) {
    Reader.Hold found = reader.hold();
    if (found == Reader.Hold.WAS_IDLE) {
      idle.decrement();
    }
    return found != Reader.Hold.GONE;
  }

  private Reader newReader(UserId user) {
    idle.increment();
    return factory.apply(user);
  }

  public void release(Reader reader) {
    if (reader.release()) {
      idle.increment();
    }
  }

  /** Returns a user's reader, if there is one. */
  @Nullable Reader get(UserId user) {
    return byUser.get(user);
  }

  /** Returns all readers of now. */
  public Collection<Reader> all() {
    return byUser.values();
  }

  /** Returns whether nothing holds on to any of them, as far as can be said while others work. */
  public boolean areAllIdle() {
    return idle.sum() == byUser.mappingCount();
  }

  /** Removes a reader, unless it is held or gone. Returns whether it did. */
  boolean remove(Reader reader) {
    boolean removed = reader.forget();
    if (removed) {
      idle.decrement();
      byUser.remove(reader.user(), reader);
    }
    return removed;
  }

  /** Returns whether more are idle than should be. */
  boolean hasTooManyIdle() {
    return idle.sum() > mostIdle;
  }

  /**
   * Goes on with the round, once through all readers at the most, until no more are idle than should be. Who was used
   * since the round came by is spared once, unless twice too many are idle.
   *
   * @param removed is told of each that had to go
   */
  synchronized void removeIdle(Consumer<Reader> removed) {
    for (long left = byUser.mappingCount(); left > 0 && hasTooManyIdle(); left--) {
      if (!round.hasNext()) {
        round = byUser.values().iterator();
        if (!round.hasNext()) {
          return;
        }
      }
      Reader reader = round.next();
      boolean spared = reader.clearUsed() && idle.sum() <= 2L * mostIdle;
      if (!spared && remove(reader)) {
        removed.accept(reader);
      }
    }
  }
}
