package io.github.matrixsync.store.memory.index;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.model.EventKind;
import io.github.matrixsync.store.model.HistoryPoint;
import io.github.matrixsync.store.model.Redaction;
import io.github.matrixsync.store.model.StoredEvent;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One event of the log or of the backfill, to which all indexes point. Readers get its immutable view, which is
 * replaced when another redaction applies. Guarded by the store's lock.
 */
public final class Entry {
  private final Room room;
  private final UserId sender;
  private final @Nullable UserId subject;
  private StoredEvent view;
  private @Nullable Entry outlier;
  private boolean stateEntry;

  /** Creates an entry of {@code room}; {@code people} has one object for each user. */
  Entry(StoredEvent view, Room room, People people) {
    this.view = view;
    this.room = room;
    this.sender = people.know(view.event().sender());
    this.subject = view.event().subject().map(people::know).orElse(null);
  }

  Room room() {
    return room;
  }

  /**
   * Returns whether a user sent the event or is its subject. The user must be the object that {@link People} returns.
   */
  @SuppressWarnings("ReferenceEquality") // there is one object for each user
  boolean isOf(UserId known) {
    return sender == known || subject == known;
  }

  /** Returns whether the event is a member event that changed its subject's membership. */
  boolean changedMembership() {
    return subject != null && view.becameState();
  }

  /** Makes this the live entry of an event that was known as an outlier (rule A4). */
  void follow(Entry earlier) {
    outlier = earlier;
    stateEntry = earlier.stateEntry;
  }

  /** Drops the reference to the outlier's entry, which was purged. */
  void forgetOutlier() {
    outlier = null;
  }

  public StoredEvent view() {
    return view;
  }

  RoomEvent event() {
    return view.event();
  }

  EventId id() {
    return view.event().id();
  }

  EventKind kind() {
    return view.kind();
  }

  long position() {
    return view.position();
  }

  HistoryPoint point() {
    return view.point();
  }

  /** Sets the redaction that applies to the event, both as outlier and live (rule D1). */
  void redact(Redaction redaction) {
    view = view.withRedaction(Optional.of(redaction));
    if (outlier != null) {
      outlier.redact(redaction);
    }
  }

  /** Marks that the event set a state entry or a membership, so that no purge removes it. */
  void markStateEntry() {
    stateEntry = true;
  }

  boolean isStateEntry() {
    return stateEntry;
  }
}
