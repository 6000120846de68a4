package io.github.matrixsync.world;

import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.ExpiredPositionException;
import io.github.matrixsync.store.Registration;
import io.github.matrixsync.store.ephemeral.PresenceChange;
import io.github.matrixsync.store.ephemeral.PresenceState;
import io.github.matrixsync.store.ephemeral.PresenceStore;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** A presence store with one old entry that drops its latest changes on request. Confined to one thread. */
public final class ForgetfulPresence implements PresenceStore {
  private static final PresenceChange BOB = new PresenceChange(
      7,
      Host.BOB,
      PresenceState.ONLINE,
      Optional.empty(),
      Optional.empty(),
      Optional.empty(),
      Optional.empty());

  public long retained;
  public long end;

  @Override
  public long watermark() {
    return end;
  }

  @Override
  public long retainedAfter() {
    return retained;
  }

  @Override
  public Registration onAdvance(Runnable listener) {
    return () -> {};
  }

  @Override
  public List<PresenceChange> changes(long after, long upTo, int limit) {
    if (after < retained) {
      throw new ExpiredPositionException(after, retained);
    }
    return List.of();
  }

  @Override
  public List<PresenceChange> current(Collection<UserId> users) {
    return users.contains(Host.BOB) ? List.of(BOB) : List.of();
  }
}
