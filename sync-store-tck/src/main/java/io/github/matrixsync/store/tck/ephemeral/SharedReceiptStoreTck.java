package io.github.matrixsync.store.tck.ephemeral;

import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.store.ephemeral.ReceiptChange;
import io.github.matrixsync.store.ephemeral.SettableReceiptStore;
import io.github.matrixsync.store.tck.support.Events;

/**
 * The contract of receipts of which several instances write one storage: the rules P, W, L and C between them.
 * Implement {@link #open} and {@link #another}, and {@link #write} if the storage has transactions; the example is at
 * {@link io.github.matrixsync.store.tck.SharedStoreTck}.
 *
 * @param <S> the store's type
 * @since 0.1.0
 */
public abstract class SharedReceiptStoreTck<S extends SettableReceiptStore>
    extends SharedCoalescingTck<RoomId, ReceiptChange, S> {
  /** For subclasses. */
  protected SharedReceiptStoreTck() {}

  @Override
  final void change(S on, int key, int value) {
    on.set(ReceiptStoreTck.receipt(key(key), Events.ALICE, "m.read", "value" + value));
  }

  @Override
  final RoomId key(int number) {
    return Events.ROOMS.get(number);
  }

  @Override
  final boolean hasValue(ReceiptChange change, int value) {
    return change.event().equals(Events.id("value" + value));
  }
}
