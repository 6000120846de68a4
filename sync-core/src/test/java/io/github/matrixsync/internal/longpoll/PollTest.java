package io.github.matrixsync.internal.longpoll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.call.StreamOptions;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.concurrent.TimerWheel;
import io.github.matrixsync.world.ManualScheduler;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PollTest {
  private static final StreamToken HERE = StreamToken.of(1, 0, 0);
  private static final EventBatch BATCH = new EventBatch(HERE, HERE, List.of());

  private final Log log = new Log();
  private final Poll<StreamOptions, EventBatch> poll = new Poll<>(
      NoLooks.of(log), new Subscriber(UserId.parse("@a:h")), HERE, StreamOptions.DEFAULT, 0);

  private static final class Log implements Poll.Owner {
    int ending;
    int ended;
    int timeUps;

    @Override
    public void timeUp(Poll<?, ?> poll) {
      timeUps++;
    }

    @Override
    public void ending(Poll<?, ?> poll) {
      assertThat(poll.isDone()).isFalse();
      ending++;
    }

    @Override
    public void ended(Poll<?, ?> poll) {
      assertThat(poll.isDone()).isTrue();
      assertThat(ending).isOne();
      ended++;
    }
  }

  static List<Consumer<Poll<StreamOptions, EventBatch>>> waysToEnd() {
    return List.of(
        poll -> poll.complete(BATCH),
        poll -> poll.completeExceptionally(new IllegalStateException("test")),
        poll -> poll.cancel(false),
        poll -> poll.cancel(true),
        poll -> poll.obtrudeValue(BATCH),
        poll -> poll.obtrudeException(new IllegalStateException("test")),
        poll -> poll.completeAsync(() -> BATCH, Runnable::run),
        poll -> poll.completeAsync(
            () -> {
              throw new IllegalStateException("test");
            },
            Runnable::run));
  }

  @ParameterizedTest
  @MethodSource("waysToEnd")
  void end_inWhateverWay_isToldOnce(Consumer<Poll<StreamOptions, EventBatch>> end) {
    end.accept(poll);
    assertThat(poll).isDone();
    assertThat(log.ended).isOne();
    waysToEnd().forEach(again -> again.accept(poll));
    assertThat(log.ended).isOne();
  }

  @Test
  void orTimeout_ofTheHost_endsIt() {
    poll.orTimeout(1, TimeUnit.MILLISECONDS).handle((batch, failure) -> batch).join();
    assertThat(poll).isCompletedExceptionally();
  }

  @Test
  void wake_whileRunning_keepsItFromParking() {
    assertThat(poll.wake()).isFalse();
    assertThat(poll.park()).isFalse();
    assertThat(poll.park()).isTrue();
    assertThat(poll.wake()).isTrue();
  }

  @Test
  void wake_afterItsEnd_runsNothing() {
    poll.complete(BATCH);
    assertThat(poll.wake()).isFalse();
    assertThat(poll.park()).isTrue();
    assertThat(poll.wake()).isFalse();
  }

  @Test
  void timeUp_inTheWheel_tellsTheOwner() {
    ManualScheduler time = new ManualScheduler();
    TimerWheel wheel = new TimerWheel(time);
    wheel.add(poll, Duration.ofSeconds(30));
    time.advance(Duration.ofSeconds(29));
    assertThat(log.timeUps).isZero();
    time.advance(Duration.ofSeconds(1));
    assertThat(log.timeUps).isOne();
  }

  @Test
  void end_firstOrLater_saysWhich() {
    assertThat(poll.complete(BATCH)).isTrue();
    assertThat(poll.complete(BATCH)).isFalse();
    assertThat(poll.completeExceptionally(new IllegalStateException("test"))).isFalse();
    assertThat(poll.cancel(true)).isFalse();

    assertThat(newPoll().completeExceptionally(new IllegalStateException("test")))
        .isTrue();
    Poll<StreamOptions, EventBatch> cancelled = newPoll();
    assertThat(cancelled.cancel(true)).isTrue();
    assertThat(cancelled.cancel(true)).isTrue();
  }

  @Test
  void completeAsync_anyExecutor_isThePoll() {
    assertThat(poll.completeAsync(() -> BATCH, Runnable::run)).isSameAs(poll);
    assertThat(poll.join()).isSameAs(BATCH);
    Poll<StreamOptions, EventBatch> other = newPoll();
    assertThat(other.completeAsync(() -> BATCH)).isSameAs(other);
    assertThat(other.orTimeout(10, TimeUnit.SECONDS).join()).isSameAs(BATCH);
  }

  @Test
  void holdPresence_onAndOff_leavesItsOtherFlags() {
    poll.expire();
    poll.holdPresence(true);
    assertThat(poll.holdsPresence()).isTrue();
    poll.holdPresence(false);

    assertThat(poll.holdsPresence()).isFalse();
    assertThat(poll.isExpired()).isTrue();
    assertThat(poll.hasLooked()).isFalse();
  }

  @Test
  void holdTimer_ofAPollThatEnds_isCancelled() {
    boolean[] cancelled = new boolean[2];
    poll.holdTimer(() -> cancelled[0] = true);
    assertThat(cancelled[0]).isFalse();
    poll.cancelHold();
    assertThat(cancelled[0]).isTrue();
    poll.complete(BATCH);

    poll.holdTimer(() -> cancelled[1] = true);

    assertThat(cancelled[1]).isTrue();
  }

  @Test
  void looked_nothingFound_goesOnFromTheEnd() {
    StreamToken there = StreamToken.of(2, 0, 0);
    assertThat(poll.hasLooked()).isFalse();

    poll.looked(HERE, there, false);

    assertThat(poll.hasLooked()).isTrue();
    assertThat(poll.after()).isEqualTo(there);
    assertThat(poll.start()).isEqualTo(HERE);
  }

  @Test
  void looked_someFound_areFoundAgain() {
    poll.looked(HERE, StreamToken.of(2, 0, 0), true);

    assertThat(poll.hasLooked()).isTrue();
    assertThat(poll.after()).isEqualTo(HERE);
  }

  @Test
  void looked_noProgress_isRefused() {
    StreamToken there = StreamToken.of(2, 0, 0);

    poll.looked(HERE, HERE, false);
    assertThatThrownBy(() -> poll.looked(there, HERE, false))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no progress from s2_0_0 to s1_0_0");
    assertThatThrownBy(() -> poll.looked(StreamToken.of(1, 2, 0), StreamToken.of(2, 1, 0), true))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> poll.looked(HERE, HERE, true))
        .isInstanceOf(IllegalStateException.class);
  }

  private static Poll<StreamOptions, EventBatch> newPoll() {
    return new Poll<>(
        NoLooks.of(new Log()),
        new Subscriber(UserId.parse("@a:h")),
        HERE,
        StreamOptions.DEFAULT,
        0);
  }
}
