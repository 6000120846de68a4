package io.github.matrixsync.internal.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.world.Logged;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OutageLogTest {
  private static final long SECOND = 1_000_000_000L;

  @RegisterExtension
  final Logged logged = new Logged();

  private final OutageLog trouble = new OutageLog("the store");

  @Test
  void happened_manyTimes_isToldOnce() {
    assertThat(trouble.isOn()).isFalse();
    trouble.happened(1 * SECOND, 2 * SECOND, "cannot be read", null);
    trouble.happened(3 * SECOND, 4 * SECOND, "cannot be read", null);

    assertThat(trouble.isOn()).isTrue();
    assertThat(trouble.since()).isEqualTo(1 * SECOND);
    assertThat(logged.entries()).singleElement().asString().endsWith("the store cannot be read");
  }

  @Test
  void over_afterSome_isToldOnceWithHowOftenAndHowLong() {
    trouble.happened(1 * SECOND, 2 * SECOND, "cannot be read", null);
    trouble.happened(3 * SECOND, 4 * SECOND, "cannot be read", null);

    trouble.over(5 * SECOND + SECOND / 2, "can be read again; failures");
    trouble.over(9 * SECOND, "can be read again; failures");

    assertThat(trouble.isOn()).isFalse();
    assertThat(logged.entries()).hasSize(2);
    assertThat(logged.entries().get(1))
        .endsWith("the store can be read again; failures: 2 within 4.5 s");
  }

  @Test
  void over_neverBegun_saysNothing() {
    trouble.over(1 * SECOND, "can be read again");

    assertThat(logged.entries()).isEmpty();
  }

  @Test
  void happened_again_beginsAnew() {
    trouble.happened(1 * SECOND, 1 * SECOND, "cannot be read", null);
    trouble.over(2 * SECOND, "can be read again; failures");

    trouble.happened(7 * SECOND, 7 * SECOND, "cannot be read", null);
    assertThat(trouble.since()).isEqualTo(7 * SECOND);
    trouble.over(8 * SECOND, "can be read again; failures");

    assertThat(logged.entries().get(3)).endsWith("failures: 1 within 1.0 s");
  }

  @Test
  void overUnlessSince_happenedLater_goesOn() {
    trouble.happened(1 * SECOND, 5 * SECOND, "is slow", null);

    trouble.overUnlessSince(4 * SECOND, 6 * SECOND, "is fast again");
    assertThat(trouble.isOn()).isTrue();
    trouble.overUnlessSince(5 * SECOND, 6 * SECOND, "is fast again");

    assertThat(trouble.isOn()).isFalse();
    assertThat(logged.entries())
        .satisfiesExactly(
            entry -> assertThat(entry).contains("the store is slow"),
            entry -> assertThat(entry).contains("the store is fast again"));
  }

  /** The scheduler's time has no beginning and may pass the end of its numbers. */
  @Test
  void overUnlessSince_timeWrapsAround_comparesAllTheSame() {
    trouble.happened(Long.MAX_VALUE, Long.MIN_VALUE + 5, "is slow", null);

    trouble.overUnlessSince(Long.MAX_VALUE, Long.MIN_VALUE + 9, "is fast again");
    assertThat(trouble.isOn()).isTrue();
    trouble.overUnlessSince(Long.MIN_VALUE + 6, Long.MIN_VALUE + 9, "is fast again; slow calls");

    assertThat(trouble.isOn()).isFalse();
    assertThat(logged.entries())
        .satisfiesExactly(
            entry -> assertThat(entry).contains("the store is slow"),
            entry -> assertThat(entry).contains("the store is fast again"));
  }
}
