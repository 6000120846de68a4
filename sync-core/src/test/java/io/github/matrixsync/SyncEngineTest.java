package io.github.matrixsync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.call.InitialSync;
import io.github.matrixsync.call.MessagePage;
import io.github.matrixsync.call.MessagesOptions;
import io.github.matrixsync.call.RoomNotReadableException;
import io.github.matrixsync.call.RoomSnapshot;
import io.github.matrixsync.call.StreamOptions;
import io.github.matrixsync.call.TokenAheadException;
import io.github.matrixsync.call.TokenExpiredException;
import io.github.matrixsync.domain.appservice.ServiceNamespaces;
import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.domain.token.HistoryToken;
import io.github.matrixsync.domain.token.PaginationToken;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.ephemeral.PresenceChange;
import io.github.matrixsync.store.ephemeral.PresenceState;
import io.github.matrixsync.store.memory.MemoryEventStore;
import io.github.matrixsync.store.memory.MemoryPresenceStore;
import io.github.matrixsync.store.memory.MemoryTypingStore;
import io.github.matrixsync.store.model.Append;
import io.github.matrixsync.store.state.StateEntry;
import io.github.matrixsync.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The calls of an engine over the memory store, one behavior a test. */
public class SyncEngineTest {
  private static final UserId ALICE = World.user("a");
  private static final UserId BOB = World.user("b");
  private static final UserId CAROL = World.user("c");
  private static final RoomId ROOM = World.room("r");
  private static final Duration LONG = Duration.ofSeconds(30);

  private final MemoryEventStore store = MemoryEventStore.create();
  private final MemoryPresenceStore presence = MemoryPresenceStore.create();
  private final MemoryTypingStore typing = MemoryTypingStore.create();
  private final World world = new World(store);
  private final SyncEngine engine =
      SyncEngine.builder(store).presence(presence).typing(typing).build();

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void stream_withoutToken_beginsNow() {
    world.create(ROOM, ALICE, "shared");

    EventBatch batch = poll(ALICE, null);

    assertThat(batch.start()).hasToString("s3_0_0");
    assertThat(batch.end()).isEqualTo(batch.start());
    assertThat(batch.chunk()).isEmpty();
  }

  @Test
  void stream_parked_isAnsweredByAnAppend() {
    world.create(ROOM, ALICE, "shared");
    CompletableFuture<EventBatch> parked = engine.stream(ALICE, StreamToken.parse("s3_0_0"), LONG);
    RoomEvent message = world.message(ROOM, ALICE);

    world.append(message);

    assertThat(ids(await(parked).chunk())).containsExactly(message.id().value());
  }

  @Test
  void stream_notMember_getsNothing() {
    world.create(ROOM, ALICE, "world_readable");
    world.append(world.message(ROOM, ALICE));

    assertThat(poll(CAROL, "s0_0_0").chunk()).isEmpty();
    assertThat(poll(CAROL, "s0_0_0").end()).hasToString("s4_0_0");
  }

  @Test
  void stream_joinBetween_givesTheJoinAndWhatFollows() {
    world.create(ROOM, ALICE, "shared");
    RoomEvent invite = world.member(ROOM, ALICE, BOB, "invite");
    RoomEvent before = world.message(ROOM, ALICE);
    RoomEvent join = world.member(ROOM, BOB, BOB, "join");
    RoomEvent after = world.message(ROOM, ALICE);
    RoomEvent leave = world.member(ROOM, BOB, BOB, "leave");
    RoomEvent gone = world.message(ROOM, ALICE);
    for (RoomEvent event : List.of(invite, before, join, after, leave, gone)) {
      world.append(event);
    }

    assertThat(ids(poll(BOB, "s0_0_0").chunk()))
        .containsExactly(
            invite.id().value(),
            join.id().value(),
            after.id().value(),
            leave.id().value());
  }

  @Test
  void stream_limit_cutsAtTheLastEventAndLosesNone() {
    world.create(ROOM, ALICE, "shared");
    for (int i = 0; i < 20; i++) {
      world.append(world.message(ROOM, ALICE));
    }
    List<String> all = new ArrayList<>();
    StreamToken from = StreamToken.parse("s3_0_0");
    for (int i = 0; i < 4; i++) {
      EventBatch batch =
          await(engine.stream(ALICE, from, Duration.ZERO, StreamOptions.DEFAULT.withLimit(5)));
      assertThat(batch.chunk()).hasSize(5);
      all.addAll(ids(batch.chunk()));
      from = batch.end();
    }
    assertThat(all).doesNotHaveDuplicates().hasSize(20);
    assertThat(from.room()).isEqualTo(23);
  }

  @Test
  void stream_tokenAhead_failsAtOnce() {
    world.create(ROOM, ALICE, "shared");

    assertThatThrownBy(() -> await(engine.stream(ALICE, StreamToken.parse("s9_0_0"), LONG)))
        .hasCauseInstanceOf(TokenAheadException.class);
  }

  @Test
  void stream_tokenBeforeAPurge_fails() {
    world.create(ROOM, ALICE, "shared");
    world.append(world.message(ROOM, ALICE));
    store.purge(2);

    assertThatThrownBy(() -> await(engine.stream(ALICE, StreamToken.parse("s1_0_0"), LONG)))
        .hasCauseInstanceOf(TokenExpiredException.class);
  }

  @Test
  void stream_morePartsThanStreams_isRefused() {
    assertThatThrownBy(() -> engine.stream(ALICE, StreamToken.parse("s0_0_0_0"), LONG))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void stream_cancelled_leavesNothingBehind() {
    world.create(ROOM, ALICE, "world_readable");
    SyncEngine inline = SyncEngine.builder(store).executor(Runnable::run).build();
    StreamOptions service = StreamOptions.DEFAULT.withService(
        ServiceNamespaces.of(List.of(Pattern.compile("@_.*")), List.of(), List.of()));
    StreamOptions peek = StreamOptions.DEFAULT.inRoom(ROOM);
    List<CompletableFuture<EventBatch>> polls = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      UserId user = UserId.parse("@u" + i / 20 + ":h");
      StreamOptions options = List.of(StreamOptions.DEFAULT, peek, service).get(i % 3);
      polls.add(inline.stream(i % 20 == 0 ? ALICE : user, null, LONG.plusMillis(i), options));
    }
    assertThat(inline.parked()).isEqualTo(polls.size());
    assertThat(inline.hasNoPolls()).isFalse();

    polls.forEach(poll -> poll.cancel(true));

    assertThat(inline.parked()).isZero();
    assertThat(inline.hasNoPolls()).isTrue();
    inline.close();
  }

  @Test
  void close_parkedPolls_areAnsweredEmpty() {
    world.create(ROOM, ALICE, "shared");
    CompletableFuture<EventBatch> parked = engine.stream(ALICE, null, LONG);

    engine.close();

    assertThat(await(parked).chunk()).isEmpty();
    assertThat(engine.parked()).isZero();
    assertThatThrownBy(() -> engine.stream(ALICE, null, LONG))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void stream_presenceAndTyping_comeToMembersOnly() {
    world.create(ROOM, ALICE, "shared");
    world.append(world.member(ROOM, BOB, BOB, "join"));
    CompletableFuture<EventBatch> parked = engine.stream(ALICE, null, LONG);
    presence.set(online(BOB));
    typing.start(ROOM, BOB, Instant.now().plusSeconds(30));

    EventBatch first = await(parked);
    EventBatch all = poll(ALICE, first.start().toString());

    assertThat(all.chunk()).extracting(ClientEvent::type).containsExactly("m.presence", "m.typing");
    assertThat(poll(CAROL, "s0_0_0").chunk()).isEmpty();
  }

  @Test
  void stream_typingDeadline_endsByTheEnginesTimer() {
    world.create(ROOM, ALICE, "shared");
    typing.start(ROOM, ALICE, Instant.now().plusMillis(50));
    EventBatch began = await(engine.stream(ALICE, StreamToken.parse("s3_0_0"), LONG));

    EventBatch batch = began.chunk().get(0).content().toString().contains("[]")
        ? began
        : await(engine.stream(ALICE, began.end(), LONG));

    assertThat(batch.chunk().get(0).content()).hasToString("{\"user_ids\":[]}");
  }

  @Test
  void stream_peek_givesOnlyThatRoomAndEndsWhenItCloses() {
    world.create(ROOM, ALICE, "world_readable");
    StreamOptions peek = StreamOptions.DEFAULT.inRoom(ROOM);
    SyncEngine inline = SyncEngine.builder(store).executor(Runnable::run).build();
    CompletableFuture<EventBatch> parked = inline.stream(CAROL, null, LONG, peek);
    RoomEvent closing = world.event(
        ROOM,
        ALICE,
        "m.room.history_visibility",
        "\"state_key\":\"\",",
        "{\"history_visibility\":\"joined\"}");
    world.append(closing);

    assertThat(ids(await(parked).chunk())).containsExactly(closing.id().value());
    assertThatThrownBy(() -> await(inline.stream(CAROL, null, LONG, peek)))
        .hasCauseInstanceOf(RoomNotReadableException.class);
    inline.close();
  }

  @Test
  void initialSync_joinedInvitedLeft_areListedInOrder() {
    RoomId left = World.room("a-left");
    RoomId invited = World.room("b-invited");
    world.create(left, ALICE, "shared");
    world.create(invited, ALICE, "shared");
    world.create(ROOM, BOB, "shared");
    world.append(world.member(left, BOB, BOB, "join"));
    RoomEvent leave = world.member(left, BOB, BOB, "leave");
    world.append(leave);
    world.append(world.message(left, ALICE));
    world.append(world.member(invited, ALICE, BOB, "invite"));

    InitialSync sync = engine.initialSync(BOB, 2);

    assertThat(sync.end().room()).isEqualTo(store.watermark());
    assertThat(sync.rooms()).extracting(RoomSnapshot::room).containsExactly(ROOM, left, invited);
    RoomSnapshot gone = sync.rooms().get(1);
    assertThat(gone.membership()).contains(Membership.LEAVE);
    assertThat(ids(gone.messages().orElseThrow().chunk())).endsWith(leave.id().value());
    assertThat(sync.rooms().get(2).inviter()).contains(ALICE);
    assertThat(sync.rooms().get(2).messages()).isEmpty();
  }

  @Test
  void initialSync_rejectedInvite_showsNothingOfTheRoom() {
    world.create(ROOM, ALICE, "shared");
    world.append(world.member(ROOM, ALICE, BOB, "invite"));
    RoomEvent reject = world.member(ROOM, BOB, BOB, "leave");
    world.append(reject);

    RoomSnapshot room = engine.initialSync(BOB, 5).rooms().get(0);

    assertThat(room.state()).isEmpty();
    assertThat(room.messages()).isEmpty();
    assertThat(room.invite().flatMap(ClientEvent::id)).contains(reject.id());
  }

  /**
   * State resolution of the host may remove a membership: then no member event of that user is shown, neither the old
   * one nor another.
   */
  @Test
  void roomInitialSync_memberEventWasTakenAway_isOfOneWhoLeft() {
    world.create(ROOM, ALICE, "shared");
    world.append(world.member(ROOM, BOB, BOB, "join"));
    RoomEvent last = world.message(ROOM, ALICE);
    world.append(last);
    StateEntry gone = new StateEntry(RoomEvent.MEMBER, BOB.value(), Optional.empty());
    store.append(List.of(Append.live(world.message(ROOM, ALICE), List.of(gone))));

    RoomSnapshot room = engine.roomInitialSync(BOB, ROOM, 1).room();

    assertThat(room.membership()).contains(Membership.LEAVE);
    assertThat(ids(room.messages().orElseThrow().chunk()))
        .containsExactly(last.id().value());
    assertThat(room.state())
        .extracting(ClientEvent::type)
        .containsExactlyInAnyOrder("m.room.create", "m.room.member", "m.room.history_visibility");
    assertThat(engine.initialSync(BOB, 1).rooms()).isEmpty();
  }

  @Test
  void initialSync_limitZero_hasStateAndNoMessages() {
    world.create(ROOM, ALICE, "shared");

    RoomSnapshot room = engine.initialSync(ALICE, 0).rooms().get(0);

    MessagePage messages = room.messages().orElseThrow();
    assertThat(messages.chunk()).isEmpty();
    assertThat(messages.start()).isEqualTo(messages.end());
    assertThat(room.state()).hasSize(3);
  }

  @Test
  void messages_backwardInPages_givesEveryEventOnce() {
    world.create(ROOM, ALICE, "shared");
    List<String> sent = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      RoomEvent message = world.message(ROOM, ALICE);
      sent.add(message.id().value());
      world.append(message);
    }
    RoomEvent old = world.message(ROOM, ALICE);
    store.append(List.of(Append.backfill(
        RoomEvent.builder(old.id(), ROOM, ALICE, old.type())
            .depth(0)
            .json(old.json())
            .build(),
        Optional.of(io.github.matrixsync.event.HistoryVisibility.SHARED))));
    List<String> walked = new ArrayList<>();
    PaginationToken from = null;
    for (int i = 0; i < 10; i++) {
      MessagePage page =
          engine.messages(ALICE, ROOM, MessagesOptions.backward(4).withFrom(from));
      walked.addAll(ids(page.chunk()));
      from = page.end();
    }
    Collections.reverse(walked);
    assertThat(walked).hasSize(14).doesNotHaveDuplicates().startsWith(old.id().value());
    assertThat(walked.subList(4, 14)).isEqualTo(sent);
    assertThat(from).isInstanceOf(HistoryToken.class);
  }

  @Test
  void getEvent_notPermitted_isLikeUnknown() {
    world.create(ROOM, ALICE, "joined");
    RoomEvent message = world.message(ROOM, ALICE);
    world.append(message);

    assertThat(engine.getEvent(ALICE, message.id())).isPresent();
    assertThat(engine.getEvent(BOB, message.id())).isEmpty();
    assertThat(engine.getEvent(ALICE, io.github.matrixsync.event.EventId.parse("$none:h")))
        .isEmpty();
  }

  @Test
  void stream_redactedSince_isPrunedInTheWindowToo() {
    world.create(ROOM, ALICE, "shared");
    RoomEvent message = world.message(ROOM, ALICE);
    world.append(message);
    assertThat(poll(ALICE, "s3_0_0").chunk().get(0).content().toString()).contains("hi");

    world.append(world.redaction(ROOM, ALICE, message.id()));

    assertThat(poll(ALICE, "s3_0_0").chunk().get(0).content()).hasToString("{}");
    assertThat(engine.getEvent(ALICE, message.id()).orElseThrow().content()).hasToString("{}");
  }

  private EventBatch poll(UserId user, String from) {
    return await(engine.stream(user, from == null ? null : StreamToken.parse(from), Duration.ZERO));
  }

  private static PresenceChange online(UserId user) {
    return new PresenceChange(
        0,
        user,
        PresenceState.ONLINE,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static List<String> ids(List<ClientEvent> chunk) {
    return chunk.stream().map(event -> event.id().orElseThrow().value()).toList();
  }

  public static <V> V await(CompletableFuture<V> future) {
    try {
      return future.get(20, TimeUnit.SECONDS);
    } catch (java.util.concurrent.ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError("no answer", e);
    }
  }
}
