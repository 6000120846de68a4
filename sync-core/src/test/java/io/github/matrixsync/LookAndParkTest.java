package io.github.matrixsync;

import static io.github.matrixsync.world.Host.ALICE;
import static io.github.matrixsync.world.Host.ROOM;
import static io.github.matrixsync.world.Host.answered;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.operation.PollSettings;
import io.github.matrixsync.world.Host;
import io.github.matrixsync.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Events that are appended between a poll's look and its parking are not missed. A look reads the clock after it has
 * found its events; these tests append from there.
 */
class LookAndParkTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  private final Host host = new Host();
  private final List<Integer> pollsAtLook = new ArrayList<>();
  private Runnable between = () -> {};

  @BeforeEach
  void room() {
    host.room(ROOM, ALICE);
    host.start(SyncEngine.builder(host.events)
        .presence(host.presence)
        .polls(PollSettings.DEFAULT.withPresenceHold(Duration.ZERO))
        .executor(Runnable::run)
        .scheduler(host.time)
        .clock(this::now));
    assertThat(host.poll(ALICE, null).chunk()).isEmpty();
  }

  @AfterEach
  void close() {
    host.close();
  }

  /** Runs the hook once. */
  private Instant now() {
    Runnable happens = between;
    between = () -> {};
    happens.run();
    return host.now();
  }

  private CompletableFuture<EventBatch> park(Runnable happens) {
    StreamToken here = host.here();
    between = () -> {
      pollsAtLook.add(host.engine().parked());
      happens.run();
    };
    CompletableFuture<EventBatch> poll = host.park(ALICE, here);
    assertThat(pollsAtLook).as("polls registered when it had looked").containsExactly(1);
    return poll;
  }

  @Test
  void park_nothingHappens_waits() {
    assertThat(park(() -> {})).isNotDone();
  }

  @Test
  void park_eventAfterTheLook_isAnswered() {
    CompletableFuture<EventBatch> poll = park(() -> host.message(ROOM, ALICE));

    assertThat(poll).isDone();
    assertThat(answered(poll).chunk()).hasSize(1);
  }

  @Test
  void park_presenceAfterTheLook_isAnswered() {
    CompletableFuture<EventBatch> poll = park(() -> host.online(ALICE));

    assertThat(poll).isDone();
    assertThat(Host.side(answered(poll))).containsExactly(Host.present(ALICE, "online"));
  }

  @Test
  void park_eventForOthersAfterTheLook_waitsAndGoesOnFromThere() {
    CompletableFuture<EventBatch> poll =
        park(() -> host.room(World.room("other"), World.user("x"), World.user("y")));
    assertThat(poll).isNotDone();

    host.time.advance(LONG);

    assertThat(answered(poll).chunk()).isEmpty();
    assertThat(answered(poll).end().room()).isEqualTo(host.events.watermark());
  }

  @Test
  void park_timeIsUpAfterTheLook_answersAtOnce() {
    CompletableFuture<EventBatch> poll = park(() -> host.time.advance(LONG));

    assertThat(poll).isDone();
    assertThat(answered(poll).chunk()).isEmpty();
  }

  @Test
  void park_timeIsUpAndAnEventCameAfterTheLook_answersTheEvent() {
    CompletableFuture<EventBatch> poll = park(() -> {
      host.time.advance(LONG);
      host.message(ROOM, ALICE);
    });

    assertThat(answered(poll).chunk()).hasSize(1);
  }

  @Test
  void park_cancelledAfterTheLook_leavesNothing() {
    StreamToken here = host.here();
    CompletableFuture<EventBatch> first = host.park(ALICE, here);
    between = () -> first.cancel(true);

    host.message(ROOM, ALICE);

    assertThat(first).isCancelled();
    assertThat(host.engine().parked()).isZero();
  }

  @Test
  void park_engineClosedAfterTheLook_isAnswered() {
    StreamToken here = host.here();
    SyncEngine engine = host.engine();
    between = engine::close;

    CompletableFuture<EventBatch> poll = engine.stream(ALICE, here, LONG);

    assertThat(poll).isDone();
    assertThat(answered(poll).chunk()).isEmpty();
    assertThat(engine.parked()).isZero();
  }
}
