package io.github.matrixsync.store.tck.reference;

import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.ephemeral.PresenceChange;
import io.github.matrixsync.store.ephemeral.SettablePresenceStore;

/** Presence as plainly as it can be written. Thread-safe. */
public class ReferencePresences extends ReferenceStream<UserId, PresenceChange>
    implements SettablePresenceStore {
  public ReferencePresences(long firstPosition) {
    super(firstPosition);
  }

  @Override
  public UserId keyOf(PresenceChange change) {
    return change.user();
  }

  @Override
  public Object entryOf(PresenceChange change) {
    return change.user();
  }

  @Override
  public long set(PresenceChange presence) {
    Pause.next().run();
    long position;
    synchronized (storage) {
      for (PresenceChange row : storage.rows) {
        if (row.equals(at(presence, row.position()))) {
          return row.position();
        }
      }
      position = put(next -> at(presence, next));
    }
    publish();
    return position;
  }

  public static PresenceChange at(PresenceChange presence, long position) {
    return new PresenceChange(
        position,
        presence.user(),
        presence.state(),
        presence.statusMessage(),
        presence.lastActive(),
        presence.displayName(),
        presence.avatarUrl());
  }
}
