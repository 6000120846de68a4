package io.github.matrixsync;

import static io.github.matrixsync.world.Host.ALICE;
import static io.github.matrixsync.world.Host.BOB;
import static io.github.matrixsync.world.Host.CAROL;
import static io.github.matrixsync.world.Host.ROOM;
import static io.github.matrixsync.world.Host.side;
import static io.github.matrixsync.world.Host.typing;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.call.StreamOptions;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.world.Host;
import io.github.matrixsync.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** To whom typing is shown, and until when. */
class TypingTest {
  private static final Duration WHILE = Duration.ofSeconds(30);

  private final Host host = new Host();

  @AfterEach
  void close() {
    host.close();
  }

  @Test
  void stream_joinedReader_getsTheRoomsSet() {
    host.room(ROOM, ALICE, BOB, CAROL);
    StreamToken from = host.here();
    host.types(ROOM, CAROL, WHILE);
    host.types(ROOM, BOB, WHILE);

    assertThat(side(host.poll(ALICE, from))).containsExactly(typing(ROOM, CAROL, BOB));
    assertThat(side(host.poll(BOB, from))).containsExactly(typing(ROOM, CAROL, BOB));
  }

  @Test
  void stream_readerWhoIsNotJoined_getsNothing() {
    host.room(ROOM, ALICE, BOB);
    host.world.append(host.world.member(ROOM, ALICE, CAROL, "invite"));
    StreamToken from = host.here();
    host.leave(ROOM, BOB);
    host.types(ROOM, ALICE, WHILE);

    assertThat(side(host.poll(BOB, from))).isEmpty();
    assertThat(side(host.poll(CAROL, from))).isEmpty();
  }

  /** The host does not stop the typing; the user's leave does. */
  @ParameterizedTest
  @ValueSource(strings = {"leave", "ban"})
  void stream_typingUserGoes_isTakenOutOfTheShownSet(String departure) {
    host.room(ROOM, ALICE, BOB, CAROL);
    StreamToken from = host.here();
    host.types(ROOM, BOB, WHILE);
    host.types(ROOM, CAROL, WHILE);
    EventBatch before = host.poll(ALICE, from);
    CompletableFuture<EventBatch> parked = host.park(ALICE, before.end());
    host.world.append(host.world.member(ROOM, ALICE, BOB, departure));

    EventBatch after = parked.join();
    assertThat(after.chunk()).hasSize(2);
    assertThat(side(after)).containsExactly(typing(ROOM, CAROL));
    assertThat(after.end().typing()).isEqualTo(before.end().typing());
    assertThat(side(host.poll(ALICE, after.end()))).isEmpty();
  }

  @Test
  void stream_changeAfterTheLeave_doesNotShowWhoLeft() {
    host.room(ROOM, ALICE, BOB, CAROL);
    host.types(ROOM, BOB, WHILE);
    host.leave(ROOM, BOB);
    StreamToken from = host.here();
    host.types(ROOM, CAROL, WHILE);

    assertThat(side(host.poll(ALICE, from))).containsExactly(typing(ROOM, CAROL));
  }

  @Test
  void stream_neverAMember_isNotShown() {
    host.room(ROOM, ALICE);
    StreamToken from = host.here();
    host.types(ROOM, BOB, WHILE);

    assertThat(side(host.poll(ALICE, from))).containsExactly(typing(ROOM));
  }

  @Test
  void stream_manyWhoWereNeverMembers_areNotShown() {
    host.room(ROOM, ALICE, BOB);
    StreamToken from = host.here();
    IntStream.range(0, 40).forEach(i -> host.types(ROOM, World.user("x" + i), WHILE));
    host.types(ROOM, BOB, WHILE);

    assertThat(side(host.poll(ALICE, from))).containsExactly(typing(ROOM, BOB));
  }

  @Test
  void stream_someoneElseGoes_setIsNotSentAgain() {
    host.room(ROOM, ALICE, BOB, CAROL);
    host.types(ROOM, BOB, WHILE);
    StreamToken from = host.here();
    host.leave(ROOM, CAROL);

    assertThat(side(host.poll(ALICE, from))).isEmpty();
  }

  @Test
  void stream_typingUserRejoins_isShownAgain() {
    host.room(ROOM, ALICE, BOB);
    host.types(ROOM, BOB, WHILE);
    StreamToken from = host.here();
    host.leave(ROOM, BOB);
    EventBatch gone = host.poll(ALICE, from);
    host.join(ROOM, BOB);

    assertThat(side(gone)).containsExactly(typing(ROOM));
    assertThat(side(host.poll(ALICE, gone.end()))).containsExactly(typing(ROOM, BOB));
    assertThat(side(host.poll(ALICE, from))).containsExactly(typing(ROOM, BOB));
  }

  @Test
  void stream_ownJoin_bringsWhoIsTyping() {
    host.room(ROOM, ALICE);
    host.types(ROOM, ALICE, WHILE);
    StreamToken from = host.here();
    host.join(ROOM, BOB);

    assertThat(side(host.poll(BOB, from))).containsExactly(typing(ROOM, ALICE));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void stream_leaveInAChunkThatMayBeCut_typingEndsWithIt(int limit) {
    host.room(ROOM, ALICE, BOB);
    host.types(ROOM, BOB, WHILE);
    StreamToken from = host.here();
    host.leave(ROOM, BOB);
    host.message(ROOM, ALICE);

    EventBatch first = host.poll(ALICE, from, StreamOptions.DEFAULT.withLimit(limit));

    assertThat(side(first)).containsExactly(typing(ROOM));
    assertThat(side(host.poll(ALICE, first.end()))).isEmpty();
  }

  @Test
  void stream_hundredMilliseconds_areOverWithinTwoHundred() {
    host.room(ROOM, ALICE, BOB);
    StreamToken from = host.here();
    host.types(ROOM, BOB, Duration.ofMillis(100));
    EventBatch began = host.poll(ALICE, from);
    CompletableFuture<EventBatch> parked = host.park(ALICE, began.end());
    pass(99);
    assertThat(parked).isNotDone();
    pass(1);

    assertThat(side(began)).containsExactly(typing(ROOM, BOB));
    assertThat(side(parked.join())).containsExactly(typing(ROOM));
  }

  @Test
  void stream_deadlineMovedEarlier_endsThen() {
    host.room(ROOM, ALICE, BOB);
    StreamToken from = host.here();
    host.types(ROOM, BOB, WHILE);
    EventBatch began = host.poll(ALICE, from);
    host.types(ROOM, BOB, Duration.ofMillis(100));
    CompletableFuture<EventBatch> parked = host.park(ALICE, began.end());
    pass(100);

    assertThat(side(parked.join())).containsExactly(typing(ROOM));
  }

  @Test
  void stream_deadlineMovedLater_endsThen() {
    host.room(ROOM, ALICE, BOB);
    StreamToken from = host.here();
    host.types(ROOM, BOB, Duration.ofMillis(100));
    EventBatch began = host.poll(ALICE, from);
    host.types(ROOM, BOB, Duration.ofMillis(5_050));
    CompletableFuture<EventBatch> parked = host.park(ALICE, began.end());
    pass(5_049);
    assertThat(parked).isNotDone();
    pass(1);

    assertThat(side(parked.join())).containsExactly(typing(ROOM));
  }

  @Test
  void stream_deadlinePassedBeforeTheEngineBegan_endsAtOnce() {
    host.room(ROOM, ALICE, BOB);
    host.types(ROOM, BOB, Duration.ofMillis(-1));
    host.engine();
    pass(0);

    assertThat(host.typing.nextDeadline()).isEmpty();
    assertThat(side(host.poll(ALICE, StreamToken.parse("s4_0_0")))).containsExactly(typing(ROOM));
  }

  @Test
  void stream_deadlineAtTheEndOfTime_isNoTrouble() {
    host.room(ROOM, ALICE, BOB);
    StreamToken from = host.here();
    host.typing.start(ROOM, BOB, Instant.MAX);
    pass(Duration.ofHours(3).toMillis());

    assertThat(side(host.poll(ALICE, from))).containsExactly(typing(ROOM, BOB));
    host.typing.stop(ROOM, BOB);
    assertThat(side(host.poll(ALICE, from))).containsExactly(typing(ROOM));
  }

  @Test
  void stream_peek_seesTypingOfThatRoomUntilTheLeave() {
    host.world.create(ROOM, ALICE, "world_readable");
    UserId typist = BOB;
    host.join(ROOM, typist);
    StreamToken from = host.here();
    host.types(ROOM, typist, WHILE);
    StreamOptions peek = StreamOptions.DEFAULT.inRoom(ROOM);
    EventBatch first = host.poll(CAROL, from, peek);
    host.leave(ROOM, typist);

    assertThat(side(first)).containsExactly(typing(ROOM, typist));
    assertThat(side(host.poll(CAROL, first.end(), peek))).containsExactly(typing(ROOM));
  }

  private void pass(long millis) {
    host.time.advance(Duration.ofMillis(millis));
  }
}
