package io.github.matrixsync;

import static io.github.matrixsync.world.Host.ALICE;
import static io.github.matrixsync.world.Host.BOB;
import static io.github.matrixsync.world.Host.CAROL;
import static io.github.matrixsync.world.Host.ROOM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.ephemeral.TypingChange;
import io.github.matrixsync.world.Host;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How long typing is shown when the wall clock is set. */
class TypingClockTest {
  private static final Duration HALF = Duration.ofMillis(500);

  private final Host host = new Host();
  private Duration set = Duration.ZERO;

  @BeforeEach
  void begin() {
    host.start(host.full().clock(() -> host.now().plus(set)));
    host.room(ROOM, ALICE, BOB, CAROL);
  }

  @AfterEach
  void end() {
    host.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-PT1H", "-PT10S", "-P10000D", "PT0S"})
  void typing_clockSetBack_endsAfterItsLength(Duration step) {
    types(BOB, Duration.ofSeconds(30));
    host.time.advance(Duration.ofSeconds(30).minus(HALF));
    set = step;
    host.time.advance(HALF.minusMillis(1));
    assertThat(typing()).containsExactly(BOB);

    host.time.advance(Duration.ofMillis(1));

    assertThat(typing()).isEmpty();
  }

  @Test
  void typing_clockSetBack_thoseWhoCameLaterEndAfterTheirsToo() {
    types(BOB, Duration.ofSeconds(30));
    types(CAROL, Duration.ofSeconds(35));
    types(ALICE, Duration.ofSeconds(70));
    host.time.advance(Duration.ofSeconds(29));
    set = Duration.ofHours(-1);

    host.time.advance(Duration.ofSeconds(1));
    assertThat(typing()).containsExactly(CAROL, ALICE);
    host.time.advance(Duration.ofSeconds(5));
    assertThat(typing()).containsExactly(ALICE);
    host.time.advance(Duration.ofSeconds(35));
    assertThat(typing()).isEmpty();
  }

  @Test
  void typing_firstOfThemStopsAfterTheClockWasSetBack_othersEndAfterTheirLength() {
    types(BOB, Duration.ofSeconds(30));
    types(CAROL, Duration.ofSeconds(35));
    host.time.advance(Duration.ofSeconds(10));
    set = Duration.ofHours(-1);
    host.typing.stop(ROOM, BOB);

    host.time.advance(Duration.ofSeconds(25));

    assertThat(typing()).isEmpty();
  }

  @Test
  void typing_begunAfterTheClockWasSetBack_isShownForItsLength() {
    types(BOB, Duration.ofSeconds(30));
    host.time.advance(Duration.ofSeconds(29));
    set = Duration.ofHours(-1);
    host.time.advance(Duration.ofSeconds(1));
    assertThat(typing()).isEmpty();

    types(CAROL, Duration.ofSeconds(20));
    host.time.advance(Duration.ofSeconds(20).minusMillis(1));
    assertThat(typing()).containsExactly(CAROL);
    host.time.advance(Duration.ofMillis(1));
    assertThat(typing()).isEmpty();
  }

  /** A user who types after the clock was set back has an earlier deadline than one who typed before; both end. */
  @Test
  void typing_othersTypeAfterTheClockWasSetBack_endsAfterItsLength() {
    types(BOB, Duration.ofSeconds(30));
    host.time.advance(Duration.ofSeconds(10));
    set = Duration.ofHours(-1);
    for (int i = 0; i < 4; i++) {
      types(CAROL, Duration.ofSeconds(7));
      host.time.advance(Duration.ofSeconds(5));
    }

    assertThat(typing()).doesNotContain(BOB);
  }

  @Test
  void typing_longerThanAnHour_endsAfterItsLengthThoughTheClockWasSetBack() {
    types(BOB, Duration.ofMinutes(150));
    host.time.advance(Duration.ofMinutes(70));
    set = Duration.ofHours(-3);

    host.time.advance(Duration.ofMinutes(79));
    assertThat(typing()).containsExactly(BOB);
    host.time.advance(Duration.ofMinutes(1));

    assertThat(typing()).isEmpty();
  }

  @Test
  void typing_clockSetForward_endsNoLaterThanItsLength() {
    types(BOB, Duration.ofSeconds(30));
    host.time.advance(Duration.ofSeconds(10));
    set = Duration.ofHours(1);

    host.time.advance(Duration.ofSeconds(20));

    assertThat(typing()).isEmpty();
  }

  /** A wall clock that runs slow does not shorten or lengthen the typing of users who type one after the other. */
  @Test
  void typing_clockRunsSlow_everybodyIsShownForTheirLength() {
    for (int i = 0; i < 1_000; i++) {
      UserId user = i % 2 == 0 ? BOB : CAROL;
      types(user, Duration.ofSeconds(20));
      host.time.advance(Duration.ofSeconds(19));
      set = set.minusMillis(10);
      assertThat(typing()).contains(user);
    }
  }

  private void types(UserId user, Duration length) {
    host.types(ROOM, user, length.plus(set));
  }

  private List<UserId> typing() {
    return host.typing.current(List.of(ROOM)).stream()
        .map(TypingChange::users)
        .findFirst()
        .orElse(List.of());
  }
}
