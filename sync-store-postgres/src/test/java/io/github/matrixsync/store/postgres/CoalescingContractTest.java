package io.github.matrixsync.store.postgres;

import io.github.matrixsync.store.ephemeral.SettableAccountDataStore;
import io.github.matrixsync.store.ephemeral.SettablePresenceStore;
import io.github.matrixsync.store.ephemeral.SettableReceiptStore;
import io.github.matrixsync.store.ephemeral.SettableTypingStore;
import io.github.matrixsync.store.tck.ephemeral.SettableAccountDataStoreTck;
import io.github.matrixsync.store.tck.ephemeral.SettablePresenceStoreTck;
import io.github.matrixsync.store.tck.ephemeral.SettableReceiptStoreTck;
import io.github.matrixsync.store.tck.ephemeral.SettableTypingStoreTck;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;

/** The contracts of presence, receipts, account data and typing, closed and opened again too. */
class CoalescingContractTest {
  private static final TestDatabase DATABASE = new TestDatabase();

  @AfterAll
  static void closeDatabase() {
    DATABASE.close();
  }

  @Nested
  class Presence extends SettablePresenceStoreTck<SettablePresenceStore> {
    private final Opened<SettablePresenceStore> opened =
        new Opened<>(DATABASE, PostgresStore::presence);

    @Override
    protected SettablePresenceStore open() {
      return opened.openAlone();
    }

    @Override
    protected SettablePresenceStore restarted(SettablePresenceStore earlier) {
      return opened.restarted(earlier);
    }

    @Override
    protected void close(SettablePresenceStore store) {
      opened.close(store);
    }
  }

  @Nested
  class Receipts extends SettableReceiptStoreTck<SettableReceiptStore> {
    private final Opened<SettableReceiptStore> opened =
        new Opened<>(DATABASE, PostgresStore::receipts);

    @Override
    protected SettableReceiptStore open() {
      return opened.openAlone();
    }

    @Override
    protected SettableReceiptStore restarted(SettableReceiptStore earlier) {
      return opened.restarted(earlier);
    }

    @Override
    protected void close(SettableReceiptStore store) {
      opened.close(store);
    }
  }

  @Nested
  class AccountData extends SettableAccountDataStoreTck<SettableAccountDataStore> {
    private final Opened<SettableAccountDataStore> opened =
        new Opened<>(DATABASE, PostgresStore::accountData);

    @Override
    protected SettableAccountDataStore open() {
      return opened.openAlone();
    }

    @Override
    protected SettableAccountDataStore restarted(SettableAccountDataStore earlier) {
      return opened.restarted(earlier);
    }

    @Override
    protected void close(SettableAccountDataStore store) {
      opened.close(store);
    }
  }

  @Nested
  class Typing extends SettableTypingStoreTck<SettableTypingStore> {
    private final Opened<SettableTypingStore> opened =
        new Opened<>(DATABASE, PostgresStore::typing);

    @Override
    protected SettableTypingStore open() {
      return opened.openAlone();
    }

    @Override
    protected SettableTypingStore restarted(SettableTypingStore earlier) {
      return opened.restarted(earlier);
    }

    @Override
    protected void close(SettableTypingStore store) {
      opened.close(store);
    }
  }
}
