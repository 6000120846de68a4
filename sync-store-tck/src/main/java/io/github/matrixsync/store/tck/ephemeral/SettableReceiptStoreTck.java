package io.github.matrixsync.store.tck.ephemeral;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.store.ephemeral.ReceiptChange;
import io.github.matrixsync.store.ephemeral.SettableReceiptStore;
import io.github.matrixsync.store.tck.rules.stream.SettableRules;
import io.github.matrixsync.store.tck.support.Events;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The contract of a {@link SettableReceiptStore}: all of {@link ReceiptStoreTck}, and the changes that setting makes.
 *
 * @param <S> the store's type
 * @since 0.1.0
 */
@SuppressWarnings("exports") // The rules are inherited and never named.
public abstract class SettableReceiptStoreTck<S extends SettableReceiptStore>
    extends ReceiptStoreTck<S> implements SettableRules<ReceiptChange> {
  /** For subclasses. */
  protected SettableReceiptStoreTck() {}

  @Override
  public final SettableReceiptStore tested() {
    return recorded(SettableReceiptStore.class);
  }

  @Override
  protected final void set(ReceiptChange receipt) {
    tested().set(receipt);
  }

  @Override
  public final void changeBack(int key, int value) {
    change(key, value);
  }

  @Test
  void c1_set_sameEventAtAnotherTime_changesNothing() {
    ReceiptChange first = receipt(Events.ROOM, Events.ALICE, "m.read", "a");
    long position = tested().set(first);
    ReceiptChange again = new ReceiptChange(
        0, first.room(), first.user(), first.type(), first.event(), Instant.EPOCH);

    assertThat(tested().set(again)).isEqualTo(position);
    ReceiptChange current = tested().current(List.of(Events.ROOM)).get(0);
    assertThat(current.at()).isEqualTo(first.at());
    assertThat(current.position()).isEqualTo(position);
  }
}
