package io.github.matrixsync.store.postgres.internal.stream;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The earliest deadline of typing that this node knows of. It is known as of a revision, which every change of the
 * typing table raises, so that an answer that was read earlier and comes later is left out. Thread-safe; does no I/O.
 */
public final class NextDeadline {
  private record Known(long revision, @Nullable Instant at) {}

  private final AtomicReference<Known> known = new AtomicReference<>(new Known(0, null));

  /** Returns the deadline; empty if nobody is typing. */
  public Optional<Instant> get() {
    return Optional.ofNullable(known.get().at());
  }

  /**
   * Updates the deadline from what was read or committed; an older revision changes nothing.
   *
   * @param at the deadline in milliseconds since the epoch; null if nobody is typing
   * @return whether the deadline has become earlier, so that listeners must be called (rule T2)
   */
  public boolean learn(long revision, @Nullable Long at) {
    Known now = new Known(revision, at == null ? null : Instant.ofEpochMilli(at));
    Known before = known.getAndUpdate(known -> known.revision() > revision ? known : now);
    return before.revision() <= revision
        && now.at() != null
        && (before.at() == null || now.at().isBefore(before.at()));
  }
}
