package io.github.matrixsync;

import static io.github.matrixsync.world.Host.ALICE;
import static io.github.matrixsync.world.Host.BOB;
import static io.github.matrixsync.world.Host.ROOM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.operation.WatchSettings;
import io.github.matrixsync.store.StoreException;
import io.github.matrixsync.world.HookedEvents;
import io.github.matrixsync.world.Host;
import io.github.matrixsync.world.Logged;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tokens beyond the end of a stream, and how often the stores are refreshed for them. */
class TokenAheadTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final Host host = new Host();
  private final HookedEvents events = new HookedEvents(host.events);
  private final AtomicInteger looks = new AtomicInteger();
  private StreamToken ahead = StreamToken.of(0, 0, 0);

  @RegisterExtension
  final Logged logged = new Logged();

  @BeforeEach
  void start() {
    host.room(ROOM, ALICE, BOB);
    host.start(host.bare(events.store())
        .watch(WatchSettings.DEFAULT.withFallbackInterval(Duration.ofHours(1))));
    ahead = host.here().withRoom(host.events.watermark() + 1);
    events.before("refresh", looks::incrementAndGet);
  }

  @AfterEach
  void close() {
    host.close();
  }

  private void isAhead(UserId user, StreamToken token) {
    assertThat(host.park(user, token)).isCompletedExceptionally();
  }

  @Test
  void stream_tokenAheadRepeated_isLookedForOnceASecond() {
    for (int i = 0; i < 10; i++) {
      isAhead(BOB, ahead);
    }
    assertThat(looks).hasValue(1);

    host.time.advance(SECOND);
    isAhead(BOB, ahead);

    assertThat(looks).hasValue(2);
  }

  @Test
  void stream_tokenAheadOfAnotherUser_isLookedForAgain() {
    isAhead(BOB, ahead);
    isAhead(ALICE, ahead);

    assertThat(looks).hasValue(2);
  }

  @Test
  void stream_tokenAheadInOnePart_looksAtThatStreamAlone() {
    isAhead(BOB, host.here().withPart(1, 7));

    assertThat(looks).hasValue(0);
  }

  @Test
  void stream_tokenThatWasAhead_isGoodOnceItIsReached() {
    isAhead(BOB, ahead);
    host.message(ROOM, ALICE);

    assertThat(host.park(BOB, ahead)).isNotDone();
  }

  @Test
  void stream_lookFindsWhatTheTokenKnows_isGood() {
    events.before("refresh", () -> host.message(ROOM, ALICE));

    assertThat(host.park(BOB, ahead)).isNotDone();
  }

  @Test
  void stream_lookFails_failsAndIsMadeAgain() {
    events.before("refresh", () -> {
      looks.incrementAndGet();
      throw StoreException.failed("broken", null);
    });
    isAhead(BOB, ahead);
    events.before("refresh", () -> host.message(ROOM, ALICE));

    assertThat(host.park(BOB, ahead)).isNotDone();
    assertThat(looks).hasValue(1);
    assertThat(logged.entries())
        .satisfiesExactly(
            entry -> assertThat(entry).contains("stream rooms cannot be read"),
            entry -> assertThat(entry).contains("stream rooms can be read again"));
  }
}
