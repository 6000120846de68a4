package io.github.matrixsync.world;

import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.Registration;
import io.github.matrixsync.store.ephemeral.PresenceChange;
import io.github.matrixsync.store.ephemeral.PresenceStore;
import java.util.Collection;
import java.util.List;

/** A presence store that runs a hook before the next read of changes, and never signals its listeners. */
public final class HookedPresence implements PresenceStore {
  private static final Runnable NOTHING = () -> {};

  private final PresenceStore store;
  private Runnable next = NOTHING;

  public HookedPresence(PresenceStore store) {
    this.store = store;
  }

  /** Sets a hook that runs once, before the next read of changes. */
  public void beforeNextChanges(Runnable hook) {
    next = hook;
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
    return () -> {};
  }

  @Override
  public List<PresenceChange> changes(long after, long upTo, int limit) {
    Runnable hook = next;
    next = NOTHING;
    hook.run();
    return store.changes(after, upTo, limit);
  }

  @Override
  public List<PresenceChange> current(Collection<UserId> users) {
    return store.current(users);
  }
}
