package io.github.matrixsync.store.tck.broken;

import static io.github.matrixsync.store.tck.broken.BrokenStore.ofStore;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.StoreException;
import io.github.matrixsync.store.model.Direction;
import io.github.matrixsync.store.model.HistorySlice;
import io.github.matrixsync.store.model.Interest;
import io.github.matrixsync.store.model.LogPage;
import io.github.matrixsync.store.model.Ranges;
import io.github.matrixsync.store.model.StoredEvent;
import io.github.matrixsync.store.state.MemberChange;
import io.github.matrixsync.store.tck.reference.ReferenceEventStore;
import io.github.matrixsync.store.tck.reference.ReferenceLog;
import io.github.matrixsync.store.tck.support.Rule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.ConcurrentModificationException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** Stores that break the rules B, R, E and X. */
public final class BrokenReads {
  public static final List<BrokenStore> ALL = List.of(
      ofStore(Rule.B1, "after is inclusive", AfterIsInclusive::new),
      ofStore(Rule.B1, "upTo is passed for a user", UpToIsPassed::new),
      ofStore(Rule.B2, "pages are unsorted", Unsorted::new),
      ofStore(Rule.B2, "the limit cuts off the lowest", CutsLowest::new),
      ofStore(Rule.B2, "a cut page says that it is whole", SaysWhole::new),
      ofStore(Rule.B2, "no progress where nothing is", NoProgress::new),
      ofStore(Rule.B3, "own events in others' rooms are missing", OwnMissing::new),
      ofStore(Rule.B3, "joins within the interval are missing", JoinsMissing::new),
      ofStore(Rule.B3, "who was moved by another event is nowhere", MovedMissing::new),
      ofStore(Rule.R1, "results can be changed", Mutable::new),
      ofStore(Rule.R1, "results are read when looked at", Lazy::new),
      ofStore(Rule.R2, "a purged beginning is left out silently", SilentlyShort::new),
      ofStore(Rule.R2, "a purge may overtake a read", Overtaken::new),
      ofStore(Rule.R3, "purged state is not read by its id", PurgedStateGone::new),
      ofStore(Rule.R3, "purged state is not in the history", NoStateInHistory::new),
      ofStore(Rule.E1, "a failed read is empty", SwallowsFailures::new),
      ofStore(Rule.E1, "failures are of another type", OtherFailures::new),
      ofStore(Rule.X1, "answers when closed", AnswersClosed::new),
      ofStore(Rule.X1, "cannot be closed twice", ClosesOnce::new),
      ofStore(Rule.X1, "is for one thread at a time", ForOneThread::new));

  private BrokenReads() {}

  private static final class AfterIsInclusive extends ReferenceEventStore {
    AfterIsInclusive(ReferenceLog log) {
      super(log);
    }

    @Override
    public LogPage page(Interest interest, long after, long upTo, int limit) {
      return super.page(interest, after - 1, upTo, limit);
    }
  }

  private static final class UpToIsPassed extends ReferenceEventStore {
    UpToIsPassed(ReferenceLog log) {
      super(log);
    }

    @Override
    public LogPage page(Interest interest, long after, long upTo, int limit) {
      LogPage page =
          super.page(interest, after, interest instanceof Interest.OfUser ? upTo + 1 : upTo, limit);
      return new LogPage(page.events(), Math.min(upTo, page.through()));
    }
  }

  private static final class Unsorted extends ReferenceEventStore {
    Unsorted(ReferenceLog log) {
      super(log);
    }

    @Override
    public LogPage page(Interest interest, long after, long upTo, int limit) {
      LogPage page = super.page(interest, after, upTo, limit);
      List<StoredEvent> reversed = new ArrayList<>(page.events());
      Collections.reverse(reversed);
      return new LogPage(reversed, page.through());
    }
  }

  private static final class CutsLowest extends ReferenceEventStore {
    CutsLowest(ReferenceLog log) {
      super(log);
    }

    @Override
    public LogPage page(Interest interest, long after, long upTo, int limit) {
      List<StoredEvent> all =
          super.page(interest, after, upTo, Integer.MAX_VALUE).events();
      return new LogPage(all.subList(Math.max(0, all.size() - limit), all.size()), upTo);
    }
  }

  private static final class SaysWhole extends ReferenceEventStore {
    SaysWhole(ReferenceLog log) {
      super(log);
    }

    @Override
    public LogPage page(Interest interest, long after, long upTo, int limit) {
      return new LogPage(super.page(interest, after, upTo, limit).events(), upTo);
    }
  }

  private static final class NoProgress extends ReferenceEventStore {
    NoProgress(ReferenceLog log) {
      super(log);
    }

    @Override
    public LogPage page(Interest interest, long after, long upTo, int limit) {
      LogPage page = super.page(interest, after, upTo, limit);
      return page.events().isEmpty() ? new LogPage(List.of(), after) : page;
    }
  }

  private static final class OwnMissing extends ReferenceEventStore {
    OwnMissing(ReferenceLog log) {
      super(log);
    }

    @Override
    public boolean isOf(Interest interest, StoredEvent row, long after, long upTo) {
      boolean onlyOwn = interest instanceof Interest.OfUser ofUser
          && row.event().sender().equals(ofUser.user())
          && !row.event().isAbout(ofUser.user());
      return !onlyOwn && super.isOf(interest, row, after, upTo);
    }
  }

  private static final class JoinsMissing extends ReferenceEventStore {
    JoinsMissing(ReferenceLog log) {
      super(log);
    }

    @Override
    public boolean isOf(Interest interest, StoredEvent row, long after, long upTo) {
      if (interest instanceof Interest.OfUser ofUser) {
        UserId user = ofUser.user();
        return row.event().isAbout(user)
            || row.event().sender().equals(user)
            || log.memberChanges(user, row.event().room(), after)
                .reduce((earlier, later) -> later)
                .filter(change -> change.after() == Membership.JOIN)
                .isPresent();
      }
      return super.isOf(interest, row, after, upTo);
    }
  }

  private static final class MovedMissing extends ReferenceEventStore {
    MovedMissing(ReferenceLog log) {
      super(log);
    }

    @Override
    public boolean isOf(Interest interest, StoredEvent row, long after, long upTo) {
      boolean moved = interest instanceof Interest.OfUser ofUser
          && !row.event().isAbout(ofUser.user())
          && !row.event().sender().equals(ofUser.user())
          && log.memberChanges(ofUser.user(), row.event().room(), upTo)
              .filter(change -> change.after() == Membership.JOIN)
              .noneMatch(this::isOfItsEvent);
      return !moved && super.isOf(interest, row, after, upTo);
    }

    private boolean isOfItsEvent(MemberChange change) {
      return change.event().flatMap(log::known).orElseThrow().position() == change.position();
    }
  }

  private static final class Mutable extends ReferenceEventStore {
    Mutable(ReferenceLog log) {
      super(log);
    }

    @Override
    public Map<EventId, StoredEvent> events(Collection<EventId> ids) {
      return new HashMap<>(super.events(ids));
    }
  }

  private static final class Lazy extends ReferenceEventStore {
    Lazy(ReferenceLog log) {
      super(log);
    }

    @Override
    public List<StoredEvent> history(HistorySlice slice, Direction direction, int limit) {
      List<StoredEvent> now = super.history(slice, direction, limit);
      return new AbstractList<>() {
        @Override
        public StoredEvent get(int index) {
          return Lazy.super.history(slice, direction, limit).get(index);
        }

        @Override
        public int size() {
          return now.size();
        }
      };
    }
  }

  private static final class SilentlyShort extends ReferenceEventStore {
    SilentlyShort(ReferenceLog log) {
      super(log);
    }

    @Override
    public LogPage log(Interest interest, long after, long upTo, int limit) {
      long from = Math.min(upTo, Math.max(after, retainedAfter));
      return reading(() -> page(interest, Math.max(from, log.retainedAfter), upTo, limit));
    }
  }

  private static final class Overtaken extends ReferenceEventStore {
    private final Meeting reads = new Meeting(1);
    private final Meeting purges = new Meeting(2);
    private volatile long purging;

    Overtaken(ReferenceLog log) {
      super(log);
    }

    @Override
    public void purge(long through) {
      purges.look(purging);
      long next = reads.reached() + 1;
      purging++;
      reads.hold(next);
      super.purge(through);
      purges.look(purging);
    }

    @Override
    public LogPage log(Interest interest, long after, long upTo, int limit) {
      reads.join();
      if (after >= retainedAfter && after < upTo) {
        long purge = purging;
        if (purges.reached() < purge) {
          reads.lookAgain();
          purges.hold(purge);
        }
        return reading(() -> page(interest, Math.max(after, log.retainedAfter), upTo, limit));
      }
      return super.log(interest, after, upTo, limit);
    }
  }

  private static final class PurgedStateGone extends ReferenceEventStore {
    PurgedStateGone(ReferenceLog log) {
      super(log);
    }

    @Override
    public Map<EventId, StoredEvent> events(Collection<EventId> ids) {
      Map<EventId, StoredEvent> found = new HashMap<>(super.events(ids));
      found.values().removeIf(row -> row.position() > 0 && row.position() <= retainedAfter);
      return Map.copyOf(found);
    }
  }

  private static final class NoStateInHistory extends ReferenceEventStore {
    NoStateInHistory(ReferenceLog log) {
      super(log);
    }

    @Override
    public boolean includes(Ranges visible, StoredEvent row) {
      boolean isPurged = row.position() > 0 && row.position() <= retainedAfter;
      return !isPurged && super.includes(visible, row);
    }
  }

  private static final class SwallowsFailures extends ReferenceEventStore {
    SwallowsFailures(ReferenceLog log) {
      super(log);
    }

    @Override
    public Map<EventId, StoredEvent> events(Collection<EventId> ids) {
      try {
        return super.events(ids);
      } catch (StoreException swallowed) {
        return Map.of();
      }
    }
  }

  private static final class OtherFailures extends ReferenceEventStore {
    OtherFailures(ReferenceLog log) {
      super(log);
    }

    @Override
    public LogPage log(Interest interest, long after, long upTo, int limit) {
      try {
        return super.log(interest, after, upTo, limit);
      } catch (StoreException failure) {
        throw new UncheckedIOException(new IOException(failure));
      }
    }
  }

  private static final class AnswersClosed extends ReferenceEventStore {
    AnswersClosed(ReferenceLog log) {
      super(log);
    }

    @Override
    public long watermark() {
      return watermark;
    }
  }

  private static final class ClosesOnce extends ReferenceEventStore {
    ClosesOnce(ReferenceLog log) {
      super(log);
    }

    @Override
    public void close() {
      requireOpen();
      super.close();
    }
  }

  private static final class ForOneThread extends ReferenceEventStore {
    private final Meeting readers = new Meeting(1);
    private final AtomicBoolean inside = new AtomicBoolean();

    ForOneThread(ReferenceLog log) {
      super(log);
    }

    @Override
    public List<StoredEvent> history(HistorySlice slice, Direction direction, int limit) {
      if (Thread.holdsLock(log)) {
        return super.history(slice, direction, limit);
      }
      boolean alone = inside.compareAndSet(false, true);
      readers.lookAgain();
      if (!alone) {
        throw new ConcurrentModificationException("two read at once");
      }
      try {
        readers.holdForTheNext();
        return super.history(slice, direction, limit);
      } finally {
        inside.set(false);
      }
    }
  }
}
