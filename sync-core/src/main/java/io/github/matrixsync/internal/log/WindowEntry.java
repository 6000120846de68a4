package io.github.matrixsync.internal.log;

import io.github.matrixsync.domain.event.EventForm;
import io.github.matrixsync.internal.concurrent.Budget;
import io.github.matrixsync.internal.encoding.EncodedEvent;
import io.github.matrixsync.store.model.StoredEvent;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An event of the log, on its way to its readers: encoded once in each form, by whoever needs it first, and shared by
 * all, while it is in the window and the window's bound has room for that. Thread-safe.
 */
public final class WindowEntry {
  private final StoredEvent stored;
  private final Optional<StoredEvent> replaced;
  private volatile @Nullable Made made;
  private @Nullable Budget bound; // of the window it is in; guarded by this

  /** The event in one form, and in those that were asked for before. */
  private record Made(
      EventForm form, EncodedEvent encoded, @Nullable Made others) {}

  /**
   * Takes an event as it was read.
   *
   * @param replaced the state event that it replaced, whose content readers get too
   */
  public WindowEntry(StoredEvent stored, Optional<StoredEvent> replaced) {
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
    return whole ? encoded(form) : EncodedEvent.of(form, shown, old);
  }

  /**
   * Returns the event as streams and pages show it, with nothing erased. Two threads may encode at once; either result
   * serves.
   */
  public EncodedEvent encoded(EventForm form) {
    EncodedEvent known = find(form);
    if (known != null) {
      return known;
    }
    EncodedEvent encoded = EncodedEvent.of(form, stored, replaced);
    keep(form, encoded);
    return encoded;
  }

  /** Takes note that it is in a window, and takes its own bytes of the window's bound. */
  synchronized void enter(Budget window) {
    bound = window;
    window.takeRegardless(bytes());
  }

  /** Takes note that it is in its window no more, and gives all back that it took. */
  synchronized void leave(Budget window) {
    bound = null;
    long kept = 0;
    for (Made one = made; one != null; one = one.others()) {
      kept += one.encoded().weight();
    }
    made = null;
    window.giveBack(bytes() + kept);
  }

  private synchronized void keep(EventForm form, EncodedEvent encoded) {
    if (bound != null && find(form) == null && bound.take(encoded.weight())) {
      made = new Made(form, encoded, made);
    }
  }

  private @Nullable EncodedEvent find(EventForm form) {
    for (Made one = made; one != null; one = one.others()) {
      if (one.form() == form) {
        return one.encoded();
      }
    }
    return null;
  }

  /** Returns the bytes of its JSON, of what it replaced, and of what redacts them. */
  private long bytes() {
    return bytes(stored) + (replaced.isPresent() ? bytes(replaced.get()) : 0);
  }

  private static long bytes(StoredEvent event) {
    long redaction =
        event.redaction().isPresent() ? event.redaction().get().event().json().length() : 0;
    return event.event().json().length() + redaction;
  }
}
