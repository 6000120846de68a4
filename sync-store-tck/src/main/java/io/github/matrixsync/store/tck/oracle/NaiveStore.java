package io.github.matrixsync.store.tck.oracle;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.HistoryVisibility;
import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.model.Append;
import io.github.matrixsync.store.model.Direction;
import io.github.matrixsync.store.model.EventKind;
import io.github.matrixsync.store.model.HistoryPoint;
import io.github.matrixsync.store.model.HistorySlice;
import io.github.matrixsync.store.model.Interest;
import io.github.matrixsync.store.model.Range;
import io.github.matrixsync.store.model.Ranges;
import io.github.matrixsync.store.model.Redaction;
import io.github.matrixsync.store.model.StoredEvent;
import io.github.matrixsync.store.state.EntryChange;
import io.github.matrixsync.store.state.MemberChange;
import io.github.matrixsync.store.state.RoomMembers;
import io.github.matrixsync.store.state.StateChange;
import io.github.matrixsync.store.state.StateEntry;
import io.github.matrixsync.store.state.Timelines;
import io.github.matrixsync.store.state.VisibilityChange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** An event store without indexes: a list of all events, which every read iterates over. */
public final class NaiveStore {
  private final List<StoredEvent> rows = new ArrayList<>();
  private final Set<Long> purged = new HashSet<>();
  private long last;
  private long lastBackfill;

  public NaiveStore(long firstPosition) {
    last = firstPosition - 1;
  }

  public List<Long> append(List<Append> batch) {
    List<Long> positions = new ArrayList<>();
    for (Append append : batch) {
      Optional<StoredEvent> known = known(append.event().id());
      boolean becomesLive = append.kind() == EventKind.LIVE
          && known.filter(row -> row.kind() == EventKind.OUTLIER).isPresent();
      if (known.isEmpty() || becomesLive) {
        boolean toldSubject =
            becomesLive && known.filter(outlier -> !outlier.changes().isEmpty()).isPresent();
        rows.add(row(append, batch, toldSubject));
      }
      positions.add(known(append.event().id()).orElseThrow().position());
    }
    return positions;
  }

  private StoredEvent row(Append append, List<Append> batch, boolean subjectKnows) {
    RoomEvent event = append.event();
    boolean live = append.kind() == EventKind.LIVE;
    long position = append.kind() == EventKind.BACKFILL ? --lastBackfill : ++last;
    long highest = of(event.room()).mapToLong(StoredEvent::depth).max().orElse(0);
    Optional<EventId> replaces = live && event.isState()
        ? entry(event.room(), event.type(), event.stateKey().orElseThrow(), Long.MAX_VALUE)
        : Optional.empty();
    return new StoredEvent(
        event,
        append.kind(),
        position,
        event.depth().orElse(highest + 1),
        replaces.filter(id -> !id.equals(event.id())),
        append.stateEntries().stream()
            .map(entry -> change(append, entry, batch, position))
            .flatMap(Optional::stream)
            .toList(),
        append.visibility(),
        subjectKnows,
        Optional.empty());
  }

  private Optional<StateChange> change(
      Append append, StateEntry entry, List<Append> batch, long position) {
    RoomId room = append.event().room();
    boolean own = entry.event().equals(Optional.of(append.event().id()));
    if (!own && entry(room, entry.type(), entry.stateKey(), position).equals(entry.event())) {
      return Optional.empty();
    }
    Optional<RoomEvent> event = entry
        .event()
        .map(id -> Stream.concat(
                rows.stream().map(StoredEvent::event), batch.stream().map(Append::event))
            .filter(candidate -> candidate.id().equals(id))
            .findFirst()
            .orElseThrow());
    if (entry.type().equals(RoomEvent.MEMBER) && entry.stateKey().startsWith("@")) {
      UserId user = UserId.parse(entry.stateKey());
      Membership before = lastOf(memberChanges(user, room, position).stream())
          .map(MemberChange::after)
          .orElse(Membership.LEAVE);
      Membership after = event.flatMap(RoomEvent::membership).orElse(Membership.LEAVE);
      return Optional.of(new MemberChange(position, user, before, after, entry.event()));
    }
    if (entry.type().equals(RoomEvent.HISTORY_VISIBILITY)) {
      HistoryVisibility before = lastOf(visibilityChanges(room, position).stream())
          .map(VisibilityChange::after)
          .orElse(HistoryVisibility.SHARED);
      return Optional.of(new VisibilityChange(
          position,
          before,
          event.flatMap(RoomEvent::historyVisibility).orElse(HistoryVisibility.SHARED),
          entry.event(),
          entry.event().equals(Optional.of(append.event().id()))));
    }
    return Optional.of(new EntryChange(position, entry.type(), entry.stateKey(), entry.event()));
  }

  public void purge(long through) {
    Set<EventId> named = new HashSet<>();
    rows.forEach(row -> row.changes().forEach(change -> change.event().ifPresent(named::add)));
    rows.stream()
        .filter(row -> row.kind() != EventKind.BACKFILL && row.position() <= through)
        .filter(row -> !named.contains(row.event().id()))
        .forEach(row -> purged.add(row.position()));
  }

  /** Returns whether a state entry may name the event. */
  public boolean isReadable(EventId id) {
    return event(id).isPresent();
  }

  public long watermark() {
    return last;
  }

  public List<StoredEvent> log(Interest interest, long after, long upTo) {
    return rows.stream()
        .filter(row -> row.kind() != EventKind.BACKFILL)
        .filter(row -> row.position() > after && row.position() <= upTo)
        .filter(row -> isOf(interest, row, after, upTo))
        .map(this::view)
        .toList();
  }

  private boolean isOf(Interest interest, StoredEvent row, long after, long upTo) {
    if (interest instanceof Interest.OfRoom ofRoom) {
      return row.event().room().equals(ofRoom.room());
    }
    if (interest instanceof Interest.OfUser ofUser) {
      RoomId room = row.event().room();
      UserId user = ofUser.user();
      boolean joinedBefore = joinedMembers(room, after).contains(user);
      boolean joinedWithin = memberChanges(user, room, upTo).stream()
          .anyMatch(change -> change.position() > after && change.after() == Membership.JOIN);
      return joinedBefore
          || joinedWithin
          || row.event().isAbout(user)
          || row.event().sender().equals(user);
    }
    return true;
  }

  public Optional<StoredEvent> event(EventId id) {
    return known(id).filter(this::isThere).map(this::view);
  }

  public List<StoredEvent> state(RoomId room, long upTo) {
    Map<List<String>, Optional<EventId>> entries = new HashMap<>();
    liveChanges(room, upTo)
        .forEach(change -> entries.put(List.of(change.type(), change.stateKey()), change.event()));
    return entries.values().stream()
        .flatMap(Optional::stream)
        .map(id -> event(id).orElseThrow())
        .toList();
  }

  /** Returns the last live events that are due, descending. */
  public List<StoredEvent> newest(RoomId room, Ranges due, int limit) {
    long after = due.live().isEmpty() ? Long.MAX_VALUE : due.live().get(0).after();
    return of(room)
        .filter(this::isThere)
        .filter(row -> row.kind() == EventKind.LIVE && row.position() > after)
        .filter(due::includes)
        .sorted(Comparator.comparingLong(StoredEvent::position).reversed())
        .limit(limit)
        .map(this::view)
        .toList();
  }

  /** Returns what the entries are at the end of an interval that were something else at its beginning. */
  public Map<List<String>, Optional<EventId>> differences(RoomId room, Range interval) {
    Map<List<String>, Optional<EventId>> differences = new HashMap<>();
    lastChanges(room, interval).keySet().forEach(key -> {
      Optional<EventId> now = entry(room, key.get(0), key.get(1), interval.upTo());
      if (!now.equals(entry(room, key.get(0), key.get(1), interval.after()))) {
        differences.put(key, now);
      }
    });
    return differences;
  }

  /** Returns the positions at which the entries that changed in an interval last changed. */
  public Map<List<String>, Long> lastChanges(RoomId room, Range interval) {
    Map<List<String>, Long> last = new HashMap<>();
    liveChanges(room, interval.upTo())
        .filter(change -> change.position() > interval.after())
        .forEach(change -> last.put(List.of(change.type(), change.stateKey()), change.position()));
    return last;
  }

  public RoomMembers members(RoomId room, long upTo, int heroes) {
    List<StoredEvent> members = state(room, upTo).stream()
        .filter(entry -> entry.event().subject().isPresent())
        .sorted(Comparator.comparingLong(StoredEvent::position))
        .toList();
    List<UserId> joined = subjects(members, Set.of(Membership.JOIN));
    List<UserId> invited = subjects(members, Set.of(Membership.INVITE));
    List<UserId> gone = subjects(members, Set.of(Membership.LEAVE, Membership.BAN));
    return new RoomMembers(
        joined.size(),
        invited.size(),
        joined.stream().limit(heroes).toList(),
        invited.stream().limit(heroes).toList(),
        gone.stream().limit(heroes).toList());
  }

  private static List<UserId> subjects(List<StoredEvent> members, Set<Membership> memberships) {
    return members.stream()
        .filter(entry -> memberships.contains(entry.event().membership().orElseThrow()))
        .map(entry -> entry.event().subject().orElseThrow())
        .toList();
  }

  public Map<RoomId, MemberChange> memberships(UserId user, long upTo) {
    Map<RoomId, MemberChange> latest = new HashMap<>();
    rows.stream()
        .map(row -> row.event().room())
        .distinct()
        .forEach(room -> lastOf(memberChanges(user, room, upTo).stream())
            .ifPresent(change -> latest.put(room, change)));
    return latest;
  }

  public Set<UserId> joinedMembers(RoomId room, long upTo) {
    Set<UserId> joined = new HashSet<>();
    of(room)
        .filter(row -> row.position() <= upTo)
        .flatMap(row -> row.changes().stream())
        .filter(MemberChange.class::isInstance)
        .map(MemberChange.class::cast)
        .forEach(change -> {
          joined.remove(change.user());
          if (change.after() == Membership.JOIN) {
            joined.add(change.user());
          }
        });
    return joined;
  }

  public Timelines timelines(UserId viewer, RoomId room, long upTo) {
    List<MemberChange> members = memberChanges(viewer, room, upTo).stream()
        .filter(change -> change.before() != Membership.JOIN || change.after() != Membership.JOIN)
        .toList();
    return new Timelines(members, visibilityChanges(room, upTo));
  }

  public List<StoredEvent> history(HistorySlice slice, Direction direction, int limit) {
    Comparator<StoredEvent> byPoint = Comparator.comparing(StoredEvent::point);
    return of(slice.room())
        .filter(this::isThere)
        .filter(slice.visible()::includes)
        .filter(row -> row.point().compareTo(slice.after()) > 0)
        .filter(row -> row.point().compareTo(slice.upTo()) <= 0)
        .sorted(direction == Direction.FORWARD ? byPoint : byPoint.reversed())
        .limit(limit)
        .map(this::view)
        .toList();
  }

  public HistoryPoint pointAt(RoomId room, long position) {
    return of(room)
        .filter(this::isThere)
        .filter(row -> row.kind() == EventKind.LIVE && row.position() <= position)
        .map(StoredEvent::point)
        .max(Comparator.naturalOrder())
        .or(() -> of(room)
            .filter(row -> row.kind() == EventKind.BACKFILL)
            .map(StoredEvent::point)
            .max(Comparator.naturalOrder()))
        .orElse(HistoryPoint.START);
  }

  private StoredEvent view(StoredEvent row) {
    RoomId room = row.event().room();
    return row.withRedaction(redaction(room, row.event().id())
        .map(event -> new Redaction(event, redaction(room, event.id()).isPresent())));
  }

  private Optional<RoomEvent> redaction(RoomId room, EventId target) {
    Comparator<StoredEvent> liveFirst = Comparator.comparingLong(
        row -> row.kind() == EventKind.LIVE ? row.position() : Long.MAX_VALUE);
    return of(room)
        .filter(row -> row.kind() != EventKind.OUTLIER)
        .filter(row -> row.event().redacts().equals(Optional.of(target)))
        .min(liveFirst)
        .map(StoredEvent::event);
  }

  private Optional<StoredEvent> known(EventId id) {
    return lastOf(rows.stream()
        .filter(row -> row.event().id().equals(id))
        .filter(row -> isThere(row) || row.kind() == EventKind.LIVE));
  }

  private boolean isThere(StoredEvent row) {
    return !purged.contains(row.position());
  }

  private Optional<EventId> entry(RoomId room, String type, String stateKey, long upTo) {
    return lastOf(liveChanges(room, upTo)
            .filter(change -> change.type().equals(type) && change.stateKey().equals(stateKey)))
        .flatMap(StateChange::event);
  }

  private Stream<StateChange> liveChanges(RoomId room, long upTo) {
    return of(room)
        .filter(row -> row.kind() == EventKind.LIVE && row.position() <= upTo)
        .flatMap(row -> row.changes().stream());
  }

  private List<MemberChange> memberChanges(UserId user, RoomId room, long upTo) {
    return of(room)
        .filter(row -> row.position() <= upTo)
        .flatMap(row -> row.changes().stream())
        .filter(MemberChange.class::isInstance)
        .map(MemberChange.class::cast)
        .filter(change -> change.user().equals(user))
        .toList();
  }

  private List<VisibilityChange> visibilityChanges(RoomId room, long upTo) {
    return liveChanges(room, upTo)
        .filter(VisibilityChange.class::isInstance)
        .map(VisibilityChange.class::cast)
        .toList();
  }

  private Stream<StoredEvent> of(RoomId room) {
    return rows.stream().filter(row -> row.event().room().equals(room));
  }

  private static <T> Optional<T> lastOf(Stream<T> items) {
    return items.reduce((earlier, later) -> later);
  }
}
