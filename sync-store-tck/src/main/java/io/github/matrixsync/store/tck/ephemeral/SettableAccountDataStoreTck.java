package io.github.matrixsync.store.tck.ephemeral;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.store.ephemeral.AccountDataChange;
import io.github.matrixsync.store.ephemeral.SettableAccountDataStore;
import io.github.matrixsync.store.tck.rules.stream.SettableRules;
import io.github.matrixsync.store.tck.support.Events;
import org.junit.jupiter.api.Test;

/**
 * The contract of a {@link SettableAccountDataStore}: all of {@link AccountDataStoreTck}, and the changes that setting
 * makes.
 *
 * @param <S> the store's type
 * @since 0.1.0
 */
@SuppressWarnings("exports") // The rules are inherited and never named.
public abstract class SettableAccountDataStoreTck<S extends SettableAccountDataStore>
    extends AccountDataStoreTck<S> implements SettableRules<AccountDataChange> {
  /** For subclasses. */
  protected SettableAccountDataStoreTck() {}

  @Override
  public final SettableAccountDataStore tested() {
    return recorded(SettableAccountDataStore.class);
  }

  @Override
  protected final void set(AccountDataChange entry) {
    tested().set(entry);
  }

  @Override
  public final void changeBack(int key, int value) {
    change(key, value);
  }

  @Test
  void c1_set_sameBytesOrOthers_isNoChangeOrOne() {
    AccountDataChange entry = entry(Events.ALICE, Events.ROOM, "m.tag", "{\"tags\":{}}");
    long position = tested().set(entry);

    assertThat(tested().set(entry)).isEqualTo(position);
    assertThat(tested().set(entry(Events.ALICE, Events.ROOM, "m.tag", "{\"tags\": {}}")))
        .isGreaterThan(position);
  }
}
