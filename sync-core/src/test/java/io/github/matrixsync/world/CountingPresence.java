package io.github.matrixsync.world;

import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.Registration;
import io.github.matrixsync.store.StoreException;
import io.github.matrixsync.store.ephemeral.PresenceChange;
import io.github.matrixsync.store.ephemeral.PresenceStore;
import java.util.Collection;
import java.util.List;

/** A presence store that counts reads by user, and fails them on request. For one reading thread at a time. */
public final class CountingPresence implements PresenceStore {
  private final PresenceStore store;
  public int reads;
  public boolean broken;
  public Runnable during = () -> {};

  public CountingPresence(PresenceStore store) {
    this.store = store;
  }

  @Override
  public long watermark() {
    return store.watermark();
  }

  @Override
  public long retainedAfter() {
    return store.retainedAfter();
  }

  @Override
  public Registration onAdvance(Runnable listener) {
    return store.onAdvance(listener);
  }

  @Override
  public List<PresenceChange> changes(long after, long upTo, int limit) {
    return store.changes(after, upTo, limit);
  }

  @Override
  public List<PresenceChange> current(Collection<UserId> users) {
    reads++;
    during.run();
    if (broken) {
      throw StoreException.failed("broken", null);
    }
    return store.current(users);
  }
}
