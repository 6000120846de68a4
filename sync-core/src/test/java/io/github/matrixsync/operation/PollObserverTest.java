package io.github.matrixsync.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.event.DeviceId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.ephemeral.PresenceState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A host that implements the two callbacks of polls alone is told of /sync by them. */
class PollObserverTest {
  private static final UserId ALICE = UserId.parse("@a:h");
  private static final Optional<DeviceId> PHONE = Optional.of(DeviceId.parse("PHONE"));

  private final List<String> told = new ArrayList<>();
  private final PollObserver observer = new PollObserver() {
    @Override
    public void pollBegan(UserId user) {
      told.add("began " + user);
    }

    @Override
    public void pollEnded(UserId user) {
      told.add("ended " + user);
    }
  };

  @Test
  void sync_setsAPresence_countsAsAPoll() {
    observer.syncBegan(ALICE, PHONE, Optional.of(PresenceState.UNAVAILABLE));
    observer.syncEnded(ALICE, PHONE, Optional.of(PresenceState.UNAVAILABLE));

    assertThat(told).containsExactly("began @a:h", "ended @a:h");
  }

  @Test
  void sync_leavesPresenceAlone_isNoPoll() {
    observer.syncBegan(ALICE, PHONE, Optional.empty());
    observer.syncEnded(ALICE, PHONE, Optional.empty());

    assertThat(told).isEmpty();
  }
}
