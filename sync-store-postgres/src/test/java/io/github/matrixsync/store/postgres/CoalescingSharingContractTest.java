package io.github.matrixsync.store.postgres;

import io.github.matrixsync.store.ephemeral.SettableAccountDataStore;
import io.github.matrixsync.store.ephemeral.SettablePresenceStore;
import io.github.matrixsync.store.ephemeral.SettableReceiptStore;
import io.github.matrixsync.store.ephemeral.SettableTypingStore;
import io.github.matrixsync.store.tck.ephemeral.SharedAccountDataStoreTck;
import io.github.matrixsync.store.tck.ephemeral.SharedPresenceStoreTck;
import io.github.matrixsync.store.tck.ephemeral.SharedReceiptStoreTck;
import io.github.matrixsync.store.tck.ephemeral.SharedTypingStoreTck;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;

/** The contracts of presence, receipts, account data and typing that several nodes have open. */
class CoalescingSharingContractTest {
  private static final TestDatabase DATABASE = new TestDatabase();

  @AfterAll
  static void closeDatabase() {
    DATABASE.close();
  }

  @Nested
  class Presence extends SharedPresenceStoreTck<SettablePresenceStore> {
    private final Opened<SettablePresenceStore> opened =
        new Opened<>(DATABASE, PostgresStore::presence);

    @Override
    protected SettablePresenceStore open() {
      return opened.open();
    }

    @Override
    protected SettablePresenceStore another(SettablePresenceStore open, boolean signals) {
      return opened.another(open, signals);
    }

    @Override
    protected void write(Runnable beforeCommit, Runnable write) {
      DATABASE.beforeCommit(beforeCommit, write);
    }

    @Override
    protected void close(SettablePresenceStore store) {
      opened.close(store);
    }
  }

  @Nested
  class Receipts extends SharedReceiptStoreTck<SettableReceiptStore> {
    private final Opened<SettableReceiptStore> opened =
        new Opened<>(DATABASE, PostgresStore::receipts);

    @Override
    protected SettableReceiptStore open() {
      return opened.open();
    }

    @Override
    protected SettableReceiptStore another(SettableReceiptStore open, boolean signals) {
      return opened.another(open, signals);
    }

    @Override
    protected void write(Runnable beforeCommit, Runnable write) {
      DATABASE.beforeCommit(beforeCommit, write);
    }

    @Override
    protected void close(SettableReceiptStore store) {
      opened.close(store);
    }
  }

  @Nested
  class AccountData extends SharedAccountDataStoreTck<SettableAccountDataStore> {
    private final Opened<SettableAccountDataStore> opened =
        new Opened<>(DATABASE, PostgresStore::accountData);

    @Override
    protected SettableAccountDataStore open() {
      return opened.open();
    }

    @Override
    protected SettableAccountDataStore another(SettableAccountDataStore open, boolean signals) {
      return opened.another(open, signals);
    }

    @Override
    protected void write(Runnable beforeCommit, Runnable write) {
      DATABASE.beforeCommit(beforeCommit, write);
    }

    @Override
    protected void close(SettableAccountDataStore store) {
      opened.close(store);
    }
  }

  @Nested
  class Typing extends SharedTypingStoreTck<SettableTypingStore> {
    private final Opened<SettableTypingStore> opened =
        new Opened<>(DATABASE, PostgresStore::typing);

    @Override
    protected SettableTypingStore open() {
      return opened.open();
    }

    @Override
    protected SettableTypingStore another(SettableTypingStore open, boolean signals) {
      return opened.another(open, signals);
    }

    @Override
    protected void write(Runnable beforeCommit, Runnable write) {
      DATABASE.beforeCommit(beforeCommit, write);
    }

    @Override
    protected void close(SettableTypingStore store) {
      opened.close(store);
    }
  }
}
