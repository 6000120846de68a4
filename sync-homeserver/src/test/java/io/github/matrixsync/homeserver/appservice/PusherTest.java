package io.github.matrixsync.homeserver.appservice;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.SyncEngine;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.homeserver.Logged;
import io.github.matrixsync.homeserver.body.Content;
import io.github.matrixsync.homeserver.body.Json;
import io.github.matrixsync.homeserver.json.JsonText;
import io.github.matrixsync.homeserver.registration.Registration;
import io.github.matrixsync.homeserver.registration.Service;
import io.github.matrixsync.homeserver.room.Draft;
import io.github.matrixsync.homeserver.room.EventFactory;
import io.github.matrixsync.homeserver.room.Rooms;
import io.github.matrixsync.operation.Scheduler;
import io.github.matrixsync.store.memory.MemoryEventStore;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Pushing to a service whose answers, and the pauses between tries, are the test's. */
class PusherTest {
  private static final UserId BOT = UserId.parse("@ircbot:test");

  private record Sent(String method, String url, String body, CompletableFuture<Reply> answer) {
    List<String> ids() {
      return JsonText.parse(body)
          .path("events")
          .valueStream()
          .map(event -> event.path("event_id").asString())
          .toList();
    }
  }

  private record Reply(int status, String body) {}

  private record Pause(Duration length, Runnable task) {}

  @RegisterExtension
  private final Logged log = new Logged();

  private final Queue<Runnable> steps = new ArrayDeque<>();
  private final Queue<Pause> pauses = new ArrayDeque<>();
  private final List<Sent> sent = new ArrayList<>();
  private final MemoryEventStore store = MemoryEventStore.create();
  private final SyncEngine engine =
      SyncEngine.builder(store).executor(Runnable::run).build();
  private final AtomicInteger ids = new AtomicInteger();
  private final Rooms rooms = new Rooms(
      store,
      new EventFactory(
          "test", () -> String.valueOf(ids.incrementAndGet()), InstantSource.fixed(Instant.EPOCH)));
  private final RoomId room = room();
  private final PushPositions positions = PushPositions.inMemory();
  private final Pusher pusher = pusher();

  @AfterEach
  void close() {
    pusher.close();
    engine.close();
  }

  @Test
  void push_eachTransaction_waitsForTheAnswerToTheOneBefore() {
    pusher.start();
    EventId first = say("one");
    EventId second = say("two");
    run();

    assertThat(sent).hasSize(1);
    assertThat(sent.get(0).ids()).containsExactly(first.value());
    answer(0, 200, "{}");

    assertThat(sent).hasSize(2);
    assertThat(sent.get(1).ids()).containsExactly(second.value());
    assertThat(sent).extracting(Sent::method).containsOnly("PUT");
    assertThat(sent.get(0).url())
        .isEqualTo("http://irc/_matrix/app/v1/transactions/1?access_token=hs%2Ftoken");
    assertThat(sent.get(1).url())
        .isEqualTo("http://irc/_matrix/app/v1/transactions/2?access_token=hs%2Ftoken");
  }

  @Test
  void limit_whilePolling_boundsTheNextTransaction() {
    pusher.start();
    run();
    pusher.limit(2);
    run();
    List<String> said =
        List.of(say("one").value(), say("two").value(), say("three").value());
    run();
    answer(0, 200, "{}");
    answer(1, 200, "{}");

    assertThat(sent).extracting(Sent::ids).flatExtracting(each -> each).isEqualTo(said);
    assertThat(sent).allSatisfy(each -> assertThat(each.ids()).hasSizeBetween(1, 2));
    assertThat(pauses).isEmpty();
  }

  @Test
  void push_thatFails_isRepeatedUnchangedAfterGrowingPauses() {
    pusher.start();
    say("one");
    run();
    answer(0, 500, "{}");
    Pause pause = pauses.remove();
    pause.task().run();
    run();
    answer(1, 200, "{\"errcode\":\"M_UNKNOWN\"}");
    Pause longer = pauses.remove();
    longer.task().run();
    run();
    answer(2, 200, "");

    assertThat(pause.length()).isEqualTo(Duration.ofMillis(250));
    assertThat(longer.length()).isEqualTo(Duration.ofMillis(500));
    assertThat(sent).hasSize(3).extracting(Sent::url).containsOnly(sent.get(0).url());
    assertThat(sent).extracting(Sent::body).containsOnly(sent.get(0).body());
    assertThat(log.entries())
        .satisfiesExactly(
            line -> assertThat(line).contains("irc takes no events: the answer has the status 500"),
            line -> assertThat(line).contains("irc takes events again"))
        .noneMatch(line -> line.contains("token"));
  }

  @Test
  void start_afterATransactionThatWasNotAccepted_sendsItUnchanged() {
    pusher.start();
    EventId first = say("one");
    run();
    answer(0, 500, "{}");
    pusher.close();
    EventId second = say("two");
    try (Pusher next = new Pusher(engine, client(), positions, host(Instant.ofEpochMilli(100)))) {
      next.start();
      run();
      answer(1, 200, "{}");
    }

    assertThat(sent).hasSize(3);
    assertThat(sent.get(1).url()).isEqualTo(sent.get(0).url());
    assertThat(sent.get(1).body()).isEqualTo(sent.get(0).body());
    assertThat(sent.get(1).ids()).containsExactly(first.value());
    assertThat(sent.get(2).ids()).containsExactly(second.value());
    assertThat(log.entries()).hasSize(1);
  }

  private void answer(int number, int status, String body) {
    sent.get(number).answer().complete(new Reply(status, body));
    run();
  }

  private void run() {
    while (!steps.isEmpty()) {
      steps.remove().run();
    }
  }

  private ServiceClient client() {
    Registration registration = new Registration(
        "irc",
        Optional.of(URI.create("http://irc")),
        "as/token",
        "hs/token",
        "ircbot",
        List.of(),
        List.of(),
        List.of(),
        false);
    return ServiceClient.of(Service.of(registration, BOT), this::send).orElseThrow();
  }

  private CompletableFuture<ServiceConnection.Reply> send(
      String method, String url, Map<String, String> headers, byte[] body) {
    CompletableFuture<Reply> answer = new CompletableFuture<>();
    sent.add(new Sent(method, url, new String(body, StandardCharsets.UTF_8), answer));
    return answer.thenApply(
        reply -> new ServiceConnection.Reply(reply.status(), RawJson.of(reply.body())));
  }

  private Pusher pusher() {
    return new Pusher(engine, client(), positions, host(Instant.EPOCH));
  }

  private Pusher.Host host(Instant start) {
    Scheduler scheduler = new Scheduler() {
      @Override
      public Scheduled schedule(Runnable task, Duration delay) {
        pauses.add(new Pause(delay, task));
        return () -> {};
      }

      @Override
      public long nanoTime() {
        return 0;
      }
    };
    return new Pusher.Host(steps::add, scheduler, InstantSource.fixed(start));
  }

  private RoomId room() {
    Content create = Content.of(Json.object().put("creator", BOT.value()));
    Content join = Content.of(Json.object().put("membership", "join"));
    return rooms.create(
        BOT, List.of(Draft.state("m.room.create", "", create), Draft.member(BOT, join)));
  }

  private EventId say(String body) {
    Content content = Content.of(Json.object().put("body", body));
    EventId id = rooms.send(room, BOT, Draft.message("m.room.message", content));
    run();
    return id;
  }
}
