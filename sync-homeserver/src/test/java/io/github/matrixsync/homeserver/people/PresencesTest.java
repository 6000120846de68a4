package io.github.matrixsync.homeserver.people;

import static io.github.matrixsync.homeserver.people.Presences.SILENCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.event.DeviceId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.ephemeral.PresenceChange;
import io.github.matrixsync.store.ephemeral.PresenceState;
import io.github.matrixsync.store.memory.MemoryPresenceStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Presence of users, with timers that fire when a test says so. */
class PresencesTest {
  private static final UserId ALICE = UserId.parse("@alice:h");
  private static final UserId GUEST = UserId.parse("@1:h");
  private static final Optional<DeviceId> PHONE = Optional.of(DeviceId.parse("PHONE"));
  private static final Optional<DeviceId> LAPTOP = Optional.of(DeviceId.parse("LAPTOP"));

  private final MemoryPresenceStore store = MemoryPresenceStore.create();
  private final Queue<Due> timers = new PriorityQueue<>(Comparator.comparing(Due::at));
  private Instant now = Instant.EPOCH;
  private final Presences presences = new Presences(
      () -> store,
      () -> now,
      user -> !user.equals(GUEST),
      (delay, task) -> timers.add(new Due(now.plus(delay), task)));

  private record Due(Instant at, Runnable task) {}

  @Test
  void poll_ofOneWhoNeverPolled_setsThemOnline() {
    presences.pollBegan(ALICE);
    assertThat(state()).isEqualTo(PresenceState.ONLINE);
  }

  @Test
  void poll_ofOneWhosePollsTellNothing_changesNothing() {
    presences.pollBegan(GUEST);
    presences.pollEnded(GUEST);

    assertThat(store.watermark()).isZero();
    assertThat(timers).isEmpty();
  }

  @Test
  void poll_whileOnline_changesNothing() {
    presences.pollBegan(ALICE);
    presences.pollBegan(ALICE);
    assertThat(store.watermark()).isEqualTo(1);
  }

  @Test
  void silence_afterTheLastPoll_setsThemOfflineUntilTheNext() {
    presences.pollBegan(ALICE);
    presences.pollBegan(ALICE);
    presences.pollEnded(ALICE);
    assertThat(timers).isEmpty();
    presences.pollEnded(ALICE);
    pass(SILENCE.minusMillis(1));
    assertThat(state()).isEqualTo(PresenceState.ONLINE);
    pass(Duration.ofMillis(1));
    assertThat(state()).isEqualTo(PresenceState.OFFLINE);
    presences.pollBegan(ALICE);
    assertThat(state()).isEqualTo(PresenceState.ONLINE);
  }

  @Test
  void silence_brokenByAPoll_beginsAnewAtItsEnd() {
    presences.pollBegan(ALICE);
    presences.pollEnded(ALICE);
    pass(SILENCE.minusSeconds(10));
    presences.pollBegan(ALICE);
    pass(SILENCE);
    assertThat(state()).isEqualTo(PresenceState.ONLINE);
    presences.pollEnded(ALICE);
    pass(SILENCE.minusSeconds(10));
    presences.pollBegan(ALICE);
    presences.pollEnded(ALICE);
    pass(SILENCE.minusMillis(1));
    assertThat(state()).isEqualTo(PresenceState.ONLINE);
    pass(Duration.ofMillis(1));
    assertThat(state()).isEqualTo(PresenceState.OFFLINE);
  }

  @Test
  void polls_oneAfterTheOther_haveOneTimer() {
    for (int i = 0; i < 100; i++) {
      presences.pollBegan(ALICE);
      presences.pollEnded(ALICE);
    }
    assertThat(timers).hasSize(1);
  }

  @Test
  void set_anyStatus_outlivesPollsButNotSilence() {
    for (PresenceState status : new PresenceState[] {
      PresenceState.UNAVAILABLE, PresenceState.OFFLINE, PresenceState.FREE_FOR_CHAT
    }) {
      presences.set(ALICE, status, Optional.of("tea"));
      presences.pollBegan(ALICE);
      assertThat(state()).isEqualTo(status);
      presences.pollEnded(ALICE);
      pass(SILENCE);
      assertThat(state()).isEqualTo(PresenceState.OFFLINE);
      presences.pollBegan(ALICE);
      assertThat(state()).isEqualTo(PresenceState.ONLINE);
      presences.pollEnded(ALICE);
      pass(SILENCE);
    }
  }

  @Test
  void profile_change_isAnEntryWithTheSameStatus() {
    presences.set(ALICE, PresenceState.UNAVAILABLE, Optional.of("tea"));
    presences.profile(ALICE, Optional.of("Al"), Optional.of("mxc://h/a"));
    PresenceChange entry = presences.get(ALICE).orElseThrow();
    assertThat(entry.position()).isEqualTo(2);
    assertThat(entry.state()).isEqualTo(PresenceState.UNAVAILABLE);
    assertThat(entry.statusMessage()).contains("tea");
    assertThat(entry.displayName()).contains("Al");
    assertThat(entry.avatarUrl()).contains("mxc://h/a");
  }

  @Test
  @DisplayName("https://github.com/matrix-org/synapse/issues/16057")
  void devices_ofOneUser_highestPresenceWins() {
    sync(PHONE, PresenceState.ONLINE);
    sync(LAPTOP, PresenceState.UNAVAILABLE);
    long written = store.watermark();
    for (int i = 0; i < 5; i++) {
      sync(LAPTOP, PresenceState.UNAVAILABLE);
      sync(PHONE, PresenceState.ONLINE);
    }
    assertThat(state()).isEqualTo(PresenceState.ONLINE);
    assertThat(store.watermark()).isEqualTo(written);

    presences.syncBegan(ALICE, LAPTOP, Optional.of(PresenceState.UNAVAILABLE));
    pass(SILENCE);
    assertThat(state()).isEqualTo(PresenceState.UNAVAILABLE);
    presences.syncEnded(ALICE, LAPTOP, Optional.of(PresenceState.UNAVAILABLE));
    pass(SILENCE);
    assertThat(state()).isEqualTo(PresenceState.OFFLINE);
  }

  @Test
  void device_withoutAPresence_changesNothing() {
    presences.syncBegan(ALICE, PHONE, Optional.empty());
    presences.syncEnded(ALICE, PHONE, Optional.empty());

    assertThat(store.watermark()).isZero();
    assertThat(timers).isEmpty();
  }

  @Test
  void set_anyStatus_isNotOverriddenByADevice() {
    sync(PHONE, PresenceState.ONLINE);
    presences.set(ALICE, PresenceState.UNAVAILABLE, Optional.of("tea"));
    sync(PHONE, PresenceState.ONLINE);

    assertThat(state()).isEqualTo(PresenceState.UNAVAILABLE);
  }

  private void sync(Optional<DeviceId> device, PresenceState state) {
    presences.syncBegan(ALICE, device, Optional.of(state));
    presences.syncEnded(ALICE, device, Optional.of(state));
  }

  private void pass(Duration time) {
    Instant end = now.plus(time);
    while (!timers.isEmpty() && !timers.peek().at().isAfter(end)) {
      Due due = timers.remove();
      now = due.at();
      due.task().run();
    }
    now = end;
  }

  private PresenceState state() {
    return presences.get(ALICE).orElseThrow().state();
  }
}
