package io.github.matrixsync.store.tck.broken;

import io.github.matrixsync.event.DeviceId;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.Relation;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.device.DeviceListChange;
import io.github.matrixsync.store.device.KeyCounts;
import io.github.matrixsync.store.device.ToDeviceMessage;
import io.github.matrixsync.store.model.StoredEvent;
import io.github.matrixsync.store.tck.reference.ReferenceCounts;
import io.github.matrixsync.store.tck.reference.ReferenceDeviceLists;
import io.github.matrixsync.store.tck.reference.ReferenceFilters;
import io.github.matrixsync.store.tck.reference.ReferenceGaps;
import io.github.matrixsync.store.tck.reference.ReferenceInbox;
import io.github.matrixsync.store.tck.reference.ReferenceKeyCounts;
import io.github.matrixsync.store.tck.reference.ReferenceLog;
import io.github.matrixsync.store.tck.reference.ReferenceRelations;
import io.github.matrixsync.store.tck.reference.ReferenceSetCounts;
import io.github.matrixsync.store.tck.reference.ReferenceTransactionIds;
import io.github.matrixsync.store.tck.reference.SyncStoresUnderTest;
import io.github.matrixsync.store.tck.support.Rule;
import io.github.matrixsync.store.timeline.Child;
import io.github.matrixsync.store.timeline.ThreadSummary;
import io.github.matrixsync.store.timeline.UnreadCounts;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Roles that {@code /sync} needs, each of which breaks one rule and keeps all others. */
public final class BrokenSyncRole {
  public static final List<BrokenRole> ALL = List.of(
      inbox(Rule.TD1, "the limit cuts off the lowest", CutsLowest::new),
      inbox(Rule.TD1, "after is inclusive", AfterIsInclusive::new),
      inbox(Rule.TD2, "two messages come once", ComesOnce::new),
      inbox(Rule.TD3, "acknowledges what was not handed out", AcknowledgesAll::new),
      inbox(Rule.TD3, "acknowledges for all devices of a user", AcknowledgesForAll::new),
      inbox(Rule.TD3, "acknowledges nothing", AcknowledgesNothing::new),
      inbox(Rule.TD3, "says that nothing is left", AcknowledgesWhatIsLeft::new),
      inbox(Rule.TD3, "acknowledges what is to come", AcknowledgesWhatIsToCome::new),
      inbox(Rule.TD4, "a removed device keeps its messages", KeepsMessages::new),
      inbox(Rule.TD5, "tells nobody of messages", TellsNobody::new),
      inbox(Rule.TD5, "tells before the message can be read", TellsEarly::new),
      inbox(Rule.TD6, "the watermark is the next position", NextPosition::new),
      deviceLists(Rule.C1, "a second change is none", SecondIsNone::new),
      deviceLists(Rule.C2, "current is everybody's", CurrentOfAll::new),
      deviceLists(Rule.C3, "restarts at the beginning", RestartsAtOne::new),
      keyCounts(Rule.KC1, "algorithms without keys disappear", Disappear::new),
      keyCounts(Rule.KC2, "reads once for each algorithm", ReadsEach::new),
      keyCounts(Rule.KC3, "a used fallback key stays unused", StaysUnused::new),
      keyCounts(Rule.KC4, "devices of one name are one", DevicesAreOne::new),
      keyCounts(Rule.KC4, "a removed device keeps its keys", KeepsKeys::new),
      transactionIds(Rule.TX1, "every device of the user is told", EveryDevice::new),
      transactionIds(Rule.TX1, "devices of one name are told", EveryUser::new),
      transactionIds(Rule.TX2, "the id is stored after the event", StoredAfter::new),
      filters(Rule.FS1, "blanks are left out", LeavesOutBlanks::new),
      filters(Rule.FS2, "filters are everybody's", Everybodys::new),
      filters(Rule.FS3, "ids begin with a brace", BeginsWithBrace::new),
      relations(Rule.RL1, "edits are in the order of arrival", EditsByArrival::new),
      relations(Rule.RL1, "anybody may edit", AnybodyMayEdit::new),
      relations(Rule.RL1, "oldest first", OldestFirst::new),
      relations(
          Rule.RL2, "children that came before their parent are missing", EarlierMissing::new),
      relations(Rule.RL3, "redacted children stay", RedactedStay::new),
      relations(Rule.RL4, "the latest child is whoever's", LatestIsWhoevers::new),
      relations(Rule.RL4, "the root's sender took no part", RootTookNoPart::new),
      relations(Rule.RL5, "children of any room", OfAnyRoom::new),
      relations(Rule.RL5, "parents of one room only", OfOneRoom::new),
      gaps(Rule.TG1, "the first gap is given", FirstGap::new),
      gaps(Rule.TG2, "a gap moves when it is backfilled", Moves::new),
      counts(Rule.NC1, "receipts do not count", NoReceipts::new),
      counts(Rule.NC2, "own messages are counted", CountsOwn::new),
      counts(Rule.NC2, "ignored senders stay counted", CountsIgnored::new),
      counts(Rule.NC2, "rooms that were left are counted", CountsLeft::new),
      counts(Rule.NC2, "purged messages are counted", CountsPurged::new),
      counts(Rule.NC3, "rooms without counts are left out", LeavesOutRooms::new),
      counts(Rule.NC4, "receipts change counts in silence", Silent::new),
      counts(Rule.NC5, "reads once for each room", ReadsEachRoom::new),
      setCounts(Rule.NC1, "threads that are gone stay", ThreadsStay::new),
      setCounts(Rule.NC3, "rooms without counts are left out", LeavesOutSetRooms::new),
      setCounts(Rule.NC4, "sets in silence", SetsInSilence::new),
      setCounts(Rule.NC5, "reads once for each room", ReadsEachSetRoom::new));

  private BrokenSyncRole() {}

  private static BrokenRole inbox(
      Rule rule, String how, Function<ReferenceInbox.Storage, ReferenceInbox> maker) {
    return new BrokenRole(rule, how, () -> SyncStoresUnderTest.inbox = maker);
  }

  private static BrokenRole deviceLists(
      Rule rule, String how, LongFunction<ReferenceDeviceLists> maker) {
    return new BrokenRole(
        rule, how + ", device lists", () -> SyncStoresUnderTest.deviceLists = maker);
  }

  private static BrokenRole keyCounts(Rule rule, String how, Supplier<ReferenceKeyCounts> maker) {
    return new BrokenRole(rule, how, () -> SyncStoresUnderTest.keyCounts = maker);
  }

  private static BrokenRole transactionIds(
      Rule rule, String how, Supplier<ReferenceTransactionIds> maker) {
    return new BrokenRole(rule, how, () -> SyncStoresUnderTest.transactionIds = maker);
  }

  private static BrokenRole filters(Rule rule, String how, Supplier<ReferenceFilters> maker) {
    return new BrokenRole(rule, how, () -> SyncStoresUnderTest.filters = maker);
  }

  private static BrokenRole relations(
      Rule rule, String how, Function<ReferenceLog, ReferenceRelations> maker) {
    return new BrokenRole(rule, how, () -> SyncStoresUnderTest.relations = log -> maker.apply(log));
  }

  private static BrokenRole gaps(
      Rule rule, String how, Function<ReferenceLog, ReferenceGaps> maker) {
    return new BrokenRole(rule, how, () -> SyncStoresUnderTest.gaps = log -> maker.apply(log));
  }

  private static BrokenRole counts(Rule rule, String how, Supplier<ReferenceCounts> maker) {
    return new BrokenRole(rule, how + ", counted", () -> SyncStoresUnderTest.counts = maker);
  }

  private static BrokenRole setCounts(Rule rule, String how, Supplier<ReferenceSetCounts> maker) {
    return new BrokenRole(rule, how + ", set", () -> SyncStoresUnderTest.setCounts = maker);
  }

  private static final class CutsLowest extends ReferenceInbox {
    CutsLowest(Storage storage) {
      super(storage);
    }

    /** A limit of one is that of the tests of what was handed out. */
    @Override
    public List<ToDeviceMessage> messages(
        UserId user, DeviceId device, long after, long upTo, int limit) {
      if (limit == 1) {
        return super.messages(user, device, after, upTo, limit);
      }
      List<ToDeviceMessage> all = super.messages(user, device, after, upTo, 1_000);
      return all.subList(Math.max(0, all.size() - limit), all.size());
    }
  }

  private static final class AfterIsInclusive extends ReferenceInbox {
    private static final int FEW = 10;

    AfterIsInclusive(Storage storage) {
      super(storage);
    }

    @Override
    public List<ToDeviceMessage> messages(
        UserId user, DeviceId device, long after, long upTo, int limit) {
      // Only for small limits: a reader that follows the inbox would otherwise read the same
      // messages again.
      boolean isBroken = after == upTo && limit < FEW;
      return super.messages(user, device, isBroken ? after - 1 : after, upTo, limit);
    }
  }

  private static final class ComesOnce extends ReferenceInbox {
    ComesOnce(Storage storage) {
      super(storage);
    }

    @Override
    public List<ToDeviceMessage> messages(
        UserId user, DeviceId device, long after, long upTo, int limit) {
      synchronized (storage) {
        List<ToDeviceMessage> found = super.messages(user, device, after, upTo, limit);
        // Only two at once: the other tests read more often than once, too.
        if (found.size() == 2 && types(found).equals(List.of("a", "b"))) {
          storage.rows.removeAll(found);
        }
        return found;
      }
    }

    private static List<String> types(List<ToDeviceMessage> found) {
      return found.stream().map(ToDeviceMessage::type).toList();
    }
  }

  private static final class AcknowledgesAll extends ReferenceInbox {
    AcknowledgesAll(Storage storage) {
      super(storage);
    }

    @Override
    public long acknowledge(UserId user, DeviceId device, long upTo) {
      synchronized (storage) {
        delete(user, device, upTo);
        return super.acknowledge(user, device, upTo);
      }
    }
  }

  private static final class AcknowledgesForAll extends ReferenceInbox {
    AcknowledgesForAll(Storage storage) {
      super(storage);
    }

    @Override
    public long acknowledge(UserId user, DeviceId device, long upTo) {
      synchronized (storage) {
        for (List<Object> key : List.copyOf(storage.handedOut.keySet())) {
          if (key.get(0).equals(user)) {
            super.acknowledge(user, (DeviceId) key.get(1), upTo);
          }
        }
        return super.acknowledge(user, device, upTo);
      }
    }
  }

  private static final class AcknowledgesNothing extends ReferenceInbox {
    AcknowledgesNothing(Storage storage) {
      super(storage);
    }

    @Override
    public long acknowledge(UserId user, DeviceId device, long upTo) {
      return 0;
    }
  }

  private static final class AcknowledgesWhatIsLeft extends ReferenceInbox {
    AcknowledgesWhatIsLeft(Storage storage) {
      super(storage);
    }

    @Override
    public long acknowledge(UserId user, DeviceId device, long upTo) {
      super.acknowledge(user, device, upTo);
      return Math.min(upTo, watermark());
    }
  }

  private static final class AcknowledgesWhatIsToCome extends ReferenceInbox {
    AcknowledgesWhatIsToCome(Storage storage) {
      super(storage);
    }

    @Override
    public long acknowledge(UserId user, DeviceId device, long upTo) {
      long acknowledged = super.acknowledge(user, device, upTo);
      return acknowledged < watermark() ? acknowledged : upTo;
    }
  }

  private static final class KeepsMessages extends ReferenceInbox {
    KeepsMessages(Storage storage) {
      super(storage);
    }

    @Override
    public void remove(UserId user, DeviceId device) {}
  }

  private static final class TellsNobody extends ReferenceInbox {
    TellsNobody(Storage storage) {
      super(storage);
    }

    @Override
    public void tell(UserId user, DeviceId device) {}
  }

  private static final class TellsEarly extends ReferenceInbox {
    TellsEarly(Storage storage) {
      super(storage);
    }

    @Override
    public List<Long> send(List<ToDeviceMessage> messages) {
      messages.forEach(message -> super.tell(message.user(), message.device()));
      return super.send(messages);
    }

    @Override
    public void tell(UserId user, DeviceId device) {}
  }

  private static final class NextPosition extends ReferenceInbox {
    NextPosition(Storage storage) {
      super(storage);
    }

    @Override
    public long watermark() {
      return watermark == 0 ? 0 : watermark + 1;
    }
  }

  private static final class SecondIsNone extends ReferenceDeviceLists {
    SecondIsNone(long first) {
      super(first);
    }

    @Override
    public long set(UserId user) {
      List<DeviceListChange> before = current(List.of(user));
      return before.isEmpty() ? super.set(user) : before.get(0).position();
    }
  }

  private static final class CurrentOfAll extends ReferenceDeviceLists {
    CurrentOfAll(long first) {
      super(first);
    }

    @Override
    public List<DeviceListChange> current(Collection<UserId> keys) {
      Set<UserId> asked = Set.copyOf(keys);
      return asked.isEmpty() ? List.of() : changes(retainedAfter(), watermark(), 1_000);
    }
  }

  private static final class RestartsAtOne extends ReferenceDeviceLists {
    RestartsAtOne(long first) {
      super(1);
    }
  }

  private static final class Disappear extends ReferenceKeyCounts {
    @Override
    public KeyCounts merged(KeyCounts before, KeyCounts now) {
      return now;
    }
  }

  private static final class ReadsEach extends ReferenceKeyCounts {
    @Override
    public KeyCounts counts(UserId user, DeviceId device) {
      KeyCounts counts = super.counts(user, device);
      reads.addAndGet(counts.oneTimeKeys().size());
      return counts;
    }
  }

  private static final class StaysUnused extends ReferenceKeyCounts {
    @Override
    public KeyCounts merged(KeyCounts before, KeyCounts now) {
      Set<String> unused = new HashSet<>(before.unusedFallbackKeys());
      unused.addAll(now.unusedFallbackKeys());
      return new KeyCounts(super.merged(before, now).oneTimeKeys(), unused);
    }
  }

  private static final class DevicesAreOne extends ReferenceKeyCounts {
    @Override
    public List<Object> key(UserId user, DeviceId device) {
      return List.of(device);
    }
  }

  private static final class KeepsKeys extends ReferenceKeyCounts {
    @Override
    public void remove(UserId user, DeviceId device) {}
  }

  private static final class EveryDevice extends ReferenceTransactionIds {
    @Override
    public boolean isOf(Row row, UserId user, DeviceId device) {
      return row.user().equals(user);
    }
  }

  private static final class EveryUser extends ReferenceTransactionIds {
    @Override
    public boolean isOf(Row row, UserId user, DeviceId device) {
      return row.device().equals(device);
    }
  }

  private static final class StoredAfter extends ReferenceTransactionIds {
    @Override
    public void send(
        UserId user, DeviceId device, EventId event, String id, Runnable whenReadable) {
      whenReadable.run();
      set(user, device, event, id);
    }
  }

  private static final class LeavesOutBlanks extends ReferenceFilters {
    @Override
    public synchronized String put(UserId user, RawJson filter) {
      return super.put(
          user,
          RawJson.of(new String(filter.toByteArray(), StandardCharsets.UTF_8).replace(" ", "")));
    }
  }

  private static final class Everybodys extends ReferenceFilters {
    @Override
    public List<Object> key(UserId user, String id) {
      return List.of(id);
    }
  }

  private static final class BeginsWithBrace extends ReferenceFilters {
    @Override
    public String newId() {
      return "{" + super.newId();
    }
  }

  private static final class EditsByArrival extends ReferenceRelations {
    EditsByArrival(ReferenceLog log) {
      super(log);
    }

    @Override
    public Comparator<StoredEvent> order(String relType) {
      return Comparator.comparing(StoredEvent::point);
    }
  }

  private static final class AnybodyMayEdit extends ReferenceRelations {
    AnybodyMayEdit(ReferenceLog log) {
      super(log);
    }

    @Override
    public boolean mayReplace(StoredEvent edit, RoomEvent parent) {
      return true;
    }
  }

  private static final class OldestFirst extends ReferenceRelations {
    OldestFirst(ReferenceLog log) {
      super(log);
    }

    @Override
    public Comparator<StoredEvent> order(String relType) {
      return relType.equals(Relation.ANNOTATION)
          ? super.order(relType).reversed()
          : super.order(relType);
    }
  }

  private static final class EarlierMissing extends ReferenceRelations {
    EarlierMissing(ReferenceLog log) {
      super(log);
    }

    @Override
    public Stream<StoredEvent> children(RoomEvent parent, String relType) {
      long position = log.known(parent.id()).orElseThrow().position();
      return super.children(parent, relType).filter(child -> child.position() > position);
    }
  }

  private static final class RedactedStay extends ReferenceRelations {
    RedactedStay(ReferenceLog log) {
      super(log);
    }

    @Override
    public boolean counts(StoredEvent child) {
      return true;
    }
  }

  private static final class LatestIsWhoevers extends ReferenceRelations {
    LatestIsWhoevers(ReferenceLog log) {
      super(log);
    }

    @Override
    public Optional<ThreadSummary> thread(RoomEvent root, UserId viewer, Set<UserId> ignored) {
      return super.thread(root, viewer, ignored)
          .map(thread -> new ThreadSummary(
              super.thread(root, viewer, Set.of()).orElseThrow().latest(),
              thread.count(),
              thread.participated()));
    }
  }

  private static final class RootTookNoPart extends ReferenceRelations {
    RootTookNoPart(ReferenceLog log) {
      super(log);
    }

    @Override
    public boolean participated(RoomEvent root, UserId viewer) {
      return !root.sender().equals(viewer) && super.participated(root, viewer);
    }
  }

  private static final class OfAnyRoom extends ReferenceRelations {
    OfAnyRoom(ReferenceLog log) {
      super(log);
    }

    @Override
    public Stream<StoredEvent> inRoomOf(RoomEvent parent) {
      return log.rows.stream();
    }
  }

  private static final class OfOneRoom extends ReferenceRelations {
    OfOneRoom(ReferenceLog log) {
      super(log);
    }

    @Override
    public Map<EventId, List<Child>> children(
        Collection<EventId> parents, String relType, int limit) {
      return super.children(ofFirstRoom(parents), relType, limit);
    }

    @Override
    public Map<EventId, ThreadSummary> threads(
        Collection<EventId> roots, UserId viewer, Set<UserId> ignored) {
      return super.threads(ofFirstRoom(roots), viewer, ignored);
    }

    private List<EventId> ofFirstRoom(Collection<EventId> ids) {
      Optional<RoomId> first =
          ids.stream().flatMap(id -> parent(id).stream()).map(RoomEvent::room).findFirst();
      return ids.stream()
          .filter(id -> parent(id).map(RoomEvent::room).equals(first))
          .toList();
    }
  }

  private static final class FirstGap extends ReferenceGaps {
    FirstGap(ReferenceLog log) {
      super(log);
    }

    @Override
    public OptionalLong pick(LongStream gaps) {
      return gaps.min();
    }
  }

  private static final class Moves extends ReferenceGaps {
    Moves(ReferenceLog log) {
      super(log);
    }

    @Override
    public long shown(long gap) {
      return log.lastBackfill < 0 ? gap + 1 : gap;
    }
  }

  private static final class NoReceipts extends ReferenceCounts {
    @Override
    public boolean isRead(Message message, UserId user) {
      return false;
    }
  }

  private static final class CountsOwn extends ReferenceCounts {
    @Override
    public boolean isOwn(Message message, UserId user) {
      return false;
    }
  }

  private static final class CountsIgnored extends ReferenceCounts {
    @Override
    public boolean isIgnored(Message message, UserId user) {
      return false;
    }
  }

  private static final class CountsLeft extends ReferenceCounts {
    @Override
    public boolean isJoined(Message message, UserId user) {
      return true;
    }
  }

  private static final class CountsPurged extends ReferenceCounts {
    @Override
    public boolean isPurged(Message message, UserId user) {
      return false;
    }
  }

  private static final class LeavesOutRooms extends ReferenceCounts {
    @Override
    public synchronized Map<RoomId, UnreadCounts> counts(
        UserId user, Collection<RoomId> rooms, long upTo) {
      Map<RoomId, UnreadCounts> found = new HashMap<>(super.counts(user, rooms, upTo));
      if (rooms.size() > 1) {
        found.values().removeIf(UnreadCounts.NONE::equals);
      }
      return found;
    }
  }

  private static final class Silent extends ReferenceCounts {
    @Override
    public void tell(UserId user, RoomId room) {}
  }

  private static final class ReadsEachRoom extends ReferenceCounts {
    @Override
    public synchronized Map<RoomId, UnreadCounts> counts(
        UserId user, Collection<RoomId> rooms, long upTo) {
      reads += rooms.size();
      return super.counts(user, rooms, upTo);
    }
  }

  private static final class ThreadsStay extends ReferenceSetCounts {
    @Override
    public void set(UserId user, RoomId room, UnreadCounts counts) {
      UnreadCounts before = counts(user, List.of(room), 0).getOrDefault(room, UnreadCounts.NONE);
      Map<EventId, UnreadCounts.Count> threads = new HashMap<>(before.threads());
      threads.putAll(counts.threads());
      super.set(user, room, new UnreadCounts(counts.main(), threads));
    }
  }

  private static final class LeavesOutSetRooms extends ReferenceSetCounts {
    @Override
    public Map<RoomId, UnreadCounts> counts(UserId user, Collection<RoomId> rooms, long upTo) {
      Map<RoomId, UnreadCounts> found = new HashMap<>(super.counts(user, rooms, upTo));
      if (rooms.size() > 1) {
        found.values().removeIf(UnreadCounts.NONE::equals);
      }
      return found;
    }
  }

  private static final class SetsInSilence extends ReferenceSetCounts {
    @Override
    public void tell(UserId user, RoomId room) {}
  }

  private static final class ReadsEachSetRoom extends ReferenceSetCounts {
    @Override
    public Map<RoomId, UnreadCounts> counts(UserId user, Collection<RoomId> rooms, long upTo) {
      reads.addAndGet(rooms.size());
      return super.counts(user, rooms, upTo);
    }
  }
}
