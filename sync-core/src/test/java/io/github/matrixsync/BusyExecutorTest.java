package io.github.matrixsync;

import static io.github.matrixsync.world.Host.ALICE;
import static io.github.matrixsync.world.Host.BOB;
import static io.github.matrixsync.world.Host.CAROL;
import static io.github.matrixsync.world.Host.ROOM;
import static io.github.matrixsync.world.Host.answered;
import static io.github.matrixsync.world.Host.side;
import static io.github.matrixsync.world.Host.typing;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.world.HookedEvents;
import io.github.matrixsync.world.Host;
import io.github.matrixsync.world.Logged;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The host's executor is busy for a while: every poll is answered nevertheless. */
class BusyExecutorTest {
  private static final Duration SOON = Duration.ofSeconds(1);

  private final Host host = new Host();
  private boolean busy;
  private int asked;

  @RegisterExtension
  final Logged logged = new Logged();

  @BeforeEach
  void start() {
    host.start(host.full().executor(this::run));
    host.room(ROOM, ALICE, BOB, CAROL);
  }

  private void run(Runnable task) {
    asked++;
    if (busy) {
      throw new RejectedExecutionException("too much to do");
    }
    task.run();
  }

  @AfterEach
  void close() {
    busy = false;
    host.close();
    assertThat(logged.entries()).first().asString().contains("the executor refuses tasks");
    assertThat(logged.entries())
        .allMatch(entry -> entry.contains("the executor ") || entry.contains("stream rooms "));
  }

  private List<CompletableFuture<EventBatch>> parked() {
    StreamToken here = host.here();
    return Stream.of(ALICE, BOB, CAROL).map(user -> host.park(user, here)).toList();
  }

  private void free() {
    busy = false;
    host.time.advance(SOON);
  }

  @Test
  void message_whileBusy_wakesPollsAfterwards() {
    List<CompletableFuture<EventBatch>> parked = parked();
    busy = true;
    host.message(ROOM, ALICE);
    free();

    assertThat(parked).allSatisfy(poll -> assertThat(answered(poll).chunk()).hasSize(1));
  }

  @Test
  void message_afterItWasBusy_wakesPolls() {
    busy = true;
    host.message(ROOM, ALICE);
    host.time.advance(Duration.ofSeconds(20));
    free();
    List<CompletableFuture<EventBatch>> parked = parked();

    host.message(ROOM, ALICE);

    assertThat(parked).allSatisfy(poll -> assertThat(answered(poll).chunk()).hasSize(1));
  }

  @Test
  void deadline_whileBusy_answersAllAfterwards() {
    List<CompletableFuture<EventBatch>> parked = parked();
    busy = true;
    host.time.advance(Duration.ofSeconds(40));
    assertThat(parked).noneMatch(CompletableFuture::isDone);
    free();

    assertThat(parked).allSatisfy(poll -> assertThat(answered(poll).chunk()).isEmpty());
    assertThat(host.engine().hasNoPolls()).isTrue();
  }

  @Test
  void poll_begunWhileBusy_isAnsweredAfterwards() {
    StreamToken before = host.here();
    host.message(ROOM, ALICE);
    host.online(BOB);
    busy = true;
    CompletableFuture<EventBatch> poll = host.park(BOB, before);
    assertThat(poll).isNotDone();
    free();

    assertThat(answered(poll).chunk()).hasSize(2);
  }

  @Test
  void typing_endsWhileBusy_isToldAfterwards() {
    host.types(ROOM, ALICE, SOON);
    CompletableFuture<EventBatch> poll = host.park(BOB, host.here());
    busy = true;
    host.time.advance(Duration.ofSeconds(2));
    free();

    assertThat(side(answered(poll))).containsExactly(typing(ROOM));
  }

  @Test
  void lookAtTheStoresNowAndThen_refusedOnce_goesOn() {
    HookedEvents looked = new HookedEvents(host.events);
    host.start(host.bare(looked.store()).executor(this::run));
    busy = true;
    host.time.advance(Duration.ofSeconds(5));
    free();
    AtomicInteger looks = new AtomicInteger();
    looked.before("refresh", looks::incrementAndGet);

    host.time.advance(Duration.ofSeconds(5));

    assertThat(looks).hasValue(5);
  }

  @Test
  void close_whileBusy_answersAllAndAsksNoMore() {
    List<CompletableFuture<EventBatch>> parked = parked();
    busy = true;
    host.message(ROOM, ALICE);
    host.engine().close();

    assertThat(parked).allSatisfy(poll -> assertThat(answered(poll).chunk()).isEmpty());
    asked = 0;
    host.time.advance(SOON);
    assertThat(asked).isZero();
  }
}
