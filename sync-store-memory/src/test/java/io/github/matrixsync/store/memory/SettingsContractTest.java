package io.github.matrixsync.store.memory;

import io.github.matrixsync.store.tck.settings.SettableUserSettingsTck;

/** The contract of user settings that are set through the library. */
class SettingsContractTest extends SettableUserSettingsTck<MemoryUserSettings> {
  @Override
  protected MemoryUserSettings open() {
    return MemoryUserSettings.create();
  }
}
