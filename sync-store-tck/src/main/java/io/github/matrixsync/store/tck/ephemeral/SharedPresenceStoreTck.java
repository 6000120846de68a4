package io.github.matrixsync.store.tck.ephemeral;

import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.ephemeral.PresenceChange;
import io.github.matrixsync.store.ephemeral.SettablePresenceStore;
import io.github.matrixsync.store.tck.support.Events;
import java.time.Instant;
import java.util.Optional;

/**
 * The contract of presence of which several instances write one storage: the rules P, W, L and C between them.
 * Implement {@link #open} and {@link #another}, and {@link #write} if the storage has transactions; the example is at
 * {@link io.github.matrixsync.store.tck.SharedStoreTck}.
 *
 * @param <S> the store's type
 * @since 0.1.0
 */
public abstract class SharedPresenceStoreTck<S extends SettablePresenceStore>
    extends SharedCoalescingTck<UserId, PresenceChange, S> {
  /** For subclasses. */
  protected SharedPresenceStoreTck() {}

  @Override
  final void change(S on, int key, int value) {
    on.set(PresenceStoreTck.presence(key, value));
  }

  @Override
  final UserId key(int number) {
    return Events.USERS.get(number);
  }

  @Override
  final boolean hasValue(PresenceChange change, int value) {
    return change.lastActive().equals(Optional.of(Instant.ofEpochSecond(value)));
  }
}
