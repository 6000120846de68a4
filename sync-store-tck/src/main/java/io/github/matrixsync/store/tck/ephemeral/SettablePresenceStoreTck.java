package io.github.matrixsync.store.tck.ephemeral;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.ephemeral.PresenceChange;
import io.github.matrixsync.store.ephemeral.PresenceState;
import io.github.matrixsync.store.ephemeral.SettablePresenceStore;
import io.github.matrixsync.store.tck.rules.stream.SettableRules;
import io.github.matrixsync.store.tck.support.Events;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * The contract of a {@link SettablePresenceStore}: all of {@link PresenceStoreTck}, and the changes that setting makes.
 *
 * @param <S> the store's type
 * @since 0.1.0
 */
@SuppressWarnings("exports") // The rules are inherited and never named.
public abstract class SettablePresenceStoreTck<S extends SettablePresenceStore>
    extends PresenceStoreTck<S> implements SettableRules<PresenceChange> {
  /** For subclasses. */
  protected SettablePresenceStoreTck() {}

  @Override
  public final SettablePresenceStore tested() {
    return recorded(SettablePresenceStore.class);
  }

  @Override
  protected final void set(PresenceChange presence) {
    tested().set(presence);
  }

  @Override
  public final void changeBack(int key, int value) {
    change(key, value);
  }

  @Test
  void c1_set_anyPartDiffers_takesAPositionAndReturnsIt() {
    UserId alice = Events.ALICE;
    Optional<String> text = Optional.of("x");
    Optional<String> none = Optional.empty();
    Optional<Instant> never = Optional.empty();
    Optional<Instant> then = Optional.of(Instant.EPOCH);
    List<PresenceChange> different = List.of(
        new PresenceChange(0, alice, PresenceState.ONLINE, none, never, none, none),
        new PresenceChange(0, alice, PresenceState.OFFLINE, none, never, none, none),
        new PresenceChange(0, alice, PresenceState.OFFLINE, text, never, none, none),
        new PresenceChange(0, alice, PresenceState.OFFLINE, text, then, none, none),
        new PresenceChange(0, alice, PresenceState.OFFLINE, text, then, text, none),
        new PresenceChange(0, alice, PresenceState.OFFLINE, text, then, text, text));

    long last = start();
    for (PresenceChange presence : different) {
      long position = tested().set(presence);
      assertThat(position).isGreaterThan(last);
      assertThat(tested().watermark()).isGreaterThanOrEqualTo(position);
      last = position;
    }
    assertThat(tested().set(different.get(5))).isEqualTo(last);
  }
}
