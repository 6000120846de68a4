package io.github.matrixsync.domain.visibility;

import io.github.matrixsync.domain.event.Redactions;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.model.Redaction;
import io.github.matrixsync.store.model.StoredEvent;
import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;

/**
 * Hides the content of events whose senders asked for erasure. A viewer who was not joined at such an event gets it as
 * if it were redacted, state events too. This also applies inside another event's {@code prev_content}; an erased
 * sender's redaction inside a redacted event has no content for anyone. Immutable, pure.
 *
 * <p>Source: the right to erasure as existing servers implement it, by the viewer's membership at the event.
 */
public final class Erasure {
  /** No erased users. */
  public static final Erasure NONE = new Erasure(Set.of());

  private final Set<UserId> erased;

  private Erasure(Set<UserId> erased) {
    this.erased = erased;
  }

  /** Returns the erasure of the events of these users. */
  public static Erasure of(Set<UserId> erased) {
    return erased.isEmpty() ? NONE : new Erasure(Set.copyOf(erased));
  }

  /** Returns whether there are no erased users. */
  public boolean isNone() {
    return erased.isEmpty();
  }

  /** Returns whether any of these users is erased. */
  public boolean isOfAny(Set<UserId> senders) {
    return !erased.isEmpty() && !Collections.disjoint(erased, senders);
  }

  /**
   * An event as a viewer gets it.
   *
   * @param event the event, perhaps without what was erased
   * @param replaced the event that it replaced, if its content is shown too, perhaps without what was erased
   * @param whole whether nothing was erased, so that others may get the same
   */
  public record Shown(StoredEvent event, Optional<StoredEvent> replaced, boolean whole) {}

  /** Adds the users to {@code senders} whose erasure may change {@code event}. */
  public static void addSenders(StoredEvent event, Collection<UserId> senders) {
    senders.add(event.event().sender());
    event.redaction().ifPresent(redaction -> senders.add(redaction.event().sender()));
  }

  /**
   * Returns an event as a viewer gets it.
   *
   * @param event the event
   * @param replaced the event that it replaced, if its content is shown too
   * @param view of its room, by the viewer
   */
  public Shown show(StoredEvent event, Optional<StoredEvent> replaced, RoomView view) {
    if (!touches(event, view) && replaced.filter(old -> touches(old, view)).isEmpty()) {
      return new Shown(event, replaced, true);
    }
    return new Shown(prune(event, view), replaced.map(old -> prune(old, view)), false);
  }

  private boolean touches(StoredEvent stored, RoomView view) {
    return isHidden(stored, view) || stored.redaction().filter(this::isHidden).isPresent();
  }

  private StoredEvent prune(StoredEvent stored, RoomView view) {
    Optional<Redaction> redaction = stored
        .redaction()
        .map(original -> isHidden(original) ? new Redaction(original.event(), true) : original);
    StoredEvent shown = stored.withRedaction(redaction);
    return isHidden(stored, view) ? withEvent(shown, Redactions.prune(shown.event())) : shown;
  }

  private boolean isHidden(StoredEvent stored, RoomView view) {
    return erased.contains(stored.event().sender()) && !view.joinedAt(stored.position());
  }

  private boolean isHidden(Redaction redaction) {
    return erased.contains(redaction.event().sender());
  }

  private static StoredEvent withEvent(StoredEvent stored, RoomEvent event) {
    return new StoredEvent(
        event,
        stored.kind(),
        stored.position(),
        stored.depth(),
        stored.replaces(),
        stored.changes(),
        stored.visibility(),
        stored.subjectKnows(),
        stored.redaction());
  }
}
