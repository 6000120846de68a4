package io.github.matrixsync.store.tck.broken;

import static io.github.matrixsync.store.tck.broken.BrokenStore.ofLog;
import static io.github.matrixsync.store.tck.broken.BrokenStore.ofStore;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.model.Direction;
import io.github.matrixsync.store.model.EventKind;
import io.github.matrixsync.store.model.HistoryPoint;
import io.github.matrixsync.store.model.HistorySlice;
import io.github.matrixsync.store.model.Ranges;
import io.github.matrixsync.store.model.Redaction;
import io.github.matrixsync.store.model.StoredEvent;
import io.github.matrixsync.store.state.MemberChange;
import io.github.matrixsync.store.state.Timelines;
import io.github.matrixsync.store.tck.reference.ReferenceEventStore;
import io.github.matrixsync.store.tck.reference.ReferenceLog;
import io.github.matrixsync.store.tck.support.Rule;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Stores that break the rules S, H and D. */
public final class BrokenAnswers {
  private static final long NOW = Long.MAX_VALUE;

  public static final List<BrokenStore> ALL = List.of(
      ofStore(Rule.S1, "the state of the past is that of now", StateOfNow::new),
      ofStore(Rule.S2, "left rooms are missing", LeftRoomsMissing::new),
      ofStore(Rule.S2, "the memberships of several are those of now", MembershipsOfNow::new),
      ofStore(Rule.S2, "the members of the past are those of now", MembersOfNow::new),
      ofStore(Rule.S2, "timelines go on to now", TimelinesOfNow::new),
      ofLog(Rule.S2, "member events that lost count", LostMembersCount::new),
      ofStore(Rule.H1, "history is by position alone", ByPosition::new),
      ofStore(Rule.H1, "outliers are in the history", OutliersInHistory::new),
      ofStore(Rule.H1, "what the viewer may not see is shown", RangesIgnored::new),
      ofStore(Rule.H1, "whom the viewer ignores is shown", IgnoredShown::new),
      ofStore(Rule.H1, "the latest are the oldest", LatestAreOldest::new),
      ofStore(Rule.H2, "the last is taken for the greatest", LastForGreatest::new),
      ofStore(Rule.H2, "backfill has no points", BackfillHasNoPoints::new),
      ofLog(Rule.D1, "the last redaction counts", LastCounts::new),
      ofLog(Rule.D1, "redactions from other rooms count", OtherRoomsCount::new),
      ofLog(Rule.D1, "a redaction before its target is lost", EarlyIsLost::new),
      ofLog(Rule.D1, "a redacted redaction looks whole", NestedIsLost::new),
      ofLog(Rule.D1, "a purged redaction is lost", PurgedIsLost::new));

  private BrokenAnswers() {}

  private static final class StateOfNow extends ReferenceEventStore {
    StateOfNow(ReferenceLog log) {
      super(log);
    }

    @Override
    public List<StoredEvent> state(RoomId room, long upTo) {
      return super.state(room, NOW);
    }
  }

  private static final class LeftRoomsMissing extends ReferenceEventStore {
    LeftRoomsMissing(ReferenceLog log) {
      super(log);
    }

    @Override
    public Map<RoomId, MemberChange> memberships(UserId user, long upTo) {
      Map<RoomId, MemberChange> kept = new HashMap<>(super.memberships(user, upTo));
      kept.values().removeIf(change -> change.after() == Membership.LEAVE);
      return Map.copyOf(kept);
    }
  }

  private static final class MembershipsOfNow extends ReferenceEventStore {
    MembershipsOfNow(ReferenceLog log) {
      super(log);
    }

    @Override
    public Map<UserId, Map<RoomId, MemberChange>> memberships(Collection<UserId> users, long upTo) {
      return super.memberships(users, NOW);
    }
  }

  private static final class MembersOfNow extends ReferenceEventStore {
    MembersOfNow(ReferenceLog log) {
      super(log);
    }

    @Override
    public Map<RoomId, Set<UserId>> joinedMembers(Collection<RoomId> rooms, long upTo) {
      return super.joinedMembers(rooms, NOW);
    }
  }

  private static final class LostMembersCount extends ReferenceLog {
    @Override
    public Stream<MemberChange> memberChanges(RoomId room, long upTo) {
      Stream<MemberChange> lost = of(room)
          .filter(row -> row.kind() == EventKind.LIVE && row.position() <= upTo)
          .filter(row -> row.event().subject().isPresent() && !row.becameState())
          .map(row -> new MemberChange(
              row.position(),
              row.event().subject().orElseThrow(),
              Membership.LEAVE,
              row.event().membership().orElseThrow(),
              Optional.of(row.event().id())));
      return Stream.concat(super.memberChanges(room, upTo), lost)
          .sorted(Comparator.comparingLong(MemberChange::position));
    }
  }

  private static final class TimelinesOfNow extends ReferenceEventStore {
    TimelinesOfNow(ReferenceLog log) {
      super(log);
    }

    @Override
    public Map<RoomId, Timelines> timelines(UserId viewer, Collection<RoomId> rooms, long upTo) {
      return super.timelines(viewer, rooms, NOW);
    }
  }

  private static final class ByPosition extends ReferenceEventStore {
    ByPosition(ReferenceLog log) {
      super(log);
    }

    @Override
    public Comparator<StoredEvent> order() {
      return Comparator.comparingLong(StoredEvent::position);
    }
  }

  private static final class OutliersInHistory extends ReferenceEventStore {
    OutliersInHistory(ReferenceLog log) {
      super(log);
    }

    @Override
    public boolean includes(Ranges visible, StoredEvent row) {
      return row.kind() == EventKind.OUTLIER || super.includes(visible, row);
    }
  }

  private static final class RangesIgnored extends ReferenceEventStore {
    RangesIgnored(ReferenceLog log) {
      super(log);
    }

    @Override
    public boolean includes(Ranges visible, StoredEvent row) {
      return super.includes(Ranges.everything(visible.upTo()), row);
    }
  }

  private static final class IgnoredShown extends ReferenceEventStore {
    IgnoredShown(ReferenceLog log) {
      super(log);
    }

    @Override
    public boolean includes(Ranges visible, StoredEvent row) {
      Ranges all = new Ranges(visible.live(), visible.upTo(), visible.own(), visible.backfill());
      return super.includes(all, row);
    }
  }

  private static final class LatestAreOldest extends ReferenceEventStore {
    LatestAreOldest(ReferenceLog log) {
      super(log);
    }

    @Override
    public Map<RoomId, List<StoredEvent>> latest(Map<RoomId, Ranges> visible, int limit) {
      Map<RoomId, List<StoredEvent>> oldest = new HashMap<>();
      visible.forEach((room, ranges) -> oldest.put(
          room,
          history(
              new HistorySlice(room, ranges, HistoryPoint.START, HistoryPoint.END),
              Direction.FORWARD,
              limit)));
      return Map.copyOf(oldest);
    }
  }

  private static final class LastForGreatest extends ReferenceEventStore {
    LastForGreatest(ReferenceLog log) {
      super(log);
    }

    @Override
    public Optional<HistoryPoint> greatest(Stream<HistoryPoint> points) {
      return points.reduce((earlier, later) -> later);
    }
  }

  private static final class BackfillHasNoPoints extends ReferenceEventStore {
    BackfillHasNoPoints(ReferenceLog log) {
      super(log);
    }

    @Override
    public HistoryPoint pointAt(RoomId room, long position) {
      HistoryPoint point = super.pointAt(room, position);
      return point.position() < 0 ? HistoryPoint.START : point;
    }
  }

  private static final class LastCounts extends ReferenceLog {
    @Override
    public Optional<RoomEvent> redaction(RoomId room, EventId target) {
      return redactions(room, target).reduce((earlier, later) -> later).map(StoredEvent::event);
    }
  }

  private static final class OtherRoomsCount extends ReferenceLog {
    @Override
    public Stream<StoredEvent> redactions(RoomId room, EventId target) {
      return rows.stream()
          .filter(row -> row.kind() != EventKind.OUTLIER)
          .filter(row -> row.event().redacts().equals(Optional.of(target)));
    }
  }

  private static final class EarlyIsLost extends ReferenceLog {
    @Override
    public Stream<StoredEvent> redactions(RoomId room, EventId target) {
      int since = 0;
      while (since < rows.size() && !rows.get(since).event().id().equals(target)) {
        since++;
      }
      return super.redactions(room, target).filter(rows.subList(since, rows.size())::contains);
    }
  }

  private static final class NestedIsLost extends ReferenceLog {
    @Override
    public StoredEvent view(StoredEvent row) {
      StoredEvent view = super.view(row);
      return view.withRedaction(
          view.redaction().map(redaction -> new Redaction(redaction.event(), false)));
    }
  }

  private static final class PurgedIsLost extends ReferenceLog {
    @Override
    public Stream<StoredEvent> redactions(RoomId room, EventId target) {
      return super.redactions(room, target).filter(this::isThere);
    }
  }
}
