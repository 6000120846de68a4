package io.github.matrixsync.store.tck.broken;

import static io.github.matrixsync.store.tck.broken.BrokenStore.ofLog;
import static io.github.matrixsync.store.tck.broken.BrokenStore.ofStore;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.store.model.Append;
import io.github.matrixsync.store.model.EventKind;
import io.github.matrixsync.store.model.Interest;
import io.github.matrixsync.store.model.LogPage;
import io.github.matrixsync.store.model.StoredEvent;
import io.github.matrixsync.store.state.MemberChange;
import io.github.matrixsync.store.tck.reference.ReferenceEventStore;
import io.github.matrixsync.store.tck.reference.ReferenceLog;
import io.github.matrixsync.store.tck.support.Rule;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Event stores whose instances forget that there are others. */
public final class BrokenShared {
  public static final List<BrokenStore> ALL = List.of(
      ofLog(Rule.P1, "numbers again what was purged", NumbersFromRows::new),
      ofStore(Rule.P2, "positions from a sequence, committed late", BrokenTables::fromASequence),
      ofStore(Rule.L1, "refresh calls no listener", RefreshIsSilent::new),
      ofStore(Rule.L1, "signals reach no other instance", KeepsSignals::new),
      ofStore(Rule.W2, "the watermark counts the own positions", CountsItsOwn::new),
      ofStore(Rule.A1, "rows of a batch show one by one", BrokenAppends::rowByRow),
      withoutSignals(Rule.A2, "a missing depth follows what was seen here", DepthSeen::new),
      withoutSignals(Rule.A3, "backfill is known where it was seen", KnownIfSeen::new),
      withoutSignals(Rule.A4, "the outlier is known where it was seen", OutlierIfSeen::new),
      withoutSignals(Rule.A5, "what is replaced is what was seen here", ReplacesSeen::new),
      withoutSignals(Rule.A5, "the membership before is what was seen here", MembershipSeen::new),
      ofStore(Rule.K2, "backfilledTo is not looked up again", BackfilledToKept::new),
      ofStore(Rule.R2, "retainedAfter is what was seen here", RetainedSeen::new),
      ofStore(Rule.D1, "events read once stay as they were", CachesEvents::new),
      ofStore(Rule.X1, "closing one closes all", ClosesAll::new));

  private BrokenShared() {}

  /** Returns a store that hands its log what it has seen whenever it appends. */
  private static BrokenStore withoutSignals(Rule rule, String how, Supplier<ReferenceLog> log) {
    return new BrokenStore(rule, how, log, AppendsAsSeen::new);
  }

  /** A log that is told up to where the instance that appends has seen it. */
  private abstract static class LogAsSeen extends ReferenceLog {
    long seen = Long.MAX_VALUE;
    long before;

    /** Returns whether the instance that appends has seen a row, or is appending it. */
    final boolean isSeen(StoredEvent row) {
      return row.position() <= seen || row.position() > before;
    }
  }

  private static final class AppendsAsSeen extends ReferenceEventStore {
    AppendsAsSeen(ReferenceLog log) {
      super(log);
    }

    @Override
    public List<Long> store(List<Append> batch, Runnable beforeCommit) {
      beforeCommit.run();
      LogAsSeen asSeen = (LogAsSeen) log;
      synchronized (log) {
        asSeen.seen = watermark;
        asSeen.before = log.last;
        try {
          return super.store(batch, () -> {});
        } finally {
          asSeen.seen = Long.MAX_VALUE;
        }
      }
    }
  }

  private static final class DepthSeen extends LogAsSeen {
    @Override
    public long highestDepth(RoomId room) {
      return of(room).filter(this::isSeen).mapToLong(StoredEvent::depth).max().orElse(0);
    }
  }

  private static final class KnownIfSeen extends LogAsSeen {
    @Override
    public Optional<StoredEvent> knownBefore(EventId id) {
      return super.knownBefore(id)
          .filter(row -> row.kind() != EventKind.LIVE || row.event().isState() || isSeen(row));
    }
  }

  private static final class OutlierIfSeen extends LogAsSeen {
    @Override
    public boolean toldSubject(StoredEvent outlier) {
      return super.toldSubject(outlier) && isSeen(outlier);
    }
  }

  private static final class ReplacesSeen extends LogAsSeen {
    @Override
    public Optional<EventId> replaces(Append append) {
      Optional<EventId> replaced = super.replaces(append);
      return replaced.filter(id -> isSeen(known(id).orElseThrow()));
    }
  }

  private static final class MembershipSeen extends LogAsSeen {
    @Override
    public Stream<MemberChange> memberChanges(RoomId room, long upTo) {
      if (seen == Long.MAX_VALUE) {
        return super.memberChanges(room, upTo);
      }
      return of(room)
          .filter(row -> row.kind() == EventKind.OUTLIER || isSeen(row))
          .flatMap(row -> row.changes().stream())
          .filter(MemberChange.class::isInstance)
          .map(MemberChange.class::cast);
    }
  }

  /** As {@code max(position)} over the rows that are left. */
  private static final class NumbersFromRows extends ReferenceLog {
    @Override
    public long nextPosition(EventKind kind) {
      boolean isEmpty = rows.stream()
          .allMatch(row -> row.kind() == EventKind.LIVE
              && row.event().depth().isEmpty()
              && !row.event().isState()
              && purged.contains(row.position()));
      if (kind == EventKind.LIVE && isEmpty && rows.size() == 2) {
        last--;
      }
      return super.nextPosition(kind);
    }
  }

  private static final class RefreshIsSilent extends ReferenceEventStore {
    RefreshIsSilent(ReferenceLog log) {
      super(log);
    }

    @Override
    public void found() {}
  }

  private static final class KeepsSignals extends ReferenceEventStore {
    KeepsSignals(ReferenceLog log) {
      super(log);
    }

    @Override
    public List<ReferenceEventStore> reached() {
      return List.of(this);
    }
  }

  /** Adds what it wrote to the watermark that it knew, as a node that counts in memory does. */
  private static final class CountsItsOwn extends ReferenceEventStore {
    CountsItsOwn(ReferenceLog log) {
      super(log);
    }

    @Override
    public List<Long> append(List<Append> batch, Runnable beforeCommit) {
      long before = watermark;
      List<Long> positions = super.append(batch, beforeCommit);
      if (!signals) {
        synchronized (log) {
          watermark = Math.min(watermark, before + batch.size());
        }
      }
      return positions;
    }
  }

  private static final class BackfilledToKept extends ReferenceEventStore {
    private long known;

    BackfilledToKept(ReferenceLog log) {
      super(log);
    }

    @Override
    public List<Long> append(List<Append> batch, Runnable beforeCommit) {
      List<Long> positions = super.append(batch, beforeCommit);
      known = backfilledTo;
      return positions;
    }

    @Override
    public long backfilledTo() {
      requireOpen();
      return signals ? backfilledTo : known;
    }
  }

  private static final class RetainedSeen extends ReferenceEventStore {
    RetainedSeen(ReferenceLog log) {
      super(log);
    }

    @Override
    public LogPage log(Interest interest, long after, long upTo, int limit) {
      if (after < retainedAfter) {
        return super.log(interest, after, upTo, limit);
      }
      return reading(() -> {
        LogPage page = page(interest, after, upTo, limit);
        return new LogPage(page.events().stream().filter(log::isThere).toList(), page.through());
      });
    }
  }

  /** Keeps live events that it has read until it appends. */
  private static final class CachesEvents extends ReferenceEventStore {
    private final Map<EventId, StoredEvent> cache = new ConcurrentHashMap<>();

    CachesEvents(ReferenceLog log) {
      super(log);
    }

    @Override
    public List<Long> append(List<Append> batch, Runnable beforeCommit) {
      List<Long> positions = super.append(batch, beforeCommit);
      cache.clear();
      return positions;
    }

    @Override
    public Map<EventId, StoredEvent> events(Collection<EventId> ids) {
      Map<EventId, StoredEvent> found = new HashMap<>(super.events(ids));
      found.replaceAll((id, read) -> cache.getOrDefault(id, read));
      found.values().stream()
          .filter(read -> read.kind() == EventKind.LIVE)
          .forEach(read -> cache.put(read.event().id(), read));
      found.keySet().retainAll(super.events(ids).keySet());
      return Map.copyOf(found);
    }
  }

  private static final class ClosesAll extends ReferenceEventStore {
    ClosesAll(ReferenceLog log) {
      super(log);
    }

    @Override
    public void close() {
      synchronized (log) {
        log.instances.forEach(instance -> instance.closed = true);
      }
      super.close();
    }
  }
}
