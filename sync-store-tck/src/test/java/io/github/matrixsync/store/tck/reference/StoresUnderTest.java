package io.github.matrixsync.store.tck.reference;

import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.model.Append;
import io.github.matrixsync.store.tck.AppendableEventStoreTck;
import io.github.matrixsync.store.tck.ClosableEventStoreTck;
import io.github.matrixsync.store.tck.DurableEventStoreTck;
import io.github.matrixsync.store.tck.EventStoreTck;
import io.github.matrixsync.store.tck.PurgeableEventStoreTck;
import io.github.matrixsync.store.tck.SharedEventStoreTck;
import io.github.matrixsync.store.tck.SharedPurgeableEventStoreTck;
import io.github.matrixsync.store.tck.ephemeral.SettableAccountDataStoreTck;
import io.github.matrixsync.store.tck.ephemeral.SettablePresenceStoreTck;
import io.github.matrixsync.store.tck.ephemeral.SettableReceiptStoreTck;
import io.github.matrixsync.store.tck.ephemeral.SettableTypingStoreTck;
import io.github.matrixsync.store.tck.ephemeral.SharedAccountDataStoreTck;
import io.github.matrixsync.store.tck.ephemeral.SharedPresenceStoreTck;
import io.github.matrixsync.store.tck.ephemeral.SharedReceiptStoreTck;
import io.github.matrixsync.store.tck.ephemeral.SharedTypingStoreTck;
import io.github.matrixsync.store.tck.lookup.SettableRoomDirectoryTck;
import io.github.matrixsync.store.tck.lookup.SharedRoomDirectoryTck;
import io.github.matrixsync.store.tck.settings.BlockedInvitesTck;
import io.github.matrixsync.store.tck.settings.ErasedUsersTck;
import io.github.matrixsync.store.tck.settings.ForgottenRoomsTck;
import io.github.matrixsync.store.tck.settings.IgnoredUsersTck;
import io.github.matrixsync.store.tck.settings.PresenceListsTck;
import io.github.matrixsync.store.tck.settings.SettableUserSettingsTck;
import io.github.matrixsync.store.tck.settings.SharedUserSettingsTck;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.LongUnaryOperator;
import java.util.function.Supplier;

/**
 * The kit's classes over whatever stores are set here, to be run by the kit's own tests. Confined to the thread of
 * those.
 */
public final class StoresUnderTest {
  public static final List<Class<?>> EVENTS =
      List.of(OfEvents.class, OfPurges.class, OfReopened.class, OfClosed.class);
  public static final List<Class<?>> SHARED = List.of(OfShared.class, OfSharedPurges.class);
  public static final List<Class<?>> READS = List.of(OfReads.class);
  public static final List<Class<?>> ROLES = List.of(
      OfPresences.class,
      OfReceipts.class,
      OfAccountData.class,
      OfTyping.class,
      OfDirectory.class,
      OfIgnored.class,
      OfForgotten.class,
      OfPresenceLists.class,
      OfErased.class,
      OfBlockedInvites.class,
      OfSettings.class);
  public static final List<Class<?>> SHARED_ROLES = List.of(
      OfSharedPresences.class,
      OfSharedReceipts.class,
      OfSharedAccountData.class,
      OfSharedTyping.class,
      OfSharedSettings.class,
      OfSharedDirectory.class);

  public static Supplier<ReferenceLog> newLog = ReferenceLog::new;
  public static Function<ReferenceLog, ReferenceEventStore> newStore = ReferenceEventStore::new;
  public static LongFunction<ReferencePresences> presences = ReferencePresences::new;
  public static LongFunction<ReferenceTyping> typing = ReferenceTyping::new;
  public static LongFunction<ReferenceReceipts> receipts = ReferenceReceipts::new;
  public static LongFunction<ReferenceAccountData> accountData = ReferenceAccountData::new;
  public static LongUnaryOperator restart = before -> before + 1;
  public static Function<ReferenceDirectory.Tables, ReferenceDirectory> directory =
      ReferenceDirectory::new;
  public static Function<ReferenceSettings.Tables, ReferenceSettings> settings =
      ReferenceSettings::new;

  private StoresUnderTest() {}

  /** Puts the reference in every place. */
  public static void reset() {
    newLog = ReferenceLog::new;
    newStore = ReferenceEventStore::new;
    presences = ReferencePresences::new;
    typing = ReferenceTyping::new;
    receipts = ReferenceReceipts::new;
    accountData = ReferenceAccountData::new;
    restart = before -> before + 1;
    directory = ReferenceDirectory::new;
    settings = ReferenceSettings::new;
  }

  private static ReferenceEventStore newStore() {
    return newStore.apply(newLog.get());
  }

  public static final class OfEvents extends AppendableEventStoreTck<ReferenceEventStore> {
    @Override
    protected ReferenceEventStore open() {
      return newStore();
    }

    @Override
    public List<Long> appendAfter(Runnable pause, List<Append> batch) {
      return store().append(batch, pause);
    }

    @Override
    public void failStorage() {
      store().log.failing = true;
    }

    @Override
    public void mendStorage() {
      store().log.failing = false;
    }
  }

  /** The same, as a store that is only read. */
  public static final class OfReads extends EventStoreTck<ReferenceEventStore> {
    @Override
    protected ReferenceEventStore open() {
      return newStore();
    }

    @Override
    public List<Long> fill(List<RoomEvent> events, Runnable beforeCommit) {
      return store().append(events.stream().map(Append::live).toList(), beforeCommit);
    }

    @Override
    public void failStorage() {
      store().log.failing = true;
    }

    @Override
    public void mendStorage() {
      store().log.failing = false;
    }
  }

  public static final class OfPurges extends PurgeableEventStoreTck<ReferenceEventStore> {
    @Override
    protected ReferenceEventStore open() {
      return newStore();
    }
  }

  public static final class OfReopened extends DurableEventStoreTck<ReferenceEventStore> {
    @Override
    protected ReferenceEventStore open() {
      return newStore();
    }

    @Override
    protected ReferenceEventStore reopen(ReferenceEventStore closed) {
      return newStore.apply(closed.log);
    }
  }

  private static ReferenceEventStore another(ReferenceEventStore open, boolean signals) {
    ReferenceEventStore another = newStore.apply(open.log);
    another.signals = signals;
    return another;
  }

  public static final class OfShared extends SharedEventStoreTck<ReferenceEventStore> {
    @Override
    protected ReferenceEventStore open() {
      return newStore();
    }

    @Override
    protected ReferenceEventStore another(ReferenceEventStore open, boolean signals) {
      return StoresUnderTest.another(open, signals);
    }

    @Override
    protected void write(Runnable beforeCommit, Runnable write) {
      Pause.during(beforeCommit, write);
    }
  }

  public static final class OfSharedPurges
      extends SharedPurgeableEventStoreTck<ReferenceEventStore> {
    @Override
    protected ReferenceEventStore open() {
      return newStore();
    }

    @Override
    protected ReferenceEventStore another(ReferenceEventStore open, boolean signals) {
      return StoresUnderTest.another(open, signals);
    }
  }

  public static final class OfSharedPresences extends SharedPresenceStoreTck<ReferencePresences> {
    @Override
    protected ReferencePresences open() {
      return presences.apply(1);
    }

    @Override
    protected ReferencePresences another(ReferencePresences open, boolean signals) {
      ReferencePresences another = presences.apply(1);
      another.join(open, signals);
      return another;
    }

    @Override
    protected void write(Runnable beforeCommit, Runnable write) {
      Pause.during(beforeCommit, write);
    }
  }

  public static final class OfSharedReceipts extends SharedReceiptStoreTck<ReferenceReceipts> {
    @Override
    protected ReferenceReceipts open() {
      return receipts.apply(1);
    }

    @Override
    protected ReferenceReceipts another(ReferenceReceipts open, boolean signals) {
      ReferenceReceipts another = receipts.apply(1);
      another.join(open, signals);
      return another;
    }

    @Override
    protected void write(Runnable beforeCommit, Runnable write) {
      Pause.during(beforeCommit, write);
    }
  }

  public static final class OfSharedAccountData
      extends SharedAccountDataStoreTck<ReferenceAccountData> {
    @Override
    protected ReferenceAccountData open() {
      return accountData.apply(1);
    }

    @Override
    protected ReferenceAccountData another(ReferenceAccountData open, boolean signals) {
      ReferenceAccountData another = accountData.apply(1);
      another.join(open, signals);
      return another;
    }

    @Override
    protected void write(Runnable beforeCommit, Runnable write) {
      Pause.during(beforeCommit, write);
    }
  }

  public static final class OfSharedTyping extends SharedTypingStoreTck<ReferenceTyping> {
    @Override
    protected ReferenceTyping open() {
      return typing.apply(1);
    }

    @Override
    protected ReferenceTyping another(ReferenceTyping open, boolean signals) {
      ReferenceTyping another = typing.apply(1);
      another.join(open, signals);
      return another;
    }

    @Override
    protected void write(Runnable beforeCommit, Runnable write) {
      Pause.during(beforeCommit, write);
    }
  }

  public static final class OfSharedSettings extends SharedUserSettingsTck<ReferenceSettings> {
    @Override
    protected ReferenceSettings open() {
      return newSettings();
    }

    @Override
    protected ReferenceSettings another(ReferenceSettings open, boolean signals) {
      ReferenceSettings another = settings.apply(open.tables);
      another.signals = signals;
      return another;
    }
  }

  public static final class OfSharedDirectory extends SharedRoomDirectoryTck<ReferenceDirectory> {
    @Override
    protected ReferenceDirectory open() {
      return directory.apply(new ReferenceDirectory.Tables());
    }

    @Override
    protected ReferenceDirectory another(ReferenceDirectory open, boolean signals) {
      return directory.apply(open.tables);
    }
  }

  public static final class OfClosed extends ClosableEventStoreTck<ReferenceEventStore> {
    @Override
    protected ReferenceEventStore open() {
      return newStore();
    }
  }

  public static final class OfPresences extends SettablePresenceStoreTck<ReferencePresences> {
    @Override
    protected ReferencePresences open() {
      return presences.apply(1);
    }

    @Override
    protected ReferencePresences restarted(ReferencePresences earlier) {
      return presences.apply(restart.applyAsLong(earlier.watermark()));
    }
  }

  public static final class OfReceipts extends SettableReceiptStoreTck<ReferenceReceipts> {
    @Override
    protected ReferenceReceipts open() {
      return receipts.apply(1);
    }

    @Override
    protected ReferenceReceipts restarted(ReferenceReceipts earlier) {
      return receipts.apply(restart.applyAsLong(earlier.watermark()));
    }
  }

  public static final class OfAccountData
      extends SettableAccountDataStoreTck<ReferenceAccountData> {
    @Override
    protected ReferenceAccountData open() {
      return accountData.apply(1);
    }

    @Override
    protected ReferenceAccountData restarted(ReferenceAccountData earlier) {
      return accountData.apply(restart.applyAsLong(earlier.watermark()));
    }
  }

  public static final class OfTyping extends SettableTypingStoreTck<ReferenceTyping> {
    @Override
    protected ReferenceTyping open() {
      return typing.apply(1);
    }

    @Override
    protected ReferenceTyping restarted(ReferenceTyping earlier) {
      return typing.apply(restart.applyAsLong(earlier.watermark()));
    }
  }

  private static ReferenceSettings newSettings() {
    return settings.apply(new ReferenceSettings.Tables());
  }

  public static final class OfDirectory extends SettableRoomDirectoryTck<ReferenceDirectory> {
    @Override
    protected ReferenceDirectory open() {
      return directory.apply(new ReferenceDirectory.Tables());
    }
  }

  public static final class OfSettings extends SettableUserSettingsTck<ReferenceSettings> {
    @Override
    protected ReferenceSettings open() {
      return newSettings();
    }
  }

  public static final class OfIgnored extends IgnoredUsersTck<ReferenceSettings> {
    @Override
    protected ReferenceSettings open() {
      return newSettings();
    }

    @Override
    protected void setIgnored(UserId user, Set<UserId> ignored) {
      store().setIgnored(user, ignored);
    }
  }

  public static final class OfForgotten extends ForgottenRoomsTck<ReferenceSettings> {
    @Override
    protected ReferenceSettings open() {
      return newSettings();
    }

    @Override
    protected void setForgotten(UserId user, Set<RoomId> rooms) {
      store().change(user, () -> store().tables.forgotten.put(user, rooms));
    }
  }

  public static final class OfPresenceLists extends PresenceListsTck<ReferenceSettings> {
    @Override
    protected ReferenceSettings open() {
      return newSettings();
    }

    @Override
    protected void setPresenceList(UserId user, Set<UserId> users) {
      store().setPresenceList(user, users);
    }
  }

  public static final class OfBlockedInvites extends BlockedInvitesTck<ReferenceSettings> {
    @Override
    protected ReferenceSettings open() {
      return newSettings();
    }

    @Override
    protected void setBlocksInvites(UserId user, boolean blocks) {
      store().setBlocksInvites(user, blocks);
    }
  }

  public static final class OfErased extends ErasedUsersTck<ReferenceSettings> {
    @Override
    protected ReferenceSettings open() {
      return newSettings();
    }

    @Override
    protected void erase(UserId user) {
      store().erase(user);
    }
  }
}
