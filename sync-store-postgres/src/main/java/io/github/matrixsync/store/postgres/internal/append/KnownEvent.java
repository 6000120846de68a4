package io.github.matrixsync.store.postgres.internal.append;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.HistoryVisibility;
import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.model.EventKind;
import org.jspecify.annotations.Nullable;

/**
 * What an append must know of an event that is stored, or that it stores itself.
 *
 * @param id the event's id
 * @param position its position
 * @param kind how it entered the log
 * @param fields those of its fields that decide what state it can be
 * @param changedState whether it changed an entry where it was appended
 * @param setsState whether it ever became an entry
 */
// More than five parameters: one for each column that is read of an event.
record KnownEvent(
    EventId id,
    long position,
    EventKind kind,
    Fields fields,
    boolean changedState,
    boolean setsState) {
  /** The fields of an event that decide what state it can be. */
  record Fields(
      RoomId room,
      String type,
      @Nullable String stateKey,
      @Nullable Membership membership,
      @Nullable HistoryVisibility visibility) {
    static Fields of(RoomEvent event) {
      return new Fields(
          event.room(),
          event.type(),
          event.stateKey().orElse(null),
          event.membership().orElse(null),
          event.historyVisibility().orElse(null));
    }
  }

  /** Returns the user whose membership the event sets; null if it sets none. */
  @Nullable UserId subject() {
    return fields.membership() == null || fields.stateKey() == null
        ? null
        : UserId.parse(fields.stateKey());
  }

  /** Returns whether it was an outlier that changed its subject's membership. */
  boolean changedMembership() {
    return fields.membership() != null && changedState;
  }

  KnownEvent asStateSetter() {
    return new KnownEvent(id, position, kind, fields, changedState, true);
  }
}
