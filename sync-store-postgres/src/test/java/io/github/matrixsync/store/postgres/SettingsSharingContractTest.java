package io.github.matrixsync.store.postgres;

import io.github.matrixsync.store.SettableRoomDirectory;
import io.github.matrixsync.store.SettableUserSettings;
import io.github.matrixsync.store.tck.lookup.SharedRoomDirectoryTck;
import io.github.matrixsync.store.tck.settings.SharedUserSettingsTck;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;

/** The contracts of user settings and of the room directory that several nodes have open. */
class SettingsSharingContractTest {
  private static final TestDatabase DATABASE = new TestDatabase();

  @AfterAll
  static void closeDatabase() {
    DATABASE.close();
  }

  @Nested
  class Settings extends SharedUserSettingsTck<SettableUserSettings> {
    private final Opened<SettableUserSettings> opened =
        new Opened<>(DATABASE, PostgresStore::settings);

    @Override
    protected SettableUserSettings open() {
      return opened.open();
    }

    @Override
    protected SettableUserSettings another(SettableUserSettings open, boolean signals) {
      return opened.another(open, signals);
    }

    @Override
    protected void write(Runnable beforeCommit, Runnable write) {
      DATABASE.beforeCommit(beforeCommit, write);
    }

    @Override
    protected void close(SettableUserSettings store) {
      opened.close(store);
    }
  }

  @Nested
  class Directory extends SharedRoomDirectoryTck<SettableRoomDirectory> {
    private final Opened<SettableRoomDirectory> opened =
        new Opened<>(DATABASE, PostgresStore::directory);

    @Override
    protected SettableRoomDirectory open() {
      return opened.open();
    }

    @Override
    protected SettableRoomDirectory another(SettableRoomDirectory open, boolean signals) {
      return opened.another(open, signals);
    }

    @Override
    protected void write(Runnable beforeCommit, Runnable write) {
      DATABASE.beforeCommit(beforeCommit, write);
    }

    @Override
    protected void close(SettableRoomDirectory store) {
      opened.close(store);
    }
  }
}
