package io.github.matrixsync.store.postgres.internal.settings;

import io.github.matrixsync.event.UserId;
import java.util.Set;

/** A change of a user's settings. */
sealed interface SettingsOrder {
  /** Returns the user. */
  UserId user();

  /** Sets all values, replacing those before. */
  record Replace(UserId user, Setting.Kind kind, Set<String> values) implements SettingsOrder {
    /** Copies the values. */
    public Replace {
      values = Set.copyOf(values);
    }
  }

  /** Adds or removes one value. */
  record Put(Setting setting, boolean isSet) implements SettingsOrder {
    @Override
    public UserId user() {
      return setting.user();
    }
  }
}
