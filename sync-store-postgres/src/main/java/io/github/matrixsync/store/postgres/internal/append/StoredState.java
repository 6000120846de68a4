package io.github.matrixsync.store.postgres.internal.append;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.store.model.EventKind;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What is stored as far as the batches of a transaction need it, kept up to date while they are placed one after
 * another. Confined to one transaction.
 */
final class StoredState {
  /** A redaction that applies to an event of a room. */
  record Redacted(RoomId room, EventId target) {}

  final Map<RoomId, RoomNow> rooms = new HashMap<>();
  final Map<RoomId, RoomNow> newRooms = new LinkedHashMap<>();
  final Map<EventId, KnownEvent> events = new HashMap<>();
  final Map<EventId, Long> purged = new HashMap<>();
  final Map<EntryRow.Key, EntryRow> entries = new HashMap<>();
  final Map<MemberRow.Key, MemberRow> members = new HashMap<>();
  final Map<Redacted, EventKind> redactions = new HashMap<>();
  final StreamHead head;

  StoredState(StreamHead head) {
    this.head = head;
  }

  /** Returns an event that was not purged; the live one if there are two. */
  Optional<KnownEvent> event(EventId id) {
    return Optional.ofNullable(events.get(id));
  }

  /** Adds an event that is stored; of an outlier and a live event with one id the live one counts. */
  void add(KnownEvent event) {
    events.merge(event.id(), event, (one, other) -> one.kind() == EventKind.OUTLIER ? other : one);
  }

  /**
   * Returns the position that an event already has if it is appended as {@code kind}; empty if it needs a new one
   * (rules A3, A4).
   */
  OptionalLong knownPosition(EventId id, EventKind kind) {
    KnownEvent known = events.get(id);
    if (known == null) {
      Long position = purged.get(id);
      return position == null ? OptionalLong.empty() : OptionalLong.of(position);
    }
    boolean becomesLive = known.kind() == EventKind.OUTLIER && kind == EventKind.LIVE;
    return becomesLive ? OptionalLong.empty() : OptionalLong.of(known.position());
  }

  /** Returns a room; one that is not stored gets the next number. */
  RoomNow room(RoomId id) {
    RoomNow known = rooms.get(id);
    if (known != null) {
      return known;
    }
    RoomNow added = new RoomNow(head.nextRoom(), 0, null);
    rooms.put(id, added);
    newRooms.put(id, added);
    return added;
  }

  /** Returns the event that an entry is now; null if it is none. */
  @Nullable KnownEvent entry(EntryRow.Key key) {
    EntryRow row = entries.get(key);
    return row == null ? null : row.event;
  }

  /** Returns the membership that a user has now. */
  Membership membership(MemberRow.Key key) {
    MemberRow row = members.get(key);
    return row == null ? Membership.LEAVE : row.after;
  }
}
