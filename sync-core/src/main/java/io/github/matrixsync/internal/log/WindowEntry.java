package io.github.matrixsync.internal.log;

import io.github.matrixsync.domain.event.EventForm;
import io.github.matrixsync.internal.concurrent.Budget;
import io.github.matrixsync.internal.encoding.EncodedEvent;
import io.github.matrixsync.store.model.StoredEvent;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An event in the window, encoded once in each form when it is first needed. All readers share the encoding while the
 * event is in the window and the window's bound has room for it. Thread-safe.
 */
public final class WindowEntry {
  private final StoredEvent stored;
  private final Optional<StoredEvent> replaced;
  private final boolean redactsName;
  private volatile @Nullable Encoding encodings;
  private @Nullable Budget budget; // of the window it is in; guarded by this

  /** The encoding in one form, linked to those in other forms. */
  private record Encoding(
      EventForm form, EncodedEvent encoded, @Nullable Encoding others) {}

  /**
   * Makes an entry of an event as it was read; the event does not redact a name of its room.
   *
   * @param replaced the state event that it replaced, whose content is shown as {@code prev_content}
   */
  public WindowEntry(StoredEvent stored, Optional<StoredEvent> replaced) {
    this(stored, replaced, false);
  }

  /**
   * Makes an entry of an event as it was read.
   *
   * @param replaced the state event that it replaced, whose content is shown as {@code prev_content}
   * @param redactsName whether the event redacts a name or an alias of its room
   */
  public WindowEntry(StoredEvent stored, Optional<StoredEvent> replaced, boolean redactsName) {
    this.stored = stored;
    this.replaced = replaced;
    this.redactsName = redactsName;
  }

  public StoredEvent stored() {
    return stored;
  }

  public Optional<StoredEvent> replaced() {
    return replaced;
  }

  /** Returns whether the event redacts a name or an alias of its room. */
  public boolean redactsName() {
    return redactsName;
  }

  public long position() {
    return stored.position();
  }

  /** Returns the shared encoding if the event is shown unchanged; otherwise encodes it without caching. */
  @SuppressWarnings("ReferenceEquality") // others that are equal may have other JSON
  public EncodedEvent encoded(StoredEvent shown, Optional<StoredEvent> old, EventForm form) {
    boolean whole = shown == stored && old.orElse(null) == replaced.orElse(null);
    return whole ? encoded(form) : EncodedEvent.of(form, shown, old);
  }

  /** Returns the encoded event with nothing erased. Two threads may encode it at once; either result is right. */
  public EncodedEvent encoded(EventForm form) {
    EncodedEvent known = find(form);
    if (known != null) {
      return known;
    }
    EncodedEvent encoded = EncodedEvent.of(form, stored, replaced);
    cache(form, encoded);
    return encoded;
  }

  /** Counts its bytes against the window that it enters. */
  synchronized void enter(Budget window) {
    budget = window;
    window.takeRegardless(bytes());
  }

  /** Gives its bytes back to the window that it leaves, and drops its encodings. */
  synchronized void leave(Budget window) {
    budget = null;
    long cached = 0;
    for (Encoding one = encodings; one != null; one = one.others()) {
      cached += one.encoded().weight();
    }
    encodings = null;
    window.giveBack(bytes() + cached);
  }

  private synchronized void cache(EventForm form, EncodedEvent encoded) {
    if (budget != null && find(form) == null && budget.take(encoded.weight())) {
      encodings = new Encoding(form, encoded, encodings);
    }
  }

  private @Nullable EncodedEvent find(EventForm form) {
    for (Encoding one = encodings; one != null; one = one.others()) {
      if (one.form() == form) {
        return one.encoded();
      }
    }
    return null;
  }

  /** Returns the bytes of its JSON, of the event that it replaced, and of their redactions. */
  private long bytes() {
    return bytes(stored) + (replaced.isPresent() ? bytes(replaced.get()) : 0);
  }

  private static long bytes(StoredEvent event) {
    long redaction =
        event.redaction().isPresent() ? event.redaction().get().event().json().length() : 0;
    return event.event().json().length() + redaction;
  }
}
