package io.github.matrixsync.store.memory;

import static io.github.matrixsync.store.memory.Sample.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.store.ephemeral.PresenceChange;
import io.github.matrixsync.store.ephemeral.PresenceState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Tests what only presence has: a different value of any field is a change. */
class MemoryPresenceStoreTest {
  private final MemoryPresenceStore store = MemoryPresenceStore.create();

  @Test
  void set_anyPartDiffers_takesAPosition() {
    Optional<String> text = Optional.of("x");
    Optional<String> none = Optional.empty();
    Optional<Instant> never = Optional.empty();
    List<PresenceChange> different = List.of(
        new PresenceChange(0, ALICE, PresenceState.ONLINE, none, never, none, none),
        new PresenceChange(0, ALICE, PresenceState.OFFLINE, none, never, none, none),
        new PresenceChange(0, ALICE, PresenceState.OFFLINE, text, never, none, none),
        new PresenceChange(
            0, ALICE, PresenceState.OFFLINE, text, Optional.of(Instant.EPOCH), none, none),
        new PresenceChange(0, ALICE, PresenceState.OFFLINE, text, never, text, none),
        new PresenceChange(0, ALICE, PresenceState.OFFLINE, text, never, none, text));

    assertThat(different).extracting(store::set).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    assertThat(store.set(different.get(5))).isEqualTo(6);
    assertThat(store.current(List.of(ALICE)))
        .containsExactly(
            new PresenceChange(6, ALICE, PresenceState.OFFLINE, text, never, none, text));
  }
}
