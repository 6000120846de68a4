package io.github.matrixsync.store.tck.broken;

import io.github.matrixsync.event.DeviceId;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.device.DeviceListChange;
import io.github.matrixsync.store.device.KeyCounts;
import io.github.matrixsync.store.tck.reference.ReferenceDeviceLists;
import io.github.matrixsync.store.tck.reference.ReferenceFilters;
import io.github.matrixsync.store.tck.reference.ReferenceKeyCounts;
import io.github.matrixsync.store.tck.reference.ReferenceSetCounts;
import io.github.matrixsync.store.tck.reference.ReferenceStream;
import io.github.matrixsync.store.tck.reference.ReferenceTransactionIds;
import io.github.matrixsync.store.tck.reference.SyncStoresUnderTest;
import io.github.matrixsync.store.tck.support.Rule;
import io.github.matrixsync.store.timeline.UnreadCounts;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongFunction;
import java.util.function.Supplier;

/** Broken stores of roles that {@code /sync} needs: each ignores that other instances share its storage. */
public final class BrokenSharedSyncRole {
  public static final List<BrokenRole> ALL = List.of(
      deviceLists(Rule.L1, "signals reach no other instance", KeepsSignals::new),
      deviceLists(Rule.L1, "refresh calls no listener", RefreshIsSilent::new),
      deviceLists(Rule.C1, "entries of other instances are not replaced", OthersStay::new),
      new BrokenRole(
          Rule.KC3,
          "key counts are cached until they are set here",
          () -> SyncStoresUnderTest.keyCounts = CachesKeys::new),
      new BrokenRole(
          Rule.TX2,
          "missing transaction ids are cached",
          () -> SyncStoresUnderTest.transactionIds = CachesMisses::new),
      new BrokenRole(
          Rule.FS3,
          "ids are counted by each instance",
          () -> SyncStoresUnderTest.filters = CountsItsOwn::new),
      setCounts(Rule.NC1, "unread counts are cached until a signal", CachesCounts::new),
      setCounts(Rule.NC4, "signals reach no other instance, unread counts", TellsItsOwn::new));

  private BrokenSharedSyncRole() {}

  private static BrokenRole deviceLists(
      Rule rule, String how, LongFunction<ReferenceDeviceLists> maker) {
    return new BrokenRole(
        rule, how + ", device lists", () -> SyncStoresUnderTest.deviceLists = maker);
  }

  private static BrokenRole setCounts(Rule rule, String how, Supplier<ReferenceSetCounts> maker) {
    return new BrokenRole(rule, how, () -> SyncStoresUnderTest.setCounts = maker);
  }

  private static final class KeepsSignals extends ReferenceDeviceLists {
    KeepsSignals(long first) {
      super(first);
    }

    @Override
    public List<ReferenceStream<?, DeviceListChange>> reached() {
      return List.of(this);
    }
  }

  private static final class RefreshIsSilent extends ReferenceDeviceLists {
    RefreshIsSilent(long first) {
      super(first);
    }

    @Override
    public void found() {}
  }

  /** Removes a user's earlier entry only if it was made here. */
  private static final class OthersStay extends ReferenceDeviceLists {
    private final Set<DeviceListChange> own = new HashSet<>(); // guarded by storage

    OthersStay(long first) {
      super(first);
    }

    @Override
    public long put(LongFunction<DeviceListChange> changeAt) {
      synchronized (storage) {
        DeviceListChange change = changeAt.apply(++storage.last);
        storage.rows.removeIf(row -> own.contains(row) && row.user().equals(change.user()));
        storage.rows.add(change);
        own.add(change);
        return change.position();
      }
    }

    /** Returns only the latest entry of each user. */
    @Override
    public List<DeviceListChange> current(Collection<UserId> keys) {
      return super.current(keys).stream()
          .filter(row -> super.current(List.of(row.user())).stream()
              .allMatch(each -> each.position() <= row.position()))
          .toList();
    }
  }

  private static final class CachesKeys extends ReferenceKeyCounts {
    private final Map<List<Object>, KeyCounts> cache = new ConcurrentHashMap<>();

    @Override
    public KeyCounts counts(UserId user, DeviceId device) {
      return cache.computeIfAbsent(List.of(user, device), key -> super.counts(user, device));
    }

    @Override
    public void set(UserId user, DeviceId device, KeyCounts counts) {
      super.set(user, device, counts);
      cache.clear();
    }

    @Override
    public void remove(UserId user, DeviceId device) {
      super.remove(user, device);
      cache.clear();
    }
  }

  private static final class CachesMisses extends ReferenceTransactionIds {
    private final Set<List<Object>> missing = ConcurrentHashMap.newKeySet();

    @Override
    public Map<EventId, String> of(UserId user, DeviceId device, Collection<EventId> events) {
      List<EventId> asked = events.stream()
          .filter(event -> !missing.contains(List.of(user, device, event)))
          .toList();
      Map<EventId, String> found = super.of(user, device, asked);
      asked.stream()
          .filter(event -> !found.containsKey(event))
          .forEach(event -> missing.add(List.of(user, device, event)));
      return found;
    }

    @Override
    public void set(UserId user, DeviceId device, EventId event, String transactionId) {
      super.set(user, device, event, transactionId);
      missing.clear();
    }
  }

  private static final class CountsItsOwn extends ReferenceFilters {
    private int next;

    @Override
    public String newId() {
      return "f" + next++;
    }
  }

  private static final class CachesCounts extends ReferenceSetCounts {
    private final Map<RoomId, UnreadCounts> cache = new ConcurrentHashMap<>();

    /** Caches the counts that were read for a single room. */
    @Override
    public Map<RoomId, UnreadCounts> counts(UserId user, Collection<RoomId> rooms, long upTo) {
      if (rooms.size() != 1) {
        return super.counts(user, rooms, upTo);
      }
      RoomId room = rooms.iterator().next();
      return Map.of(
          room,
          cache.computeIfAbsent(
              room, key -> super.counts(user, rooms, upTo).getOrDefault(key, UnreadCounts.NONE)));
    }

    @Override
    public void tell(UserId user, RoomId room) {
      cache.clear();
      super.tell(user, room);
    }
  }

  private static final class TellsItsOwn extends ReferenceSetCounts {
    @Override
    public List<ReferenceSetCounts> reached() {
      return List.of(this);
    }
  }
}
