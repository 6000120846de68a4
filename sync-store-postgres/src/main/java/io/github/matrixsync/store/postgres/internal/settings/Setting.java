package io.github.matrixsync.store.postgres.internal.settings;

import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.postgres.internal.sql.EnumCodec;

/**
 * One value of a user's setting.
 *
 * @param value a user or a room; empty if the kind has no values
 */
record Setting(UserId user, Kind kind, String value) {
  /** The settings. Their numbers in the table are their places here. */
  enum Kind {
    IGNORED,
    FORGOTTEN,
    PRESENCE_LIST,
    ERASED,
    BLOCKS_INVITES,
    /** Not in that table: the position of the user's latest change. */
    CHANGED
  }

  /** Returns the setting that tells when the user's settings changed. */
  static Setting changeOf(UserId user) {
    return new Setting(user, Kind.CHANGED, "");
  }

  /** Returns the number of the kind. */
  short number() {
    return EnumCodec.number(kind);
  }

  /**
   * Whether a value is set.
   *
   * @param position of the change; 0 if it was read
   */
  record State(boolean isSet, long position) {}
}
