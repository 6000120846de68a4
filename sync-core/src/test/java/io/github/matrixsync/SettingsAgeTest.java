package io.github.matrixsync;

import static io.github.matrixsync.world.Host.ALICE;
import static io.github.matrixsync.world.Host.BOB;
import static io.github.matrixsync.world.Host.ROOM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.operation.EngineStatistics.StoreCallTimes;
import io.github.matrixsync.operation.WatchSettings;
import io.github.matrixsync.world.Host;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When polls read their users' settings again: after a change was signalled, and when they are too old. */
class SettingsAgeTest {
  private static final Duration AGE = Duration.ofMinutes(1);

  private final Host host = new Host();
  private Duration set = Duration.ZERO;

  @BeforeEach
  void start() {
    host.room(ROOM, ALICE, BOB);
    host.start(host.bare()
        .watch(WatchSettings.DEFAULT.withSettingsAge(AGE))
        .clock(() -> host.now().plus(set)));
    host.poll(BOB, null);
  }

  @AfterEach
  void close() {
    host.close();
  }

  @Test
  void stream_longAfterTheFallbackInterval_readsNoSettings() {
    long before = reads();

    for (int i = 0; i < 5; i++) {
      host.time.advance(Duration.ofSeconds(10));
      host.poll(BOB, null);
    }

    assertThat(reads()).isEqualTo(before);
  }

  @Test
  void stream_changeSignalled_readsThemAgain() {
    long before = reads();

    host.settings.setIgnored(BOB, Set.of(ALICE));
    host.poll(BOB, null);

    assertThat(reads()).isEqualTo(before + 2);
  }

  @Test
  void stream_readLongerAgoThanTheirAge_readsThemAgain() {
    long before = reads();

    host.time.advance(AGE.plusMillis(1));
    host.poll(BOB, null);
    host.poll(BOB, null);

    assertThat(reads()).isEqualTo(before + 2);
  }

  @Test
  void stream_clockSetBack_readsThemAgainAtTheSameAge() {
    long before = reads();

    set = Duration.ofHours(-1);
    host.time.advance(AGE.plusMillis(1));
    host.poll(BOB, null);

    assertThat(reads()).isEqualTo(before + 2);
  }

  private long reads() {
    return host.engine().statistics().storeCalls().stream()
        .filter(call -> call.call().startsWith("settings."))
        .mapToLong(StoreCallTimes::returned)
        .sum();
  }
}
