package io.github.matrixsync.store.tck.broken;

import static io.github.matrixsync.store.tck.broken.BrokenStore.ofLog;
import static io.github.matrixsync.store.tck.broken.BrokenStore.ofStore;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.StoreException;
import io.github.matrixsync.store.model.Append;
import io.github.matrixsync.store.model.Direction;
import io.github.matrixsync.store.model.HistorySlice;
import io.github.matrixsync.store.model.Interest;
import io.github.matrixsync.store.model.LogPage;
import io.github.matrixsync.store.model.Ranges;
import io.github.matrixsync.store.model.Redaction;
import io.github.matrixsync.store.model.StoredEvent;
import io.github.matrixsync.store.state.MemberChange;
import io.github.matrixsync.store.tck.reference.ReferenceEventStore;
import io.github.matrixsync.store.tck.reference.ReferenceLog;
import io.github.matrixsync.store.tck.support.Rule;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Stores that a host's own tables are easily read by: what a database does to values, lists and transactions. */
public final class BrokenTables {
  public static final List<BrokenStore> ALL = List.of(
      ofLog(Rule.V1, "the JSON is written anew", BrokenValues::writtenAnew),
      ofLog(Rule.V1, "the JSON ends after 65,535 bytes", BrokenValues::cutJson),
      ofLog(Rule.V1, "the sender is another", BrokenValues::otherSender),
      ofLog(Rule.V1, "redacts is lost", BrokenValues::withoutRedacts),
      ofLog(Rule.V1, "a redaction comes without its JSON", BareRedactions::new),
      ofLog(Rule.V1, "times are cut to the second", BrokenValues::timesInSeconds),
      ofLog(Rule.V1, "instants are cut to the second", BrokenValues::instantsInSeconds),
      ofLog(Rule.V1, "times are doubles", BrokenValues::timesAsDoubles),
      ofLog(Rule.V1, "depths are doubles", BrokenValues::depthsAsDoubles),
      ofLog(Rule.V1, "lone surrogates become question marks", () -> BrokenValues.texts(true)),
      ofLog(Rule.V1, "U+0000 is dropped", () -> BrokenValues.texts(false)),
      ofLog(Rule.V1, "the version of the room is lost", BrokenValues::withoutVersion),
      ofStore(Rule.V2, "event ids are compared without case", EventsWithoutCase::new),
      ofStore(Rule.V2, "user ids are compared without case", UsersWithoutCase::new),
      ofStore(Rule.V2, "state keys are padded", KeysPadded::new),
      ofStore(Rule.P2, "the watermark moves before the commit", WatermarkFirst::new),
      ofStore(Rule.P2, "positions without a lock, committed late", CommitsLate::new),
      ofStore(Rule.B2, "a page cut at 500 says that it is whole", PagesOf500::new),
      ofStore(Rule.B3, "the list of ids is cut at 1,000", ListsOf1000::new),
      ofStore(Rule.E1, "a failure is an empty list", FailureIsEmpty::new));

  private BrokenTables() {}

  /** Returns a store whose rows have their positions before they can be read. */
  static ReferenceEventStore fromASequence(ReferenceLog log) {
    return new CommitsLate(log);
  }

  private static final class BareRedactions extends ReferenceLog {
    @Override
    public StoredEvent view(StoredEvent row) {
      StoredEvent view = super.view(row);
      return view.withRedaction(view.redaction()
          .map(redaction -> new Redaction(
              BrokenValues.copy(redaction.event()).json(RawJson.of("{}")).build(),
              redaction.redacted())));
    }
  }

  private static final class EventsWithoutCase extends ReferenceEventStore {
    EventsWithoutCase(ReferenceLog log) {
      super(log);
    }

    @Override
    public Map<EventId, StoredEvent> events(Collection<EventId> ids) {
      Set<String> asked = new HashSet<>();
      ids.forEach(id -> asked.add(id.value().toLowerCase(Locale.ROOT)));
      List<EventId> alike;
      synchronized (log) {
        alike = log.rows.stream()
            .map(row -> row.event().id())
            .filter(id -> asked.contains(id.value().toLowerCase(Locale.ROOT)))
            .toList();
      }
      return super.events(alike);
    }
  }

  private static final class UsersWithoutCase extends ReferenceEventStore {
    UsersWithoutCase(ReferenceLog log) {
      super(log);
    }

    @Override
    public Map<RoomId, MemberChange> memberships(UserId user, long upTo) {
      Map<RoomId, MemberChange> all = new HashMap<>();
      List<UserId> alike;
      synchronized (log) {
        alike = log.rows.stream()
            .flatMap(row -> row.event().subject().stream())
            .filter(subject -> subject.value().equalsIgnoreCase(user.value()))
            .distinct()
            .toList();
      }
      all.putAll(super.memberships(user, upTo));
      alike.forEach(other -> all.putAll(super.memberships(other, upTo)));
      return Map.copyOf(all);
    }
  }

  private static final class KeysPadded extends ReferenceEventStore {
    KeysPadded(ReferenceLog log) {
      super(log);
    }

    @Override
    public List<StoredEvent> state(RoomId room, long upTo) {
      Map<List<String>, StoredEvent> entries = new LinkedHashMap<>();
      for (StoredEvent entry : super.state(room, upTo)) {
        String key = entry.event().stateKey().orElseThrow();
        entries.put(List.of(entry.event().type(), key.stripTrailing()), entry);
      }
      return List.copyOf(entries.values());
    }
  }

  /** Rows have their positions before they can be read, and the watermark of another writer passes them. */
  private static class CommitsLate extends ReferenceEventStore {

    CommitsLate(ReferenceLog log) {
      super(log);
    }

    @Override
    public List<Long> store(List<Append> batch, Runnable beforeCommit) {
      List<Long> positions;
      synchronized (log) {
        requireWorking(false);
        positions = log.append(batch);
        log.uncommitted.addAll(positions);
        taken();
      }
      try {
        beforeCommit.run();
      } catch (RuntimeException rolledBack) {
        synchronized (log) {
          log.rows.removeIf(row -> log.uncommitted.contains(row.position()));
        }
        throw rolledBack;
      } finally {
        synchronized (log) {
          positions.forEach(log.uncommitted::remove);
        }
      }
      return positions;
    }

    /** Positions were taken. */
    void taken() {}

    @Override
    public LogPage page(Interest interest, long after, long upTo, int limit) {
      LogPage page = super.page(interest, after, upTo, limit);
      List<StoredEvent> committed = page.events().stream()
          .filter(row -> !log.uncommitted.contains(row.position()))
          .toList();
      return new LogPage(committed, page.through());
    }
  }

  private static final class WatermarkFirst extends CommitsLate {
    WatermarkFirst(ReferenceLog log) {
      super(log);
    }

    @Override
    public void taken() {
      take();
    }
  }

  private static final class PagesOf500 extends ReferenceEventStore {
    PagesOf500(ReferenceLog log) {
      super(log);
    }

    @Override
    public LogPage page(Interest interest, long after, long upTo, int limit) {
      return limit <= 500
          ? super.page(interest, after, upTo, limit)
          : new LogPage(super.page(interest, after, upTo, 500).events(), upTo);
    }
  }

  private static final class ListsOf1000 extends ReferenceEventStore {
    ListsOf1000(ReferenceLog log) {
      super(log);
    }

    @Override
    public Map<EventId, StoredEvent> events(Collection<EventId> ids) {
      return super.events(ids.stream().limit(1_000).toList());
    }
  }

  private static final class FailureIsEmpty extends ReferenceEventStore {
    FailureIsEmpty(ReferenceLog log) {
      super(log);
    }

    @Override
    public List<StoredEvent> history(HistorySlice slice, Direction direction, int limit) {
      try {
        return super.history(slice, direction, limit);
      } catch (StoreException swallowed) {
        return List.of();
      }
    }

    @Override
    public Map<RoomId, List<StoredEvent>> latest(Map<RoomId, Ranges> visible, int limit) {
      try {
        return super.latest(visible, limit);
      } catch (StoreException swallowed) {
        return Map.of();
      }
    }
  }
}
