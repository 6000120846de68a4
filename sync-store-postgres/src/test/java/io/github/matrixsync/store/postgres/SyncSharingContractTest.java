package io.github.matrixsync.store.postgres;

import io.github.matrixsync.store.FilterStore;
import io.github.matrixsync.store.device.SettableDeviceKeyCounts;
import io.github.matrixsync.store.device.SettableDeviceListStore;
import io.github.matrixsync.store.device.SettableToDeviceInbox;
import io.github.matrixsync.store.device.SettableTransactionIds;
import io.github.matrixsync.store.tck.device.SharedDeviceKeyCountsTck;
import io.github.matrixsync.store.tck.device.SharedDeviceListStoreTck;
import io.github.matrixsync.store.tck.device.SharedToDeviceInboxTck;
import io.github.matrixsync.store.tck.device.SharedTransactionIdsTck;
import io.github.matrixsync.store.tck.lookup.SharedFilterStoreTck;
import io.github.matrixsync.store.tck.timeline.SharedNotificationCountsTck;
import io.github.matrixsync.store.timeline.SettableNotificationCounts;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;

/** The contracts of the roles for devices, of filters and of unread counts, for several nodes with one database. */
class SyncSharingContractTest {
  private static final TestDatabase DATABASE = new TestDatabase();

  @AfterAll
  static void closeDatabase() {
    DATABASE.close();
  }

  @Nested
  class ToDevice extends SharedToDeviceInboxTck<SettableToDeviceInbox> {
    private final Opened<SettableToDeviceInbox> opened =
        new Opened<>(DATABASE, PostgresStore::toDevice);

    @Override
    protected SettableToDeviceInbox open() {
      return opened.open();
    }

    @Override
    protected SettableToDeviceInbox another(SettableToDeviceInbox open, boolean signals) {
      return opened.another(open, signals);
    }

    @Override
    protected void write(Runnable beforeCommit, Runnable write) {
      DATABASE.beforeCommit(beforeCommit, write);
    }

    @Override
    protected void close(SettableToDeviceInbox store) {
      opened.close(store);
    }
  }

  @Nested
  class DeviceLists extends SharedDeviceListStoreTck<SettableDeviceListStore> {
    private final Opened<SettableDeviceListStore> opened =
        new Opened<>(DATABASE, PostgresStore::deviceLists);

    @Override
    protected SettableDeviceListStore open() {
      return opened.open();
    }

    @Override
    protected SettableDeviceListStore another(SettableDeviceListStore open, boolean signals) {
      return opened.another(open, signals);
    }

    @Override
    protected void write(Runnable beforeCommit, Runnable write) {
      DATABASE.beforeCommit(beforeCommit, write);
    }

    @Override
    protected void close(SettableDeviceListStore store) {
      opened.close(store);
    }
  }

  @Nested
  class Keys extends SharedDeviceKeyCountsTck<SettableDeviceKeyCounts> {
    private final Opened<SettableDeviceKeyCounts> opened =
        new Opened<>(DATABASE, PostgresStore::keyCounts);

    @Override
    protected SettableDeviceKeyCounts open() {
      return opened.open();
    }

    @Override
    protected SettableDeviceKeyCounts another(SettableDeviceKeyCounts open, boolean signals) {
      return opened.another(open, signals);
    }

    @Override
    protected void write(Runnable beforeCommit, Runnable write) {
      DATABASE.beforeCommit(beforeCommit, write);
    }

    @Override
    protected void close(SettableDeviceKeyCounts store) {
      opened.close(store);
    }
  }

  @Nested
  class Transactions extends SharedTransactionIdsTck<SettableTransactionIds> {
    private final Opened<SettableTransactionIds> opened =
        new Opened<>(DATABASE, PostgresStore::transactionIds);

    @Override
    protected SettableTransactionIds open() {
      return opened.open();
    }

    @Override
    protected SettableTransactionIds another(SettableTransactionIds open, boolean signals) {
      return opened.another(open, signals);
    }

    @Override
    protected void write(Runnable beforeCommit, Runnable write) {
      DATABASE.beforeCommit(beforeCommit, write);
    }

    @Override
    protected void close(SettableTransactionIds store) {
      opened.close(store);
    }
  }

  @Nested
  class Filters extends SharedFilterStoreTck<FilterStore> {
    private final Opened<FilterStore> opened = new Opened<>(DATABASE, PostgresStore::filters);

    @Override
    protected FilterStore open() {
      return opened.open();
    }

    @Override
    protected FilterStore another(FilterStore open, boolean signals) {
      return opened.another(open, signals);
    }

    @Override
    protected void write(Runnable beforeCommit, Runnable write) {
      DATABASE.beforeCommit(beforeCommit, write);
    }

    @Override
    protected void close(FilterStore store) {
      opened.close(store);
    }
  }

  @Nested
  class Counts extends SharedNotificationCountsTck<SettableNotificationCounts> {
    private final Opened<SettableNotificationCounts> opened =
        new Opened<>(DATABASE, PostgresStore::notificationCounts);

    @Override
    protected SettableNotificationCounts open() {
      return opened.open();
    }

    @Override
    protected SettableNotificationCounts another(SettableNotificationCounts open, boolean signals) {
      return opened.another(open, signals);
    }

    @Override
    protected void write(Runnable beforeCommit, Runnable write) {
      DATABASE.beforeCommit(beforeCommit, write);
    }

    @Override
    protected void close(SettableNotificationCounts store) {
      opened.close(store);
    }
  }
}
