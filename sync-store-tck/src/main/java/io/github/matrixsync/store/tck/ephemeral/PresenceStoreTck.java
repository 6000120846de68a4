package io.github.matrixsync.store.tck.ephemeral;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.ephemeral.PresenceChange;
import io.github.matrixsync.store.ephemeral.PresenceState;
import io.github.matrixsync.store.ephemeral.PresenceStore;
import io.github.matrixsync.store.tck.support.Events;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * The contract of a {@link PresenceStore} that is only read: the rules P, W, L, B, R and C of the package
 * {@code io.github.matrixsync.store}.
 *
 * @param <S> the store's type
 * @since 0.1.0
 */
public abstract class PresenceStoreTck<S extends PresenceStore>
    extends CoalescingStreamTck<UserId, PresenceChange, S> {

  /** For subclasses. */
  protected PresenceStoreTck() {}

  /** Returns a new, empty store. Called before every test. */
  @Override
  protected abstract S open();

  /**
   * Writes a user's new presence into the tables of {@link #store()}. Returns when it is committed. May be called by
   * several threads. The position is ignored.
   */
  protected abstract void set(PresenceChange presence);

  @Test
  void c2_current_everyPart_comesBack() {
    PresenceChange full = new PresenceChange(
        0,
        Events.ALICE,
        PresenceState.FREE_FOR_CHAT,
        Optional.of("out \"for\" ü \uD83D\uDE00"),
        Optional.of(Instant.ofEpochMilli(1_450_000_000_123L)),
        Optional.of("Alice"),
        Optional.of("mxc://tck.example/alice"));
    PresenceChange bare = new PresenceChange(
        0,
        Events.BOB,
        PresenceState.OFFLINE,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
    set(full);
    set(bare);

    assertThat(tested().current(List.of(Events.ALICE)))
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("position")
        .containsExactly(full);
    assertThat(tested().current(List.of(Events.BOB)))
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("position")
        .containsExactly(bare);
  }

  @Test
  void v1_changes_anyJavaString_comesBack() {
    List<PresenceChange> all = new ArrayList<>();
    for (String text : Events.ANY_TEXTS) {
      UserId user = UserId.parse("@text" + all.size() + ":tck.example");
      Optional<String> some = Optional.of(text);
      PresenceChange presence =
          new PresenceChange(0, user, PresenceState.ONLINE, some, Optional.empty(), some, some);
      set(presence);
      all.add(presence);
    }

    assertThat(tested().changes(start(), tested().refresh(), 99))
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("position")
        .containsExactlyElementsOf(all);
  }

  @Test
  void v1_changes_instant_isWholeToTheMillisecond() {
    set(new PresenceChange(
        0,
        Events.ALICE,
        PresenceState.ONLINE,
        Optional.empty(),
        Optional.of(Instant.ofEpochSecond(1_450_000_000L, 987_654_321)),
        Optional.empty(),
        Optional.empty()));

    assertThat(tested().changes(start(), tested().refresh(), 99))
        .extracting(PresenceChange::lastActive)
        .containsExactly(Optional.of(Instant.ofEpochMilli(1_450_000_000_987L)));
  }

  static PresenceChange presence(int key, int value) {
    return new PresenceChange(
        0,
        Events.USERS.get(key),
        PresenceState.ONLINE,
        Optional.empty(),
        Optional.of(Instant.ofEpochSecond(value)),
        Optional.empty(),
        Optional.empty());
  }

  @Override
  public final void change(int key, int value) {
    set(presence(key, value));
  }

  @Override
  public final boolean hasValue(PresenceChange change, int value) {
    return change.lastActive().equals(Optional.of(Instant.ofEpochSecond(value)));
  }

  @Override
  final UserId key(int number) {
    return Events.USERS.get(number);
  }

  @Override
  final UserId keyIn(PresenceChange change) {
    return change.user();
  }
}
