package io.github.matrixsync.store.tck.broken;

import static io.github.matrixsync.store.tck.broken.BrokenStore.ofLog;
import static io.github.matrixsync.store.tck.broken.BrokenStore.ofStore;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.store.model.Append;
import io.github.matrixsync.store.model.Backfill;
import io.github.matrixsync.store.model.Direction;
import io.github.matrixsync.store.model.EventKind;
import io.github.matrixsync.store.model.HistorySlice;
import io.github.matrixsync.store.model.StoredEvent;
import io.github.matrixsync.store.state.MemberChange;
import io.github.matrixsync.store.state.StateChange;
import io.github.matrixsync.store.state.StateEntry;
import io.github.matrixsync.store.tck.reference.ReferenceEventStore;
import io.github.matrixsync.store.tck.reference.ReferenceLog;
import io.github.matrixsync.store.tck.support.Rule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Stores that break the rules A and K. */
public final class BrokenAppends {
  public static final List<BrokenStore> ALL = List.of(
      ofLog(Rule.A1, "half a refused batch stays", KeepsHalf::new),
      ofStore(Rule.A1, "rows of a batch show one by one", RowByRow::new),
      ofStore(Rule.A2, "batches stand in one another", Interleaves::new),
      ofLog(Rule.A2, "a batch takes its positions from its end", Descends::new),
      ofLog(Rule.A2, "depths wrap around", DepthsWrap::new),
      ofLog(Rule.A2, "depths begin at 0", DepthsFromZero::new),
      ofLog(Rule.A3, "a known event is stored again", StoresAgain::new),
      ofLog(Rule.A3, "a known event is checked again", ChecksAgain::new),
      ofLog(Rule.A4, "forgets that the subject knows", SubjectForgotten::new),
      ofLog(Rule.A4, "an outlier that changed nothing was told", BareOutlierTold::new),
      ofLog(Rule.A4, "the outlier goes when it is live", OutlierGoes::new),
      ofLog(Rule.A5, "says not what is replaced", NoReplaces::new),
      ofLog(Rule.A5, "an entry set before is no change of its event", OwnEntryLeftOut::new),
      ofLog(Rule.A5, "outliers set state", OutliersSetState::new),
      ofLog(Rule.A5, "accepts entries that do not fit", Unchecked::new),
      ofLog(Rule.K1, "backfilled members are members", BackfilledMembers::new),
      ofStore(Rule.K1, "backfill is not in the past", BackfillIsNew::new),
      ofStore(Rule.K2, "backfilledTo stays", BackfilledToStays::new),
      ofStore(Rule.K3, "rooms that backfill came to are not named", RoomsNotNamed::new),
      ofStore(Rule.K3, "what backfill redacts is named if it is known", UnknownNotNamed::new),
      ofStore(Rule.K3, "the last that came is not named", LastNotNamed::new));

  private BrokenAppends() {}

  /** Returns a store whose batches can be read while they are written. */
  static ReferenceEventStore rowByRow(ReferenceLog log) {
    return new RowByRow(log);
  }

  private static final class KeepsHalf extends ReferenceLog {
    @Override
    public List<Long> append(List<Append> batch) {
      List<Long> positions = new ArrayList<>();
      batch.forEach(append -> positions.add(append(append, batch)));
      return positions;
    }
  }

  private static final class RowByRow extends ReferenceEventStore {
    private final Meeting readers = new Meeting(1);
    private volatile Set<EventId> first = Set.of();

    RowByRow(ReferenceLog log) {
      super(log);
    }

    @Override
    public List<Long> store(List<Append> batch, Runnable beforeCommit) {
      beforeCommit.run();
      synchronized (log.rows) {
        synchronized (log) {
          requireWorking(false);
          int size = log.rows.size();
          batch.forEach(append -> log.append(append, batch));
          log.rows.subList(size, log.rows.size()).clear();
        }
        return storeEach(batch);
      }
    }

    private List<Long> storeEach(List<Append> batch) {
      List<Long> positions = new ArrayList<>();
      for (Append append : batch) {
        synchronized (log) {
          positions.add(log.append(append, batch));
        }
        if (positions.size() < batch.size()) {
          first = Set.of(append.event().id());
          readers.hold(1);
        }
      }
      return positions;
    }

    @Override
    public Map<EventId, StoredEvent> events(Collection<EventId> ids) {
      Set<EventId> shown = first;
      Map<EventId, StoredEvent> found = super.events(ids);
      readers.look(found.keySet().equals(shown) ? 1 : 0);
      return found;
    }
  }

  private static final class Descends extends ReferenceLog {
    @Override
    public List<Long> append(List<Append> batch) {
      boolean isMixed = Stream.of(EventKind.values())
          .allMatch(kind -> batch.stream().anyMatch(append -> append.kind() == kind));
      return isMixed ? reversed(super.append(reversed(batch))) : super.append(batch);
    }

    private static <T> List<T> reversed(List<T> list) {
      List<T> reversed = new ArrayList<>(list);
      Collections.reverse(reversed);
      return reversed;
    }
  }

  private static final class DepthsWrap extends ReferenceLog {
    @Override
    public long nextDepth(RoomId room) {
      return Math.max(0, highestDepth(room) + 1);
    }
  }

  private static final class DepthsFromZero extends ReferenceLog {
    @Override
    public long highestDepth(RoomId room) {
      return of(room).findAny().isPresent() ? super.highestDepth(room) : -1;
    }
  }

  private static final class StoresAgain extends ReferenceLog {
    @Override
    public Optional<StoredEvent> knownBefore(EventId id) {
      return super.knownBefore(id).filter(row -> row.kind() == EventKind.OUTLIER);
    }
  }

  private static final class ChecksAgain extends ReferenceLog {
    @Override
    public long append(Append append, List<Append> batch) {
      check(append, batch);
      return super.append(append, batch);
    }
  }

  private static final class SubjectForgotten extends ReferenceLog {
    @Override
    public StoredEvent row(Append append, List<Append> batch, boolean subjectKnows) {
      return super.row(append, batch, false);
    }
  }

  private static final class BareOutlierTold extends ReferenceLog {
    @Override
    public boolean toldSubject(StoredEvent outlier) {
      return outlier.event().subject().isPresent();
    }
  }

  private static final class OutlierGoes extends ReferenceLog {
    @Override
    public StoredEvent row(Append append, List<Append> batch, boolean subjectKnows) {
      StoredEvent row = super.row(append, batch, subjectKnows);
      rows.removeIf(other -> other.event().equals(row.event()));
      return row;
    }
  }

  private static final class NoReplaces extends ReferenceLog {
    @Override
    public Optional<EventId> replaces(Append append) {
      return Optional.empty();
    }
  }

  private static final class OwnEntryLeftOut extends ReferenceLog {
    @Override
    public boolean bringsAlways(Append append, StateEntry entry) {
      return append.kind() == EventKind.OUTLIER;
    }
  }

  private static final class OutliersSetState extends ReferenceLog {
    @Override
    public Stream<StateChange> stateChanges(RoomId room, long upTo) {
      return of(room)
          .filter(row -> row.kind() != EventKind.BACKFILL && row.position() <= upTo)
          .flatMap(row -> row.changes().stream());
    }
  }

  private static final class Unchecked extends ReferenceLog {
    @Override
    public boolean fits(Append append, StateEntry entry, List<Append> batch) {
      return entry.event().isEmpty() || find(entry.event().get(), batch).isPresent();
    }
  }

  private static final class BackfilledMembers extends ReferenceLog {
    @Override
    public Stream<MemberChange> memberChanges(RoomId room, long upTo) {
      Stream<MemberChange> old = of(room)
          .filter(row -> row.kind() == EventKind.BACKFILL)
          .filter(row -> row.event().subject().isPresent())
          .map(row -> new MemberChange(
              row.position(),
              row.event().subject().orElseThrow(),
              Membership.LEAVE,
              row.event().membership().orElseThrow(),
              Optional.of(row.event().id())));
      return Stream.concat(old, super.memberChanges(room, upTo));
    }
  }

  private static final class BackfillIsNew extends ReferenceEventStore {
    BackfillIsNew(ReferenceLog log) {
      super(log);
    }

    @Override
    public List<StoredEvent> history(HistorySlice slice, Direction direction, int limit) {
      boolean present = slice.visible().upTo() >= watermark;
      return super.history(slice, direction, limit).stream()
          .filter(row -> present || row.kind() != EventKind.BACKFILL)
          .toList();
    }
  }

  private static final class BackfilledToStays extends ReferenceEventStore {
    BackfilledToStays(ReferenceLog log) {
      super(log);
    }

    @Override
    public long backfilledTo() {
      requireOpen();
      return 0;
    }
  }

  private static final class RoomsNotNamed extends ReferenceEventStore {
    RoomsNotNamed(ReferenceLog log) {
      super(log);
    }

    @Override
    public Backfill backfill(long after, long upTo) {
      return new Backfill(Set.of(), super.backfill(after, upTo).redacted());
    }
  }

  private static final class UnknownNotNamed extends ReferenceEventStore {
    UnknownNotNamed(ReferenceLog log) {
      super(log);
    }

    @Override
    public Backfill backfill(long after, long upTo) {
      Backfill all = super.backfill(after, upTo);
      return new Backfill(all.rooms(), events(all.redacted()).keySet());
    }
  }

  private static final class LastNotNamed extends ReferenceEventStore {
    LastNotNamed(ReferenceLog log) {
      super(log);
    }

    @Override
    public Backfill backfill(long after, long upTo) {
      return super.backfill(after, upTo + 1);
    }
  }
}
