package io.github.matrixsync.store.postgres.internal.append;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.store.model.EventKind;
import io.github.matrixsync.store.model.StoredEvent;
import io.github.matrixsync.store.state.MemberChange;
import io.github.matrixsync.store.state.StateChange;
import io.github.matrixsync.store.state.VisibilityChange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The rows that a transaction adds and changes, collected while its batches are placed; keeps {@link StoredState} up to
 * date with them. Confined to one transaction.
 */
final class NewRows {
  /** A visibility change of a room. */
  record VisibilityRow(long room, VisibilityChange change) {}

  /** A redaction that applies from now on, by the event at a position. */
  record RedactionRow(long room, EventId target, long position) {}

  /** A live event of a room before which events may be missing. */
  record Gap(long room, long position) {}

  final StoredState state;
  final List<NewEvent> events = new ArrayList<>();
  final List<Gap> gaps = new ArrayList<>();
  final List<EntryRow> entries = new ArrayList<>();
  final Set<EntryRow> closedEntries = new HashSet<>();
  final List<MemberRow> members = new ArrayList<>();
  final Set<MemberRow> closedMembers = new HashSet<>();
  final List<VisibilityRow> visibilities = new ArrayList<>();
  final Map<StoredState.Redacted, RedactionRow> redactions = new LinkedHashMap<>();

  /** The redactions by backfill that are stored and no longer apply, because a live one came. */
  final Set<StoredState.Redacted> overruled = new HashSet<>();

  /** The positions of stored events that became state entries for the first time. */
  final Set<Long> stateSetters = new HashSet<>();

  /** The stored outliers that became live, with their live positions. */
  final Map<KnownEvent, Long> becameLive = new HashMap<>();

  private final Map<EventId, NewEvent> newest = new HashMap<>();

  NewRows(StoredState state) {
    this.state = state;
  }

  /** Returns whether nothing is to be written. */
  boolean isEmpty() {
    return events.isEmpty();
  }

  /**
   * Adds a new event with all that follows from it.
   *
   * @param fields finds the fields of an event that an entry names, also of one that stands later in its batch
   */
  void add(
      StoredEvent stored, RoomNow room, Function<EventId, KnownEvent.@Nullable Fields> fields) {
    RoomEvent event = stored.event();
    KnownEvent outlier = state.events.get(event.id());
    room.rise(stored.depth());
    if (stored.kind() == EventKind.LIVE) {
      room.riseTo(stored.point());
    }
    boolean redacted =
        state.redactions.containsKey(new StoredState.Redacted(event.room(), event.id()));
    NewEvent row = new NewEvent(stored, room, outlier != null && outlier.setsState(), redacted);
    events.add(row);
    newest.put(event.id(), row);
    if (outlier != null) {
      becameLive.put(outlier, stored.position());
    }
    state.events.put(event.id(), known(stored, row.setsState));
    for (StateChange change : stored.changes()) {
      add(stored, change, fields);
    }
    event.redacts().ifPresent(target -> redact(stored, room, target));
  }

  /** Notes that an event became a state entry, so that no purge removes it. */
  void markStateSetter(KnownEvent event) {
    if (event.setsState()) {
      return;
    }
    state.events.put(event.id(), event.asStateSetter());
    NewEvent row = newest.get(event.id());
    if (row != null) {
      row.setsState = true;
    } else {
      stateSetters.add(event.position());
    }
  }

  private static KnownEvent known(StoredEvent stored, boolean setsState) {
    return new KnownEvent(
        stored.event().id(),
        stored.position(),
        stored.kind(),
        KnownEvent.Fields.of(stored.event()),
        !stored.changes().isEmpty(),
        setsState);
  }

  private void add(
      StoredEvent stored,
      StateChange change,
      Function<EventId, KnownEvent.@Nullable Fields> fields) {
    if (stored.kind() == EventKind.LIVE) {
      changeEntry(stored, change, fields);
    }
    if (change instanceof MemberChange member) {
      changeMember(stored, member);
    }
    if (change instanceof VisibilityChange visibility && stored.kind() == EventKind.LIVE) {
      visibilities.add(new VisibilityRow(state.room(stored.event().room()).number(), visibility));
    }
  }

  private void changeEntry(
      StoredEvent stored,
      StateChange change,
      Function<EventId, KnownEvent.@Nullable Fields> fields) {
    EntryRow.Key key = new EntryRow.Key(stored.event().room(), change.type(), change.stateKey());
    EntryRow before = state.entries.remove(key);
    if (before != null) {
      before.until = stored.position();
      if (before.isStored) {
        closedEntries.add(before);
      }
    }
    if (change.event().isPresent()) {
      KnownEvent event = eventOf(change.event().get(), fields);
      EntryRow row = new EntryRow(key, stored.position(), event, false);
      state.entries.put(key, row);
      entries.add(row);
    }
  }

  /** Returns an event that an entry becomes; without a position yet if it stands later in its batch. */
  private KnownEvent eventOf(EventId id, Function<EventId, KnownEvent.@Nullable Fields> fields) {
    KnownEvent known = state.events.get(id);
    return known != null
        ? known
        : new KnownEvent(
            id, 0, EventKind.LIVE, Objects.requireNonNull(fields.apply(id)), false, false);
  }

  private void changeMember(StoredEvent stored, MemberChange change) {
    MemberRow.Key key = new MemberRow.Key(change.user(), stored.event().room());
    MemberRow before = state.members.get(key);
    if (before != null) {
      before.until = stored.position();
      if (before.change == null) {
        closedMembers.add(before);
      }
    }
    MemberRow row = new MemberRow(key, stored.position(), change.after(), change);
    state.members.put(key, row);
    members.add(row);
  }

  private void redact(StoredEvent stored, RoomNow room, EventId target) {
    StoredState.Redacted key = new StoredState.Redacted(stored.event().room(), target);
    EventKind present = state.redactions.get(key);
    if (!counts(stored.kind(), present)) {
      return;
    }
    if (present != null && !redactions.containsKey(key)) {
      overruled.add(key);
    }
    state.redactions.put(key, stored.kind());
    redactions.put(key, new RedactionRow(room.number(), target, stored.position()));
    NewEvent row = newest.get(target);
    if (row != null && row.stored.event().room().equals(key.room())) {
      row.redacted = true;
    }
  }

  private static boolean counts(EventKind kind, @Nullable EventKind present) {
    return switch (kind) {
      case OUTLIER -> false;
      case LIVE -> present == null || present == EventKind.BACKFILL;
      case BACKFILL -> present == null;
    };
  }
}
