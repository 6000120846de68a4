package io.github.matrixsync.sync;

import static io.github.matrixsync.sync.RolesHost.LAPTOP;
import static io.github.matrixsync.sync.RolesHost.ON_LAPTOP;
import static io.github.matrixsync.sync.RolesHost.ON_PHONE;
import static io.github.matrixsync.sync.RolesHost.PHONE;
import static io.github.matrixsync.world.Host.ALICE;
import static io.github.matrixsync.world.Host.BOB;
import static io.github.matrixsync.world.Host.ROOM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.store.memory.MemoryToDeviceInbox;
import io.github.matrixsync.world.Host;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Messages to devices: sent until they are acknowledged, and never after. */
class ToDeviceTest {
  private final RolesHost host = new RolesHost();

  @BeforeEach
  void room() {
    host.host.room(ROOM, ALICE, BOB);
  }

  @AfterEach
  void close() {
    host.close();
  }

  private static List<String> messages(SyncResponse answer) {
    return Host.json(answer.toDevice().orElseThrow());
  }

  private static String message(String content) {
    return "{\"type\":\"m.test\",\"sender\":\"@b:h\",\"content\":{\"n\":\"" + content + "\"}}";
  }

  @Test
  void sync_messagesToThisDevice_areInOrderAndOthersAreNot() {
    StreamToken since = host.first(ALICE);
    host.send(ALICE, PHONE, "1");
    host.send(ALICE, LAPTOP, "2");
    host.send(BOB, PHONE, "3");
    host.send(ALICE, PHONE, "4");

    assertThat(messages(host.sync(ALICE, since))).containsExactly(message("1"), message("4"));
    assertThat(messages(host.sync(ALICE, since, ON_LAPTOP))).containsExactly(message("2"));
  }

  @Test
  void sync_firstAnswer_beginsAtTheOldestPending() {
    host.send(ALICE, PHONE, "1");
    StreamToken since = host.first(ALICE);
    host.send(ALICE, PHONE, "2");

    assertThat(messages(host.sync(ALICE, null))).containsExactly(message("1"), message("2"));
    assertThat(messages(host.sync(ALICE, since))).containsExactly(message("2"));
    assertThat(messages(host.sync(ALICE, null))).containsExactly(message("2"));
  }

  @Test
  void sync_withoutADevice_hasNone() {
    StreamToken since = host.first(ALICE);
    host.send(ALICE, PHONE, "1");

    SyncResponse answer = host.sync(ALICE, since, SyncOptions.DEFAULT);

    assertThat(answer.toDevice()).isEmpty();
    assertThat(messages(host.sync(ALICE, answer.nextBatch()))).containsExactly(message("1"));
  }

  @Test
  void sync_withoutAnInbox_hasNone() {
    host.host.start(host.host.full());

    assertThat(host.sync(ALICE, null).toDevice()).isEmpty();
  }

  @Test
  @DisplayName("https://github.com/matrix-org/synapse/issues/9533")
  void sync_twiceWithOneTokenAndLostAnswers_messagesComeAgainUntilTheNextTokenIsShown() {
    StreamToken since = host.first(ALICE);
    host.send(ALICE, PHONE, "1");
    host.send(ALICE, PHONE, "2");
    CompletableFuture<SyncResponse> lost = host.park(ALICE, since);
    CompletableFuture<SyncResponse> alsoLost = host.park(ALICE, since);
    assertThat(messages(lost.join())).isEqualTo(messages(alsoLost.join()));

    SyncResponse answer = host.sync(ALICE, since);

    assertThat(messages(answer)).containsExactly(message("1"), message("2"));
    assertThat(messages(host.sync(ALICE, answer.nextBatch()))).isEmpty();
    assertThat(messages(host.sync(ALICE, since))).isEmpty();
    assertThat(messages(host.sync(ALICE, null))).isEmpty();
  }

  @Test
  @DisplayName("SyTest 46direct: more than 100 messages")
  void sync_moreThanFit_theNextAnswerHasTheRestAtOnce() {
    StreamToken since = host.first(ALICE);
    for (int i = 1; i <= 150; i++) {
      host.send(ALICE, PHONE, "" + i);
    }

    SyncResponse first = host.park(ALICE, since).join();
    CompletableFuture<SyncResponse> second = host.park(ALICE, first.nextBatch());

    assertThat(messages(first)).hasSize(100).startsWith(message("1")).endsWith(message("100"));
    assertThat(second).isDone();
    assertThat(messages(second.join()))
        .hasSize(50)
        .startsWith(message("101"))
        .endsWith(message("150"));
    assertThat(host.park(ALICE, second.join().nextBatch())).isNotDone();
  }

  @Test
  void sync_aParkedPoll_isWokenByAMessageToItsDevice() {
    CompletableFuture<SyncResponse> poll = host.park(ALICE, host.first(ALICE));
    host.send(ALICE, LAPTOP, "1");
    assertThat(poll).isNotDone();

    host.send(ALICE, PHONE, "2");

    assertThat(messages(poll.join())).containsExactly(message("2"));
    assertThat(poll.join().nextBatch().toDevice()).isEqualTo(2);
  }

  @Test
  void sync_tokenOfAnotherDevice_acknowledgesNothingThatWasNotSent() {
    StreamToken since = host.first(ALICE);
    host.send(ALICE, PHONE, "1");
    host.send(ALICE, LAPTOP, "2");
    StreamToken ofLaptop = host.sync(ALICE, since, ON_LAPTOP).nextBatch();
    assertThat(ofLaptop.toDevice()).isEqualTo(2);

    host.sync(ALICE, ofLaptop, ON_PHONE);

    assertThat(messages(host.sync(ALICE, since, ON_PHONE))).containsExactly(message("1"));
  }

  @Test
  void sync_afterTheTokenOfAnotherDevice_messagesAreAcknowledgedAllTheSame() {
    host.send(ALICE, PHONE, "1");
    StreamToken others = host.first(BOB);
    host.sync(ALICE, others);

    SyncResponse first = host.sync(ALICE, null);
    host.sync(ALICE, first.nextBatch());

    assertThat(messages(first)).containsExactly(message("1"));
    assertThat(messages(host.sync(ALICE, null))).isEmpty();
  }

  @Test
  void sync_fullState_acknowledgesWhatItsTokenCovers() {
    host.send(ALICE, PHONE, "1");
    StreamToken since = host.first(ALICE);
    host.send(ALICE, PHONE, "2");

    SyncResponse full = host.sync(ALICE, since, ON_PHONE.withFullState(true));

    assertThat(messages(full)).containsExactly(message("2"));
    assertThat(messages(host.sync(ALICE, null))).containsExactly(message("2"));
  }

  @Test
  void sync_engineStartedAnew_sendsWhatIsPending() {
    StreamToken since = host.first(ALICE);
    host.send(ALICE, PHONE, "1");
    host.host.start(host.full());

    assertThat(messages(host.sync(ALICE, since))).containsExactly(message("1"));
  }

  @Test
  @DisplayName("https://github.com/element-hq/synapse/issues/17274")
  void sync_tokenAboveTheStreams_acknowledgesNothingAndAnswersInFull() {
    host.send(ALICE, PHONE, "1");
    StreamToken here = host.first(ALICE);

    SyncResponse answer =
        host.sync(ALICE, here.withRoom(here.room() + 7).withPart(5, here.toDevice()));

    assertThat(answer.nextBatch()).isEqualTo(here);
    assertThat(answer.rooms().join().get(ROOM).timeline().limited()).isTrue();
    assertThat(answer.deviceLists().orElseThrow().changed()).containsExactly(ALICE, BOB);
    assertThat(messages(answer)).containsExactly(message("1"));
  }

  @Test
  void sync_nothingForTheDevice_readsNoMessages() {
    StreamToken since = host.first(ALICE);
    host.send(BOB, PHONE, "1");
    host.message(ROOM, BOB);

    SyncResponse answer = host.sync(ALICE, since);

    assertThat(messages(answer)).isEmpty();
    assertThat(host.host.engine().statistics().storeCalls())
        .anyMatch(call -> call.toString().contains("toDevice.messages, returned=0"));
  }

  @Test
  void stream_engineWithAnInbox_goesOnAsBefore() {
    StreamToken from = host.host.here();
    CompletableFuture<EventBatch> poll = host.host.park(ALICE, from);
    host.send(ALICE, PHONE, "1");
    host.deviceLists.set(ALICE);
    assertThat(poll).isNotDone();

    host.message(ROOM, BOB);

    assertThat(poll.join().chunk()).hasSize(1);
    assertThat(poll.join().end()).hasToString("s5_0_0_0_0_1_1");
  }

  @Test
  void stream_tokenOfTheV1Stream_isGoodForSync() {
    StreamToken v1 = StreamToken.parse("s4_0_0");
    host.send(ALICE, PHONE, "1");

    assertThat(messages(host.sync(ALICE, v1))).containsExactly(message("1"));
  }

  @Test
  void inbox_startedAtAHigherPosition_isReadFromTheToken() {
    StreamToken since = host.first(ALICE);
    MemoryToDeviceInbox other = MemoryToDeviceInbox.startingAt(50);
    host.host.start(host.full().toDevice(other));

    SyncResponse answer = host.sync(ALICE, since);

    assertThat(messages(answer)).isEmpty();
    assertThat(answer.nextBatch().toDevice()).isEqualTo(49);
  }
}
