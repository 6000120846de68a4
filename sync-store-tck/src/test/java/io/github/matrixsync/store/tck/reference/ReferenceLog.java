package io.github.matrixsync.store.tck.reference;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.HistoryVisibility;
import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.model.Append;
import io.github.matrixsync.store.model.EventKind;
import io.github.matrixsync.store.model.Redaction;
import io.github.matrixsync.store.model.StoredEvent;
import io.github.matrixsync.store.state.EntryChange;
import io.github.matrixsync.store.state.MemberChange;
import io.github.matrixsync.store.state.StateChange;
import io.github.matrixsync.store.state.StateEntry;
import io.github.matrixsync.store.state.VisibilityChange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * All that was ever stored, in one list that every question walks through: the storage behind reference stores, whose
 * instances share it. Guarded by its own monitor.
 */
public class ReferenceLog {
  public final List<StoredEvent> rows = new ArrayList<>();
  public final Set<Long> purged = new HashSet<>();
  public final Set<Long> gaps = new HashSet<>();
  public final Set<Long> uncommitted = new HashSet<>();
  public final List<ReferenceEventStore> instances = new ArrayList<>();
  public long last;
  public long lastBackfill;
  public long retainedAfter;
  public boolean failing;

  /** Stores a batch whole, or nothing of it. */
  public List<Long> append(List<Append> batch) {
    int size = rows.size();
    long lastBefore = last;
    long lastBackfillBefore = lastBackfill;
    try {
      List<Long> positions = new ArrayList<>();
      batch.forEach(append -> positions.add(append(append, batch)));
      return List.copyOf(positions);
    } catch (RuntimeException refused) {
      rows.subList(size, rows.size()).clear();
      last = lastBefore;
      lastBackfill = lastBackfillBefore;
      throw refused;
    }
  }

  /** Stores one event of a batch. */
  public long append(Append append, List<Append> batch) {
    Optional<StoredEvent> known = knownBefore(append.event().id());
    boolean becomesLive = append.kind() == EventKind.LIVE
        && known.filter(row -> row.kind() == EventKind.OUTLIER).isPresent();
    if (known.isPresent() && !becomesLive) {
      return known.get().position();
    }
    check(append, batch);
    boolean subjectKnows = becomesLive && toldSubject(known.get());
    StoredEvent row = row(append, batch, subjectKnows);
    rows.add(row);
    if (append.isAfterGap()) {
      gaps.add(row.position());
    }
    return row.position();
  }

  /** Returns whether an outlier was given to its subject. */
  public boolean toldSubject(StoredEvent outlier) {
    return !outlier.changes().isEmpty();
  }

  public StoredEvent row(Append append, List<Append> batch, boolean subjectKnows) {
    RoomEvent event = append.event();
    long position = nextPosition(append.kind());
    return new StoredEvent(
        event,
        append.kind(),
        position,
        event.depth().orElseGet(() -> nextDepth(event.room())),
        replaces(append),
        append.stateEntries().stream()
            .map(entry -> change(append, entry, batch, position))
            .flatMap(Optional::stream)
            .toList(),
        append.visibility(),
        subjectKnows,
        Optional.empty());
  }

  public long nextPosition(EventKind kind) {
    return kind == EventKind.BACKFILL ? --lastBackfill : ++last;
  }

  public long nextDepth(RoomId room) {
    long highest = highestDepth(room);
    return highest == Long.MAX_VALUE ? highest : highest + 1;
  }

  public long highestDepth(RoomId room) {
    return of(room).mapToLong(StoredEvent::depth).max().orElse(0);
  }

  public Optional<EventId> replaces(Append append) {
    RoomEvent event = append.event();
    if (append.kind() != EventKind.LIVE || !event.isState()) {
      return Optional.empty();
    }
    return entry(event.room(), event.type(), event.stateKey().orElseThrow())
        .filter(replaced -> !replaced.equals(event.id()));
  }

  private Optional<StateChange> change(
      Append append, StateEntry entry, List<Append> batch, long position) {
    RoomId room = append.event().room();
    boolean isSetAlready = entry(room, entry.type(), entry.stateKey()).equals(entry.event());
    if (isSetAlready && !bringsAlways(append, entry)) {
      return Optional.empty();
    }
    Optional<RoomEvent> event = entry.event().map(id -> find(id, batch).orElseThrow());
    if (entry.type().equals(RoomEvent.MEMBER) && entry.stateKey().startsWith("@")) {
      UserId user = UserId.parse(entry.stateKey());
      Membership before = memberChanges(user, room, position)
          .reduce((earlier, later) -> later)
          .map(MemberChange::after)
          .orElse(Membership.LEAVE);
      Membership after = event.flatMap(RoomEvent::membership).orElse(Membership.LEAVE);
      return Optional.of(new MemberChange(position, user, before, after, entry.event()));
    }
    if (entry.type().equals(RoomEvent.HISTORY_VISIBILITY)) {
      return Optional.of(visibilityChange(append, entry, event, position));
    }
    return Optional.of(new EntryChange(position, entry.type(), entry.stateKey(), entry.event()));
  }

  /** Returns whether an event brings a change of an entry also if the entry is that event already. */
  public boolean bringsAlways(Append append, StateEntry entry) {
    return entry.event().equals(Optional.of(append.event().id()));
  }

  private VisibilityChange visibilityChange(
      Append append, StateEntry entry, Optional<RoomEvent> event, long position) {
    HistoryVisibility before = visibilityChanges(append.event().room(), position)
        .reduce((earlier, later) -> later)
        .map(VisibilityChange::after)
        .orElse(HistoryVisibility.SHARED);
    HistoryVisibility after =
        event.flatMap(RoomEvent::historyVisibility).orElse(HistoryVisibility.SHARED);
    boolean boundary = entry.event().equals(Optional.of(append.event().id()));
    return new VisibilityChange(position, before, after, entry.event(), boundary);
  }

  public void check(Append append, List<Append> batch) {
    Set<List<String>> seen = new HashSet<>();
    for (StateEntry entry : append.stateEntries()) {
      boolean ownMembership =
          append.event().subject().isPresent() && entry.equals(StateEntry.of(append.event()));
      if (!fits(append, entry, batch)
          || !seen.add(List.of(entry.type(), entry.stateKey()))
          || (append.kind() == EventKind.OUTLIER && !ownMembership)) {
        throw new IllegalArgumentException(append.event() + " cannot set " + entry);
      }
    }
  }

  public boolean fits(Append append, StateEntry entry, List<Append> batch) {
    return entry.event().isEmpty()
        || find(entry.event().get(), batch)
            .filter(target -> target.room().equals(append.event().room()))
            .filter(target -> target.type().equals(entry.type()))
            .filter(target -> target.stateKey().equals(Optional.of(entry.stateKey())))
            .isPresent();
  }

  public Optional<RoomEvent> find(EventId id, List<Append> batch) {
    Optional<StoredEvent> known = known(id);
    return known.isPresent()
        ? known.filter(this::isThere).map(StoredEvent::event)
        : batch.stream()
            .map(Append::event)
            .filter(event -> event.id().equals(id))
            .findFirst();
  }

  /** Drops what no state entry was made of. */
  public void purge(long through) {
    Set<EventId> named = new HashSet<>();
    rows.forEach(row -> row.changes().forEach(change -> change.event().ifPresent(named::add)));
    rows.stream()
        .filter(row -> row.kind() != EventKind.BACKFILL && row.position() <= through)
        .filter(row -> !named.contains(row.event().id()))
        .forEach(row -> purged.add(row.position()));
    retainedAfter = Math.max(retainedAfter, through);
  }

  public boolean isThere(StoredEvent row) {
    return !purged.contains(row.position());
  }

  /** Returns what an id stands for when it is appended. */
  public Optional<StoredEvent> knownBefore(EventId id) {
    return known(id);
  }

  /** Returns what an id stands for: the live event before the outlier, and a purged live event all the same. */
  public Optional<StoredEvent> known(EventId id) {
    return rows.stream()
        .filter(row -> row.event().id().equals(id))
        .filter(row -> isThere(row) || row.kind() == EventKind.LIVE)
        .reduce((earlier, later) -> later);
  }

  public Stream<StoredEvent> of(RoomId room) {
    return rows.stream().filter(row -> row.event().room().equals(room));
  }

  private Optional<EventId> entry(RoomId room, String type, String stateKey) {
    return stateChanges(room, Long.MAX_VALUE)
        .filter(change -> change.type().equals(type) && change.stateKey().equals(stateKey))
        .reduce((earlier, later) -> later)
        .flatMap(StateChange::event);
  }

  /** Returns the changes of a room's state: those of live events. */
  public Stream<StateChange> stateChanges(RoomId room, long upTo) {
    return of(room)
        .filter(row -> row.kind() == EventKind.LIVE && row.position() <= upTo)
        .flatMap(row -> row.changes().stream());
  }

  /** Returns the changes of who is a room's member: those of live events and of outliers. */
  public Stream<MemberChange> memberChanges(RoomId room, long upTo) {
    return of(room)
        .filter(row -> row.position() <= upTo)
        .flatMap(row -> row.changes().stream())
        .filter(MemberChange.class::isInstance)
        .map(MemberChange.class::cast);
  }

  public Stream<MemberChange> memberChanges(UserId user, RoomId room, long upTo) {
    return memberChanges(room, upTo).filter(change -> change.user().equals(user));
  }

  public Stream<VisibilityChange> visibilityChanges(RoomId room, long upTo) {
    return stateChanges(room, upTo)
        .filter(VisibilityChange.class::isInstance)
        .map(VisibilityChange.class::cast);
  }

  /** Returns a row with the redaction that counts for it now. */
  public StoredEvent view(StoredEvent row) {
    RoomId room = row.event().room();
    return row.withRedaction(redaction(room, row.event().id())
        .map(event -> new Redaction(event, redaction(room, event.id()).isPresent())));
  }

  public Optional<RoomEvent> redaction(RoomId room, EventId target) {
    return redactions(room, target)
        .min(Comparator.comparing(ReferenceLog::liveFirst))
        .map(StoredEvent::event);
  }

  public Stream<StoredEvent> redactions(RoomId room, EventId target) {
    return of(room)
        .filter(row -> row.kind() != EventKind.OUTLIER)
        .filter(row -> row.event().redacts().equals(Optional.of(target)));
  }

  /** Returns the live events by position, then the backfilled ones as they came. */
  private static long liveFirst(StoredEvent row) {
    return row.kind() == EventKind.LIVE ? row.position() : Long.MAX_VALUE;
  }
}
