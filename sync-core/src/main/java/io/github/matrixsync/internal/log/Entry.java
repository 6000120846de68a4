package io.github.matrixsync.internal.log;

import io.github.matrixsync.domain.EncodedEvent;
import io.github.matrixsync.domain.EventForm;
import io.github.matrixsync.store.StoredEvent;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An event of the log, on its way to its readers: encoded once in each form, by whoever needs it first, and shared by all. Thread-safe.
 */
public final class Entry {
  private final StoredEvent stored;
  private final Optional<StoredEvent> replaced;
  private volatile @Nullable Made made;

  /** The event in one form, and in those that were asked for before. */
  private record Made(
      EventForm form, EncodedEvent encoded, @Nullable Made others) {}

  /**
   * Takes an event as it was read.
   *
   * @param replaced the state event that it replaced, whose content readers get too
   */
  public Entry(StoredEvent stored, Optional<StoredEvent> replaced) {
    this.stored = stored;
    this.replaced = replaced;
  }

  public StoredEvent stored() {
    return stored;
  }

  public Optional<StoredEvent> replaced() {
    return replaced;
  }

  public long position() {
    return stored.position();
  }

  /** Returns the same if these are what it was read with, else encodes them for this once. */
  @SuppressWarnings("ReferenceEquality") // others that are equal may have other JSON
  public EncodedEvent encoded(StoredEvent shown, Optional<StoredEvent> old, EventForm form) {
    boolean whole = shown == stored && old.orElse(null) == replaced.orElse(null);
    return whole ? encoded(form) : form.encode(shown, old);
  }

  /** Returns the event as streams and pages show it, with nothing erased. Two threads may encode at once; either result serves. */
  public EncodedEvent encoded(EventForm form) {
    Made known = made;
    for (Made one = known; one != null; one = one.others()) {
      if (one.form() == form) {
        return one.encoded();
      }
    }
    EncodedEvent encoded = form.encode(stored, replaced);
    made = new Made(form, encoded, known);
    return encoded;
  }
}
