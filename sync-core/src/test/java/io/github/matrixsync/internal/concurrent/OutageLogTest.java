package io.github.matrixsync.internal.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.world.Logged;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OutageLogTest {
  private static final long SECOND = 1_000_000_000L;

  @RegisterExtension
  final Logged logged = new Logged();

  private final OutageLog outages = new OutageLog("the store");

  @Test
  void happened_manyTimes_isToldOnce() {
    assertThat(outages.isOn()).isFalse();
    outages.happened(1 * SECOND, 2 * SECOND, "cannot be read", null);
    outages.happened(3 * SECOND, 4 * SECOND, "cannot be read", null);

    assertThat(outages.isOn()).isTrue();
    assertThat(outages.since()).isEqualTo(1 * SECOND);
    assertThat(logged.entries()).singleElement().asString().endsWith("the store cannot be read");
  }

  @Test
  void over_afterSome_isToldOnceWithHowOftenAndHowLong() {
    outages.happened(1 * SECOND, 2 * SECOND, "cannot be read", null);
    outages.happened(3 * SECOND, 4 * SECOND, "cannot be read", null);

    outages.over(5 * SECOND + SECOND / 2, "can be read again; failures");
    outages.over(9 * SECOND, "can be read again; failures");

    assertThat(outages.isOn()).isFalse();
    assertThat(logged.entries()).hasSize(2);
    assertThat(logged.entries().get(1))
        .endsWith("the store can be read again; failures: 2 within 4.5 s");
  }

  @Test
  void over_neverBegun_saysNothing() {
    outages.over(1 * SECOND, "can be read again");

    assertThat(logged.entries()).isEmpty();
  }

  @Test
  void happened_again_beginsAnew() {
    outages.happened(1 * SECOND, 1 * SECOND, "cannot be read", null);
    outages.over(2 * SECOND, "can be read again; failures");

    outages.happened(7 * SECOND, 7 * SECOND, "cannot be read", null);
    assertThat(outages.since()).isEqualTo(7 * SECOND);
    outages.over(8 * SECOND, "can be read again; failures");

    assertThat(logged.entries().get(3)).endsWith("failures: 1 within 1.0 s");
  }

  @Test
  void overUnlessSince_happenedLater_goesOn() {
    outages.happened(1 * SECOND, 5 * SECOND, "is slow", null);

    outages.overUnlessSince(4 * SECOND, 6 * SECOND, "is fast again");
    assertThat(outages.isOn()).isTrue();
    outages.overUnlessSince(5 * SECOND, 6 * SECOND, "is fast again");

    assertThat(outages.isOn()).isFalse();
    assertThat(logged.entries())
        .satisfiesExactly(
            entry -> assertThat(entry).contains("the store is slow"),
            entry -> assertThat(entry).contains("the store is fast again"));
  }

  /** The scheduler's {@code nanoTime} may overflow. */
  @Test
  void overUnlessSince_timeWrapsAround_comparesAllTheSame() {
    outages.happened(Long.MAX_VALUE, Long.MIN_VALUE + 5, "is slow", null);

    outages.overUnlessSince(Long.MAX_VALUE, Long.MIN_VALUE + 9, "is fast again");
    assertThat(outages.isOn()).isTrue();
    outages.overUnlessSince(Long.MIN_VALUE + 6, Long.MIN_VALUE + 9, "is fast again; slow calls");

    assertThat(outages.isOn()).isFalse();
    assertThat(logged.entries())
        .satisfiesExactly(
            entry -> assertThat(entry).contains("the store is slow"),
            entry -> assertThat(entry).contains("the store is fast again"));
  }
}
