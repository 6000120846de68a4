package io.github.matrixsync;

import static io.github.matrixsync.world.Host.ALICE;
import static io.github.matrixsync.world.Host.BOB;
import static io.github.matrixsync.world.Host.CAROL;
import static io.github.matrixsync.world.Host.ROOM;
import static io.github.matrixsync.world.Host.answered;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.call.StreamOptions;
import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.operation.PollObserver;
import io.github.matrixsync.operation.PollSettings;
import io.github.matrixsync.store.AppendableEventStore;
import io.github.matrixsync.store.Registration;
import io.github.matrixsync.store.memory.MemoryEventStore;
import io.github.matrixsync.store.model.Append;
import io.github.matrixsync.world.Host;
import io.github.matrixsync.world.World;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults that other servers had, one test each. */
class StreamScenariosTest {
  private static final RoomId OTHER = World.room("other");

  private final Host host = new Host();

  @AfterEach
  void close() {
    host.close();
  }

  @Test
  void stream_emptyStore_givesTheVeryFirstEvent() {
    StreamToken empty = host.here();
    CompletableFuture<EventBatch> parked = host.park(ALICE, empty);

    RoomEvent first = host.world.member(ROOM, ALICE, ALICE, "join");
    host.world.append(first);

    assertThat(empty).hasToString("s0_0_0_0_0");
    assertThat(ids(answered(parked))).containsExactly(first.id());
    assertThat(ids(host.poll(ALICE, empty))).containsExactly(first.id());
  }

  @Test
  void stream_threeRequestsOfOneUser_allAnswer() {
    host.room(ROOM, ALICE);
    StreamToken here = host.here();
    List<CompletableFuture<EventBatch>> three =
        List.of(host.park(ALICE, here), host.park(ALICE, null), host.park(ALICE, here));

    host.message(ROOM, ALICE);

    assertThat(three).allSatisfy(poll -> {
      assertThat(poll).isDone();
      assertThat(answered(poll).chunk()).hasSize(1);
    });
  }

  @Test
  void stream_tokenOfAnotherUser_givesOnesOwnEvents() {
    host.room(ROOM, ALICE, BOB);
    host.room(OTHER, ALICE);
    StreamToken bobs = host.poll(BOB, null).end();
    host.message(OTHER, ALICE);

    assertThat(host.poll(ALICE, bobs).chunk()).hasSize(1);
    assertThat(host.poll(BOB, bobs).chunk()).isEmpty();
  }

  @Test
  void stream_startAgain_repeatsAndEndDoesNot() {
    host.room(ROOM, ALICE);
    StreamToken here = host.here();
    host.message(ROOM, ALICE);
    EventBatch batch = host.poll(ALICE, here);

    assertThat(ids(host.poll(ALICE, batch.start()))).isEqualTo(ids(batch)).hasSize(1);
    assertThat(host.poll(ALICE, batch.end()).chunk()).isEmpty();
  }

  @Test
  void stream_threeRooms_comeInTheOrderOfTheirPositions() {
    RoomId third = World.room("third");
    List.of(ROOM, OTHER, third).forEach(room -> host.room(room, ALICE));
    StreamToken here = host.here();
    List<EventId> sent = new ArrayList<>();
    for (RoomId room : List.of(third, ROOM, OTHER, third)) {
      RoomEvent message = host.world.message(room, ALICE);
      host.world.append(message);
      sent.add(message.id());
    }

    assertThat(ids(host.poll(ALICE, here))).isEqualTo(sent);
  }

  /** A poll passes any number of events that are not due at once, in the window and in the store. */
  @ParameterizedTest
  @ValueSource(ints = {10_000, 16})
  void stream_thousandsForOthersAndOneEvent_givesTheEventAtOnce(int window) {
    host.start(SmallLimits.window(window, host.full()));
    host.room(ROOM, ALICE);
    host.room(OTHER, CAROL);
    StreamToken here = host.here();
    for (int i = 0; i < 2_100; i++) {
      host.message(OTHER, CAROL);
    }
    host.message(ROOM, ALICE);

    CompletableFuture<EventBatch> poll = host.engine().stream(
        ALICE, here, Duration.ofSeconds(30), StreamOptions.DEFAULT.withLimit(10));

    assertThat(poll).isDone();
    assertThat(answered(poll).chunk()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"world_readable", "shared", "invited", "joined"})
  void stream_ownMembershipsWithoutEverJoining_allCome(String visibility) {
    host.world.create(ROOM, ALICE, visibility);
    StreamToken here = host.here();
    List<EventId> own = new ArrayList<>();
    for (String membership : List.of("invite", "leave", "ban", "leave", "invite")) {
      own.add(append(host.world.member(ROOM, ALICE, BOB, membership)));
      host.message(ROOM, ALICE);
    }
    own.add(append(host.world.member(ROOM, BOB, BOB, "leave")));

    assertThat(ids(host.poll(BOB, here))).isEqualTo(own);
    assertThat(host.engine().getEvent(BOB, own.get(0))).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"world_readable", "shared", "invited", "joined"})
  void stream_memberLeaves_getsAllUpToTheLeave(String visibility) {
    host.world.create(ROOM, ALICE, visibility);
    host.join(ROOM, BOB);
    StreamToken here = host.here();
    EventId before = append(host.world.message(ROOM, ALICE));
    EventId leave = append(host.world.member(ROOM, ALICE, BOB, "leave"));
    host.message(ROOM, ALICE);

    assertThat(ids(host.poll(BOB, here))).containsExactly(before, leave);
  }

  @Test
  void stream_parkedWhenItsUserJoins_isWokenByWhatFollows() {
    host.room(ROOM, ALICE);
    CompletableFuture<EventBatch> parked = host.park(BOB, null);
    host.message(ROOM, ALICE);
    assertThat(parked).isNotDone();
    host.join(ROOM, BOB);
    CompletableFuture<EventBatch> next = host.park(BOB, answered(parked).end());
    assertThat(next).isNotDone();

    EventId message = append(host.world.message(ROOM, ALICE));

    assertThat(ids(answered(next))).containsExactly(message);
  }

  @Test
  void stream_inviteFromElsewhere_comesAndIsNotRepeatedWhenItIsLive() {
    host.room(ROOM, ALICE);
    CompletableFuture<EventBatch> parked = host.park(BOB, null);
    StreamToken here = host.here();
    RoomEvent invite = host.world.member(ROOM, CAROL, BOB, "invite");

    host.events.append(List.of(Append.outlier(invite)));

    assertThat(ids(answered(parked))).containsExactly(invite.id());
    assertThat(host.poll(ALICE, here).chunk()).isEmpty();
    host.events.append(List.of(Append.live(invite)));
    assertThat(host.poll(BOB, answered(parked).end()).chunk()).isEmpty();
    assertThat(ids(host.poll(BOB, here))).containsExactly(invite.id());
    assertThat(ids(host.poll(ALICE, here))).containsExactly(invite.id());
  }

  @Test
  void stream_secondPeek_isWokenByItsRoom() {
    host.world.create(ROOM, ALICE, "world_readable");
    host.world.create(OTHER, ALICE, "world_readable");
    peek(ROOM).cancel(true);
    CompletableFuture<EventBatch> first = peek(ROOM);
    CompletableFuture<EventBatch> second = peek(OTHER);

    host.message(OTHER, ALICE);
    assertThat(second).isDone();
    assertThat(first).isNotDone();
    host.message(ROOM, ALICE);

    assertThat(first).isDone();
  }

  @Test
  void stream_peekOfAQuietRoom_endsAtTheWatermark() {
    host.world.create(ROOM, ALICE, "world_readable");
    host.room(OTHER, ALICE);
    StreamToken here = host.here();
    host.message(OTHER, ALICE);

    EventBatch batch = host.poll(CAROL, here, StreamOptions.DEFAULT.inRoom(ROOM));

    assertThat(batch.chunk()).isEmpty();
    assertThat(batch.end()).isEqualTo(host.here());
  }

  /** Another node made the token; this node sees the events before it after a refresh. */
  @Test
  void stream_tokenAheadUntilAFreshLook_isServed() {
    MemoryEventStore shared = MemoryEventStore.create();
    World world = new World(shared);
    world.create(ROOM, ALICE, "shared");
    long[] seen = {shared.watermark()};
    AppendableEventStore node = (AppendableEventStore) Proxy.newProxyInstance(
        getClass().getClassLoader(),
        new Class<?>[] {AppendableEventStore.class},
        (proxy, method, arguments) -> switch (method.getName()) {
          case "watermark" -> seen[0];
          case "refresh" -> {
            seen[0] = shared.watermark();
            yield seen[0];
          }
          case "onAdvance" -> (Registration) () -> {};
          default -> method.invoke(shared, arguments);
        });
    SyncEngine engine = host.start(host.bare(node));
    world.append(world.message(ROOM, ALICE));
    world.append(world.message(ROOM, ALICE));

    EventBatch batch = answered(engine.stream(ALICE, StreamToken.of(4, 0, 0), Duration.ZERO));

    assertThat(batch.chunk()).hasSize(1);
    assertThat(batch.end()).isEqualTo(StreamToken.of(5, 0, 0));
  }

  /** A user whom the host sets online when a poll begins does not get that presence by the same poll. */
  @Test
  void stream_observerSetsPresence_thePollBeginsBehindIt() {
    List<String> told = new ArrayList<>();
    host.start(host.full()
        .polls(PollSettings.DEFAULT.withPresenceHold(Duration.ZERO))
        .observer(new PollObserver() {
          @Override
          public void pollBegan(UserId user) {
            told.add("began");
            host.online(user);
          }

          @Override
          public void pollEnded(UserId user) {
            told.add("ended");
          }
        }));

    CompletableFuture<EventBatch> poll = host.park(ALICE, null);
    assertThat(told).containsExactly("began");
    assertThat(poll).isNotDone();
    host.time.advance(Duration.ofSeconds(30));

    assertThat(answered(poll).chunk()).isEmpty();
    assertThat(answered(poll).start().presence()).isOne();
    assertThat(told).containsExactly("began", "ended");
  }

  private CompletableFuture<EventBatch> peek(RoomId room) {
    return host.engine().stream(
        CAROL, null, Duration.ofSeconds(30), StreamOptions.DEFAULT.inRoom(room));
  }

  private EventId append(RoomEvent event) {
    host.world.append(event);
    return event.id();
  }

  private static List<EventId> ids(EventBatch batch) {
    return batch.chunk().stream()
        .filter(entry -> entry.id().isPresent())
        .map(ClientEvent::id)
        .map(id -> id.orElseThrow())
        .toList();
  }
}
