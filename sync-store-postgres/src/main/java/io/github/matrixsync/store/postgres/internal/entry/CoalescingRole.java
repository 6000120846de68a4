package io.github.matrixsync.store.postgres.internal.entry;

import io.github.matrixsync.store.ExpiredPositionException;
import io.github.matrixsync.store.Registration;
import io.github.matrixsync.store.ephemeral.CoalescingStream;
import io.github.matrixsync.store.postgres.internal.stream.Heads;
import io.github.matrixsync.store.postgres.internal.stream.Hints;
import io.github.matrixsync.store.postgres.internal.stream.StreamNumber;
import io.github.matrixsync.store.postgres.internal.stream.Watermark;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The common base of the roles: checks arguments, and keeps the watermark. Thread-safe.
 *
 * @param <K> the key by which snapshots read entries
 * @param <C> a change
 */
public abstract class CoalescingRole<K, C extends CoalescingStream.Change>
    implements CoalescingStream<K, C> {
  /** How far the stream is known to go. */
  protected final Watermark watermark;

  private final StreamNumber stream;
  private final Heads heads;
  private final Hints hints;
  private final EntryReads<K, C> reads;
  private final AtomicBoolean closed = new AtomicBoolean();

  /** Begins with what is known of the stream. */
  protected CoalescingRole(StreamNumber stream, Heads heads, Hints hints, EntryReads<K, C> reads) {
    this.stream = stream;
    watermark = heads.watermark(stream);
    this.heads = heads;
    this.hints = hints;
    this.reads = reads;
  }

  @Override
  public final long watermark() {
    requireOpen();
    return watermark.position();
  }

  @Override
  public final long refresh() {
    requireOpen();
    heads.look();
    return watermark.position();
  }

  @Override
  public final long retainedAfter() {
    requireOpen();
    return watermark.retainedAfter();
  }

  @Override
  public final Registration onAdvance(Runnable listener) {
    requireOpen();
    return watermark.onAdvance(listener);
  }

  @Override
  public final List<C> changes(long after, long upTo, int limit) {
    requireOpen();
    if (limit < 1) {
      throw new IllegalArgumentException("a limit must be at least 1, got " + limit);
    }
    if (after > upTo || upTo > watermark.position()) {
      throw new IllegalArgumentException("(" + after + ", " + upTo
          + "] does not end at or below the watermark " + watermark.position());
    }
    if (after < watermark.retainedAfter()) {
      throw new ExpiredPositionException(after, watermark.retainedAfter());
    }
    return after == upTo ? List.of() : reads.changes(after, upTo, limit);
  }

  @Override
  public final List<C> current(Collection<K> keys) {
    requireOpen();
    return keys.isEmpty() ? List.of() : reads.current(keys, watermark.position());
  }

  /** Moves the watermark to what was committed, and tells other nodes if anything was. */
  protected final void written(Draft<?, ?> draft) {
    watermark.advanceTo(draft.position());
    if (!draft.changed().isEmpty()) {
      hints.send(stream, draft.position() + draft.revision());
    }
  }

  /** Refuses every later call. */
  public final void close() {
    closed.set(true);
  }

  /** Throws {@link IllegalStateException} if the store is closed. */
  protected final void requireOpen() {
    if (closed.get()) {
      throw new IllegalStateException("the store is closed");
    }
  }
}
