package io.github.matrixsync.store.postgres;

import io.github.matrixsync.store.SettableRoomDirectory;
import io.github.matrixsync.store.SettableUserSettings;
import io.github.matrixsync.store.tck.lookup.SettableRoomDirectoryTck;
import io.github.matrixsync.store.tck.settings.SettableUserSettingsTck;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;

/** The contracts of user settings and of the room directory. */
class SettingsContractTest {
  private static final TestDatabase DATABASE = new TestDatabase();

  @AfterAll
  static void closeDatabase() {
    DATABASE.close();
  }

  @Nested
  class Settings extends SettableUserSettingsTck<SettableUserSettings> {
    private final Opened<SettableUserSettings> opened =
        new Opened<>(DATABASE, PostgresStore::settings);

    @Override
    protected SettableUserSettings open() {
      return opened.openAlone();
    }

    @Override
    protected void close(SettableUserSettings store) {
      opened.close(store);
    }
  }

  @Nested
  class Directory extends SettableRoomDirectoryTck<SettableRoomDirectory> {
    private final Opened<SettableRoomDirectory> opened =
        new Opened<>(DATABASE, PostgresStore::directory);

    @Override
    protected SettableRoomDirectory open() {
      return opened.openAlone();
    }

    @Override
    protected void close(SettableRoomDirectory store) {
      opened.close(store);
    }
  }
}
