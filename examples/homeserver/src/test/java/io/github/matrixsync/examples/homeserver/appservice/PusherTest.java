package io.github.matrixsync.examples.homeserver.appservice;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.SyncEngine;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.examples.homeserver.Bridges;
import io.github.matrixsync.examples.homeserver.FakeBridge;
import io.github.matrixsync.examples.homeserver.FakeBridge.Push;
import io.github.matrixsync.examples.homeserver.FakeBridge.Reply;
import io.github.matrixsync.examples.homeserver.HttpConnection;
import io.github.matrixsync.examples.homeserver.Output;
import io.github.matrixsync.examples.homeserver.VertxScheduler;
import io.github.matrixsync.homeserver.appservice.PushPositions;
import io.github.matrixsync.homeserver.appservice.Pusher;
import io.github.matrixsync.homeserver.appservice.ServiceClient;
import io.github.matrixsync.homeserver.appservice.ServiceConnection;
import io.github.matrixsync.homeserver.body.Content;
import io.github.matrixsync.homeserver.body.Json;
import io.github.matrixsync.homeserver.registration.Registration;
import io.github.matrixsync.homeserver.registration.Service;
import io.github.matrixsync.homeserver.room.Draft;
import io.github.matrixsync.homeserver.room.EventFactory;
import io.github.matrixsync.homeserver.room.Rooms;
import io.github.matrixsync.store.memory.MemoryEventStore;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PusherTest {
  private static final UserId BOT = UserId.parse("@ircbot:localhost");

  private final Vertx vertx = Vertx.vertx();
  private final FakeBridge bridge = new FakeBridge("irc");
  private final MemoryEventStore store = MemoryEventStore.create();
  private final SyncEngine engine = SyncEngine.builder(store).build();
  private final Rooms rooms = new Rooms(store, new EventFactory("localhost"));

  @AfterEach
  void close() {
    engine.close();
    vertx
        .close()
        .toCompletionStage()
        .toCompletableFuture()
        .orTimeout(10, TimeUnit.SECONDS)
        .join();
    bridge.close();
  }

  @Test
  void start_knownPosition_goesOnFromThere() throws InterruptedException {
    RoomId room = room();
    say(room, "taken before");
    RecordedPosition positions = new RecordedPosition(engine.initialSync(BOT, 0).end());
    EventId missed = say(room, "missed");

    try (Pusher pusher = pusher(positions)) {
      pusher.start();
      assertThat(ids(bridge.next())).containsExactly(missed.value());
      EventId more = say(room, "more");
      assertThat(ids(bridge.next())).containsExactly(more.value());
    }
  }

  @Test
  void start_noPosition_beginsWithWhatHappensNow() throws InterruptedException {
    RoomId room = room();
    say(room, "before");

    try (Pusher pusher = pusher(PushPositions.inMemory())) {
      pusher.start();
      EventId now = say(room, "now");
      assertThat(ids(bridge.next())).containsExactly(now.value());
    }
  }

  @Test
  void poll_thatFails_isToldOnceAndTriedUntilItGoes() throws InterruptedException {
    RoomId room = room();
    StreamToken here = engine.initialSync(BOT, 0).end();
    EventId event = say(room, "due");
    StreamToken ahead = StreamToken.parse("s" + (store.watermark() + 10) + "_0_0");
    Output told = Output.capture();
    try (Pusher pusher = pusher(new RecordedPosition(ahead, ahead, ahead, here))) {
      pusher.start();
      assertThat(ids(bridge.next())).containsExactly(event.value());
      EventId after = say(room, "after");
      assertThat(ids(bridge.next())).containsExactly(after.value());
    } finally {
      told.release();
    }
    assertThat(told.entries())
        .satisfiesExactly(
            line -> assertThat(line).contains("WARN", "takes no events", "stream cannot be read"),
            line -> assertThat(line).contains("WARN", "takes events again"));
  }

  @Test
  void push_answerThatDoesNotComeOrEnd_comesAgain() throws InterruptedException {
    RoomId room = room();
    bridge.answerNext(Reply.NONE, Reply.BEGUN, Reply.BEGUN);
    Output told = Output.capture();
    try (Pusher pusher = pusher(PushPositions.inMemory(), impatient(3))) {
      pusher.start();
      say(room, "now");
      Push first = bridge.next();
      assertThat(bridge.next()).isEqualTo(first);
      assertThat(bridge.next()).isEqualTo(first);
      assertThat(bridge.next()).isEqualTo(first);
      EventId after = say(room, "after");
      assertThat(ids(bridge.next())).containsExactly(after.value());
    } finally {
      told.release();
    }
    assertThat(told.entries())
        .satisfiesExactly(
            line -> assertThat(line).contains("WARN", " irc takes no events: no answer"),
            line -> assertThat(line).contains("WARN", " irc takes events again"));
  }

  /** Returns prepared positions first, one per call, and then the position that was set. */
  private static final class RecordedPosition implements PushPositions {
    private final Queue<StreamToken> first;
    volatile StreamToken position;

    RecordedPosition(StreamToken... first) {
      this.first = new ArrayDeque<>(List.of(first));
      position = first[first.length - 1];
    }

    @Override
    public synchronized Optional<StreamToken> get(String service) {
      StreamToken next = first.poll();
      return Optional.of(next == null ? position : next);
    }

    @Override
    public void set(String service, StreamToken end) {
      position = end;
    }
  }

  private Pusher pusher(PushPositions positions) {
    return pusher(positions, new HttpConnection(vertx, Duration.ofSeconds(20)));
  }

  /** Returns a connection that soon gives up so many requests, and waits long for the answers to those after them. */
  private ServiceConnection impatient(int requests) {
    ServiceConnection impatient = new HttpConnection(vertx, Duration.ofMillis(200));
    ServiceConnection patient = new HttpConnection(vertx, Duration.ofSeconds(20));
    AtomicInteger sent = new AtomicInteger();
    return (method, url, headers, body) ->
        (sent.incrementAndGet() <= requests ? impatient : patient).send(method, url, headers, body);
  }

  private Pusher pusher(PushPositions positions, ServiceConnection connection) {
    Registration registration = Bridges.registration("irc", true, Optional.of(bridge.url()));
    List<ServiceClient> clients =
        ServiceClient.of(List.of(Service.of(registration, BOT)), connection);
    Context context = vertx.getOrCreateContext();
    Pusher.Host host = new Pusher.Host(
        task -> context.runOnContext(go -> task.run()),
        new VertxScheduler(vertx),
        InstantSource.system());
    return new Pusher(engine, clients.get(0), positions, host);
  }

  /** Creates a room with the bot in it. */
  private RoomId room() {
    Content create = Content.of(Json.object().put("creator", BOT.value()));
    Content join = Content.of(Json.object().put("membership", "join"));
    return rooms.create(
        BOT, List.of(Draft.state("m.room.create", "", create), Draft.member(BOT, join)));
  }

  private EventId say(RoomId room, String body) {
    Content content = Content.of(Json.object().put("body", body));
    return rooms.send(room, BOT, Draft.message("m.room.message", content));
  }

  private static List<String> ids(Push push) {
    return push.events().stream()
        .map(event -> event.path("event_id").asString())
        .toList();
  }
}
