package io.github.matrixsync.store.tck.ephemeral;

import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.ephemeral.AccountDataChange;
import io.github.matrixsync.store.ephemeral.SettableAccountDataStore;
import io.github.matrixsync.store.tck.support.Events;

/**
 * The contract of account data of which several instances write one storage: the rules P, W, L and C between them.
 * Implement {@link #open} and {@link #another}, and {@link #write} if the storage has transactions; the example is at
 * {@link io.github.matrixsync.store.tck.SharedStoreTck}.
 *
 * @param <S> the store's type
 * @since 0.1.0
 */
public abstract class SharedAccountDataStoreTck<S extends SettableAccountDataStore>
    extends SharedCoalescingTck<UserId, AccountDataChange, S> {
  /** For subclasses. */
  protected SharedAccountDataStoreTck() {}

  @Override
  final void change(S on, int key, int value) {
    on.set(AccountDataStoreTck.entry(key(key), null, "m.test", AccountDataStoreTck.content(value)));
  }

  @Override
  final UserId key(int number) {
    return Events.USERS.get(number);
  }

  @Override
  final boolean hasValue(AccountDataChange change, int value) {
    return change.content().equals(RawJson.of(AccountDataStoreTck.content(value)));
  }
}
