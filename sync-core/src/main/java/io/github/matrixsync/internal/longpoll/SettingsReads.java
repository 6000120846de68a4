package io.github.matrixsync.internal.longpoll;

import io.github.matrixsync.internal.membership.Reader;
import io.github.matrixsync.internal.membership.ReaderSettings;
import io.github.matrixsync.internal.membership.Roster;
import io.github.matrixsync.internal.stores.EngineContext;
import io.github.matrixsync.store.UserSettings;
import java.time.Duration;
import java.time.InstantSource;

/** Reads the settings of a reader before a look, unless they are fresh. Thread-safe. */
public final class SettingsReads {
  private final Roster roster;
  private final UserSettings settings;
  private final boolean isAbsent;
  private final InstantSource steadyClock;
  private final Duration settingsAge;

  public SettingsReads(EngineContext context, Roster roster) {
    this.roster = roster;
    settings = context.stores().settings();
    isAbsent = !context.stores().hasSettings();
    steadyClock = context.steadyClock();
    settingsAge = context.settingsAge();
  }

  /**
   * Returns whether a reader's settings are loaded and no change was signaled since. For the first look of a call they
   * must also be recent, because a signal may have been lost. Does no I/O.
   *
   * @param hasLooked whether the call has looked before
   */
  public boolean areFresh(Reader reader, boolean hasLooked) {
    if (isAbsent) {
      return true;
    }
    ReaderSettings known = reader.settings();
    return hasLooked ? known.isRead() : known.isFresh(steadyClock.instant(), settingsAge);
  }

  /** Reads the settings of a held reader unless they are fresh. May block. */
  public void read(Reader reader, boolean hasLooked) {
    if (!areFresh(reader, hasLooked)) {
      ReaderSettings before = reader.settings();
      roster.updateSettings(
          reader, before, ReaderSettings.read(settings, reader.user(), steadyClock.instant()));
    }
  }
}
