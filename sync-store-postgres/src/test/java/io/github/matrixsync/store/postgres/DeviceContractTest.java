package io.github.matrixsync.store.postgres;

import io.github.matrixsync.event.DeviceId;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.FilterStore;
import io.github.matrixsync.store.device.KeyCounts;
import io.github.matrixsync.store.device.SettableDeviceKeyCounts;
import io.github.matrixsync.store.device.SettableDeviceListStore;
import io.github.matrixsync.store.device.SettableToDeviceInbox;
import io.github.matrixsync.store.device.SettableTransactionIds;
import io.github.matrixsync.store.device.ToDeviceMessage;
import io.github.matrixsync.store.tck.device.DeviceKeyCountsTck;
import io.github.matrixsync.store.tck.device.DeviceListStoreTck;
import io.github.matrixsync.store.tck.device.ToDeviceInboxTck;
import io.github.matrixsync.store.tck.device.TransactionIdsTck;
import io.github.matrixsync.store.tck.lookup.FilterStoreTck;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;

/** The contracts of the roles for devices, and of filters. */
class DeviceContractTest {
  private static final TestDatabase DATABASE = new TestDatabase();

  @AfterAll
  static void closeDatabase() {
    DATABASE.close();
  }

  @Nested
  class ToDevice extends ToDeviceInboxTck<SettableToDeviceInbox> {
    private final Opened<SettableToDeviceInbox> opened =
        new Opened<>(DATABASE, PostgresStore::toDevice);

    @Override
    protected SettableToDeviceInbox open() {
      return opened.openAlone();
    }

    @Override
    protected void send(List<ToDeviceMessage> messages) {
      store().send(messages);
    }

    @Override
    protected void remove(UserId user, DeviceId device) {
      store().remove(user, device);
    }

    @Override
    protected void close(SettableToDeviceInbox store) {
      opened.close(store);
    }
  }

  @Nested
  class DeviceLists extends DeviceListStoreTck<SettableDeviceListStore> {
    private final Opened<SettableDeviceListStore> opened =
        new Opened<>(DATABASE, PostgresStore::deviceLists);

    @Override
    protected SettableDeviceListStore open() {
      return opened.openAlone();
    }

    @Override
    protected SettableDeviceListStore restarted(SettableDeviceListStore earlier) {
      return opened.restarted(earlier);
    }

    @Override
    protected void set(UserId user) {
      store().set(user);
    }

    @Override
    protected void close(SettableDeviceListStore store) {
      opened.close(store);
    }
  }

  @Nested
  class Keys extends DeviceKeyCountsTck<SettableDeviceKeyCounts> {
    private final StatementRecorder statements = new StatementRecorder(DATABASE.dataSource());
    private @Nullable PostgresStore opened;

    @Override
    protected SettableDeviceKeyCounts open() {
      PostgresStore store = PostgresStore.builder(statements.dataSource())
          .schema(DATABASE.newSchema())
          .hints(false)
          .lookInterval(Duration.ofHours(1))
          .open();
      opened = store;
      return store.keyCounts();
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
      return statements.statementsOfThisThread().size();
    }

    @Override
    protected void close(SettableDeviceKeyCounts store) {
      Objects.requireNonNull(opened).close();
    }
  }

  @Nested
  class Transactions extends TransactionIdsTck<SettableTransactionIds> {
    private final Opened<SettableTransactionIds> opened =
        new Opened<>(DATABASE, PostgresStore::transactionIds);

    @Override
    protected SettableTransactionIds open() {
      return opened.openAlone();
    }

    @Override
    protected void send(
        UserId user, DeviceId device, EventId event, String id, Runnable whenReadable) {
      store().set(user, device, event, id);
      whenReadable.run();
    }

    @Override
    protected void close(SettableTransactionIds store) {
      opened.close(store);
    }
  }

  @Nested
  class Filters extends FilterStoreTck<FilterStore> {
    private final Opened<FilterStore> opened = new Opened<>(DATABASE, PostgresStore::filters);

    @Override
    protected FilterStore open() {
      return opened.openAlone();
    }

    @Override
    protected void close(FilterStore store) {
      opened.close(store);
    }
  }
}
