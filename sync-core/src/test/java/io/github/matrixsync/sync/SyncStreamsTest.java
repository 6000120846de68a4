package io.github.matrixsync.sync;

import static io.github.matrixsync.sync.RolesHost.LAPTOP;
import static io.github.matrixsync.sync.RolesHost.PHONE;
import static io.github.matrixsync.world.Host.ALICE;
import static io.github.matrixsync.world.Host.BOB;
import static io.github.matrixsync.world.Host.CAROL;
import static io.github.matrixsync.world.Host.ROOM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.DeviceId;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.operation.PollObserver;
import io.github.matrixsync.store.ephemeral.PresenceState;
import io.github.matrixsync.world.HookedEvents;
import io.github.matrixsync.world.Host;
import io.github.matrixsync.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Presence, typing, receipts and account data in answers of {@code /sync}. */
class SyncStreamsTest {
  private static final RoomId OTHER = World.room("other");

  private final Host host = new Host();

  @BeforeEach
  void room() {
    host.room(ROOM, ALICE, BOB);
  }

  @AfterEach
  void close() {
    host.close();
  }

  private SyncResponse sync(@Nullable StreamToken since, SyncOptions options) {
    return host.engine().sync(ALICE, since, Duration.ZERO, options).join();
  }

  private SyncResponse sync(@Nullable StreamToken since) {
    return sync(since, SyncOptions.DEFAULT);
  }

  private CompletableFuture<SyncResponse> park(StreamToken since) {
    return host.engine().sync(ALICE, since, Duration.ofSeconds(5), SyncOptions.DEFAULT);
  }

  @Test
  void sync_firstAnswer_hasAllOfTheStreams() {
    host.types(ROOM, BOB, Duration.ofMinutes(1));
    host.reads(ROOM, BOB, "1");
    host.keeps(ALICE, ROOM, "m.tag", "{}");
    host.keeps(ALICE, null, "m.direct", "{}");
    host.online(BOB);

    SyncResponse answer = sync(null);

    JoinedRoom room = answer.rooms().join().get(ROOM);
    assertThat(room.ephemeral())
        .extracting(ClientEvent::type)
        .containsExactly("m.typing", "m.receipt");
    assertThat(room.accountData()).hasSize(1);
    assertThat(answer.accountData()).hasSize(1);
    assertThat(answer.presence()).hasSize(1);
    assertThat(sync(answer.nextBatch()).isEmpty()).isTrue();
  }

  @Test
  void sync_roomWithNothingButATypingUser_isListed() {
    host.room(OTHER, ALICE, BOB);
    StreamToken since = sync(null).nextBatch();
    CompletableFuture<SyncResponse> poll = park(since);
    host.types(OTHER, BOB, Duration.ofMinutes(1));

    assertThat(poll.join().rooms().join()).containsOnlyKeys(OTHER);
    JoinedRoom room = poll.join().rooms().join().get(OTHER);
    assertThat(room.ephemeral()).hasSize(1);
    assertThat(room.timeline().events()).isEmpty();
    assertThat(room.timeline().limited()).isFalse();
    assertThat(room.timeline().previousBatch()).contains(poll.join().nextBatch());
  }

  @Test
  void sync_accountDataOfARoomOneIsNotIn_listsNoRoom() {
    StreamToken since = sync(null).nextBatch();
    host.keeps(ALICE, OTHER, "m.tag", "{}");

    assertThat(sync(since).rooms().isEmpty()).isTrue();
  }

  @Test
  void sync_filterWithoutRooms_hidesNoPresence() {
    host.online(BOB);
    SyncOptions none = RolesHost.filter("{\"room\":{\"rooms\":[]}}");

    SyncResponse first = sync(null, none);
    assertThat(first.presence()).hasSize(1);
    host.online(CAROL);
    host.join(ROOM, CAROL);

    SyncResponse second = sync(first.nextBatch(), none);
    assertThat(second.rooms().isEmpty()).isTrue();
    assertThat(second.presence())
        .singleElement()
        .satisfies(entry -> assertThat(entry.json().toString()).contains("\"sender\":\"@c:h\""));
  }

  @Test
  @DisplayName(
      "https://github.com/matrix-org/synapse/issues/8518, and with receipts dendrite/issues/1627")
  void sync_idlePolls_waitTheirWholeTimeWithoutReceiptsAgain() {
    host.reads(ROOM, BOB, "1");
    StreamToken since = sync(null).nextBatch();
    for (int i = 0; i < 2; i++) {
      CompletableFuture<SyncResponse> poll = park(since);
      host.time.advance(Duration.ofMillis(4_999));
      assertThat(poll).isNotDone();
      host.time.advance(Duration.ofMillis(1));

      assertThat(poll.join().isEmpty()).isTrue();
      since = poll.join().nextBatch();
    }
  }

  @Test
  @DisplayName("Complement TestPushSync: a push rule is disabled while a poll waits")
  void sync_pushRulesChange_pollAnswersWithThem() {
    host.keeps(ALICE, null, "m.push_rules", "{\"v\":1}");
    CompletableFuture<SyncResponse> poll = park(sync(null).nextBatch());

    host.keeps(ALICE, null, "m.push_rules", "{\"v\":2}");

    assertThat(Host.json(poll.join().accountData()))
        .containsExactly("{\"type\":\"m.push_rules\",\"content\":{\"v\":2}}");
  }

  /** An observer as a host has it: the busiest device counts, and an unchanged state is not set again. */
  private final class Combined implements PollObserver {
    private final List<DeviceId> online = new ArrayList<>();
    private PresenceState shown = PresenceState.OFFLINE;

    @Override
    public void pollBegan(UserId user) {}

    @Override
    public void pollEnded(UserId user) {}

    @Override
    public void syncBegan(
        UserId user, Optional<DeviceId> device, Optional<PresenceState> presence) {
      if (presence.equals(Optional.of(PresenceState.ONLINE))) {
        online.add(device.orElseThrow());
      } else {
        online.remove(device.orElseThrow());
      }
      PresenceState now = online.isEmpty() ? PresenceState.UNAVAILABLE : PresenceState.ONLINE;
      if (now != shown) {
        shown = now;
        host.presence(user, now);
      }
    }

    @Override
    public void syncEnded(
        UserId user, Optional<DeviceId> device, Optional<PresenceState> presence) {}
  }

  @Test
  @DisplayName("https://github.com/matrix-org/synapse/issues/16057")
  void sync_twoDevicesWithOtherPresence_bothPollsReachTheirDeadline() {
    host.start(host.full().observer(new Combined()));
    SyncOptions phone = SyncOptions.DEFAULT.withDevice(PHONE);
    SyncOptions laptop =
        SyncOptions.DEFAULT.withDevice(LAPTOP).withPresence(Optional.of(PresenceState.UNAVAILABLE));
    StreamToken one = sync(null, phone).nextBatch();
    StreamToken two = sync(null, laptop).nextBatch();
    for (int i = 0; i < 3; i++) {
      CompletableFuture<SyncResponse> first =
          host.engine().sync(ALICE, one, Duration.ofSeconds(5), phone);
      CompletableFuture<SyncResponse> second =
          host.engine().sync(ALICE, two, Duration.ofSeconds(5), laptop);
      host.time.advance(Duration.ofMillis(4_999));
      assertThat(first).isNotDone();
      assertThat(second).isNotDone();
      host.time.advance(Duration.ofMillis(1));
      one = first.join().nextBatch();
      two = second.join().nextBatch();
    }
    assertThat(Host.json(sync(null, phone).presence()))
        .singleElement()
        .asString()
        .contains("\"online\"");
  }

  @Test
  @DisplayName("https://github.com/matrix-org/synapse/issues/15162")
  void sync_accountDataSetWhileAFirstAnswerIsRead_isInTheNextOne() {
    HookedEvents events = new HookedEvents(host.events);
    host.start(host.bare(events.store()).accountData(host.accountData));
    List<CompletableFuture<SyncResponse>> second = new ArrayList<>();
    events.before("state", () -> {
      events.calm();
      host.keeps(ALICE, null, "m.direct", "{}");
      second.add(host.engine().sync(ALICE, null, Duration.ZERO, SyncOptions.DEFAULT));
    });

    assertThat(sync(null).accountData()).isEmpty();

    assertThat(second).hasSize(1);
    assertThat(second.get(0).join().accountData()).hasSize(1);
  }
}
