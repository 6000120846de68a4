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
 * The readers by user. A reader without a hold is idle, and is cached so that the user's next poll need not load it.
 * Their number is bounded; those not used between two rounds are removed first. Taking and releasing holds does not
 * contend. Thread-safe.
 */
public final class ReaderRegistry {
  private final int mostIdle;
  private final Function<UserId, Reader> factory;
  private final ConcurrentHashMap<UserId, Reader> byUser = new ConcurrentHashMap<>();
  private final LongAdder idle = new LongAdder();
  private Iterator<Reader> round = byUser.values().iterator(); // guarded by this

  /**
   * Makes a registry that keeps about {@code mostIdle} idle readers.
   *
   * @param factory makes the reader of a user
   */
  public ReaderRegistry(int mostIdle, Function<UserId, Reader> factory) {
    this.mostIdle = mostIdle;
    this.factory = factory;
  }

  /** Takes a hold of a user's reader, loaded or not. Each call needs one call of {@link #release}. */
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

  /** Takes a hold of a reader unless it is forgotten. Returns whether it did; then {@link #release} must be called. */
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

  /** Returns all current readers. */
  public Collection<Reader> all() {
    return byUser.values();
  }

  /** Returns whether no reader has a hold; approximate while other threads work. */
  public boolean areAllIdle() {
    return idle.sum() == byUser.mappingCount();
  }

  /** Removes a reader unless it has a hold or is forgotten. Returns whether it did. */
  boolean remove(Reader reader) {
    boolean removed = reader.forget();
    if (removed) {
      idle.decrement();
      byUser.remove(reader.user(), reader);
    }
    return removed;
  }

  /** Returns whether there are more idle readers than allowed. */
  boolean hasTooManyIdle() {
    return idle.sum() > mostIdle;
  }

  /**
   * Continues the round over the readers and removes idle ones until no more are idle than allowed, at most once
   * through all. A reader that was used since the last round is spared once, unless twice as many are idle as allowed.
   *
   * @param removed receives each removed reader
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
