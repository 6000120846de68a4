package io.github.matrixsync.store.tck.reference;

import io.github.matrixsync.event.DeviceId;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.device.KeyCounts;
import io.github.matrixsync.store.device.ToDeviceMessage;
import io.github.matrixsync.store.tck.device.DeviceKeyCountsTck;
import io.github.matrixsync.store.tck.device.DeviceListStoreTck;
import io.github.matrixsync.store.tck.device.SharedDeviceKeyCountsTck;
import io.github.matrixsync.store.tck.device.SharedDeviceListStoreTck;
import io.github.matrixsync.store.tck.device.SharedToDeviceInboxTck;
import io.github.matrixsync.store.tck.device.SharedTransactionIdsTck;
import io.github.matrixsync.store.tck.device.ToDeviceInboxTck;
import io.github.matrixsync.store.tck.device.TransactionIdsTck;
import io.github.matrixsync.store.tck.lookup.FilterStoreTck;
import io.github.matrixsync.store.tck.lookup.SharedFilterStoreTck;
import io.github.matrixsync.store.tck.timeline.NotificationCountsTck;
import io.github.matrixsync.store.tck.timeline.RelationsTck;
import io.github.matrixsync.store.tck.timeline.SettableNotificationCountsTck;
import io.github.matrixsync.store.tck.timeline.SharedNotificationCountsTck;
import io.github.matrixsync.store.tck.timeline.TimelineGapsTck;
import io.github.matrixsync.store.timeline.Relations;
import io.github.matrixsync.store.timeline.TimelineGaps;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.Supplier;

/**
 * The kit's classes for the roles that {@code /sync} needs, over whatever stores are set here. Confined to the thread
 * of the kit's own tests.
 */
public final class SyncStoresUnderTest {
  public static final List<Class<?>> ALL = List.of(
      OfInbox.class,
      OfSharedInbox.class,
      OfDeviceLists.class,
      OfSharedDeviceLists.class,
      OfKeyCounts.class,
      OfSharedKeyCounts.class,
      OfTransactionIds.class,
      OfSharedTransactionIds.class,
      OfFilters.class,
      OfSharedFilters.class,
      OfRelations.class,
      OfGaps.class,
      OfCounts.class,
      OfSetCounts.class,
      OfSharedSetCounts.class);

  public static Function<ReferenceInbox.Storage, ReferenceInbox> inbox;
  public static LongFunction<ReferenceDeviceLists> deviceLists;
  public static Supplier<ReferenceKeyCounts> keyCounts;
  public static Supplier<ReferenceTransactionIds> transactionIds;
  public static Supplier<ReferenceFilters> filters;
  public static Function<ReferenceLog, Relations> relations;
  public static Function<ReferenceLog, TimelineGaps> gaps;
  public static Supplier<ReferenceCounts> counts;
  public static Supplier<ReferenceSetCounts> setCounts;

  static {
    reset();
  }

  private SyncStoresUnderTest() {}

  /** Puts the reference in every place. */
  public static void reset() {
    inbox = ReferenceInbox::new;
    deviceLists = ReferenceDeviceLists::new;
    keyCounts = ReferenceKeyCounts::new;
    transactionIds = ReferenceTransactionIds::new;
    filters = ReferenceFilters::new;
    relations = ReferenceRelations::new;
    gaps = ReferenceGaps::new;
    counts = ReferenceCounts::new;
    setCounts = ReferenceSetCounts::new;
  }

  public static final class OfInbox extends ToDeviceInboxTck<ReferenceInbox> {
    @Override
    protected ReferenceInbox open() {
      return inbox.apply(new ReferenceInbox.Storage());
    }

    @Override
    protected void send(List<ToDeviceMessage> messages) {
      store().send(messages);
    }

    @Override
    protected void remove(UserId user, DeviceId device) {
      store().remove(user, device);
    }
  }

  public static final class OfSharedInbox extends SharedToDeviceInboxTck<ReferenceInbox> {
    @Override
    protected ReferenceInbox open() {
      return inbox.apply(new ReferenceInbox.Storage());
    }

    @Override
    protected ReferenceInbox another(ReferenceInbox open, boolean signals) {
      ReferenceInbox another = inbox.apply(open.storage);
      another.signals = signals;
      return another;
    }
  }

  public static final class OfDeviceLists extends DeviceListStoreTck<ReferenceDeviceLists> {
    @Override
    protected ReferenceDeviceLists open() {
      return deviceLists.apply(1);
    }

    @Override
    protected ReferenceDeviceLists restarted(ReferenceDeviceLists earlier) {
      return deviceLists.apply(earlier.watermark() + 1);
    }

    @Override
    protected void set(UserId user) {
      store().set(user);
    }
  }

  public static final class OfKeyCounts extends DeviceKeyCountsTck<ReferenceKeyCounts> {
    @Override
    protected ReferenceKeyCounts open() {
      return keyCounts.get();
    }

    @Override
    protected void set(UserId user, DeviceId device, KeyCounts counts) {
      store().set(user, device, counts);
    }

    @Override
    protected void remove(UserId user, DeviceId device) {
      store().remove(user, device);
    }

    @Override
    protected long storageReads() {
      return store().reads.get();
    }
  }

  public static final class OfTransactionIds extends TransactionIdsTck<ReferenceTransactionIds> {
    @Override
    protected ReferenceTransactionIds open() {
      return transactionIds.get();
    }

    @Override
    protected void send(
        UserId user, DeviceId device, EventId event, String id, Runnable whenReadable) {
      store().send(user, device, event, id, whenReadable);
    }
  }

  public static final class OfFilters extends FilterStoreTck<ReferenceFilters> {
    @Override
    protected ReferenceFilters open() {
      return filters.get();
    }
  }

  public static final class OfRelations extends RelationsTck<ReferenceEventStore> {
    @Override
    protected ReferenceEventStore open() {
      return new ReferenceEventStore(new ReferenceLog());
    }

    @Override
    protected Relations relations() {
      return relations.apply(store().log);
    }
  }

  public static final class OfGaps extends TimelineGapsTck<ReferenceEventStore> {
    @Override
    protected ReferenceEventStore open() {
      return new ReferenceEventStore(new ReferenceLog());
    }

    @Override
    protected TimelineGaps gaps() {
      return gaps.apply(store().log);
    }
  }

  public static final class OfCounts extends NotificationCountsTck<ReferenceCounts> {
    @Override
    protected ReferenceCounts open() {
      return counts.get();
    }

    @Override
    protected void join(UserId user, RoomId room) {
      store().joined.add(ReferenceCounts.key(user, room));
    }

    @Override
    protected void leave(UserId user, RoomId room) {
      store().joined.remove(ReferenceCounts.key(user, room));
    }

    @Override
    protected long message(RoomId room, UserId sender) {
      return store().message(room, sender);
    }

    @Override
    protected void read(UserId user, RoomId room, long position) {
      store().read(user, room, position);
    }

    @Override
    protected void ignore(UserId user, Set<UserId> ignored) {
      store().ignored.put(user, ignored);
    }

    @Override
    protected void purge(long through) {
      store().purged = through;
    }

    @Override
    protected long storageReads() {
      return store().reads;
    }
  }

  public static final class OfSetCounts extends SettableNotificationCountsTck<ReferenceSetCounts> {
    @Override
    protected ReferenceSetCounts open() {
      return setCounts.get();
    }

    @Override
    protected long storageReads() {
      return store().reads.get();
    }
  }

  public static final class OfSharedDeviceLists
      extends SharedDeviceListStoreTck<ReferenceDeviceLists> {
    @Override
    protected ReferenceDeviceLists open() {
      return deviceLists.apply(1);
    }

    @Override
    protected ReferenceDeviceLists another(ReferenceDeviceLists open, boolean signals) {
      ReferenceDeviceLists another = deviceLists.apply(1);
      another.join(open, signals);
      return another;
    }

    @Override
    protected void write(Runnable beforeCommit, Runnable write) {
      Pause.during(beforeCommit, write);
    }
  }

  public static final class OfSharedKeyCounts extends SharedDeviceKeyCountsTck<ReferenceKeyCounts> {
    @Override
    protected ReferenceKeyCounts open() {
      return keyCounts.get();
    }

    @Override
    protected ReferenceKeyCounts another(ReferenceKeyCounts open, boolean signals) {
      ReferenceKeyCounts another = keyCounts.get();
      another.rows = open.rows;
      return another;
    }
  }

  public static final class OfSharedTransactionIds
      extends SharedTransactionIdsTck<ReferenceTransactionIds> {
    @Override
    protected ReferenceTransactionIds open() {
      return transactionIds.get();
    }

    @Override
    protected ReferenceTransactionIds another(ReferenceTransactionIds open, boolean signals) {
      ReferenceTransactionIds another = transactionIds.get();
      another.rows = open.rows;
      return another;
    }
  }

  public static final class OfSharedFilters extends SharedFilterStoreTck<ReferenceFilters> {
    @Override
    protected ReferenceFilters open() {
      return filters.get();
    }

    @Override
    protected ReferenceFilters another(ReferenceFilters open, boolean signals) {
      ReferenceFilters another = filters.get();
      another.rows = open.rows;
      return another;
    }
  }

  public static final class OfSharedSetCounts
      extends SharedNotificationCountsTck<ReferenceSetCounts> {
    @Override
    protected ReferenceSetCounts open() {
      return setCounts.get();
    }

    @Override
    protected ReferenceSetCounts another(ReferenceSetCounts open, boolean signals) {
      ReferenceSetCounts another = setCounts.get();
      another.join(open, signals);
      return another;
    }
  }
}
