package io.github.matrixsync.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.SyncEngine;
import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.domain.event.InvalidEventException;
import io.github.matrixsync.domain.event.RoomEvents;
import io.github.matrixsync.domain.token.InvalidTokenException;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.store.ExpiredPositionException;
import io.github.matrixsync.store.StoreException;
import io.github.matrixsync.store.memory.MemoryEventStore;
import io.github.matrixsync.world.Logged;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How failures of the engine are answered and logged. */
class FailuresTest {
  private static final String[] PATHS = {
    "/events", "/initialSync", "/events/$e:h", "/rooms/!r:h/initialSync", "/rooms/!r:h/messages"
  };

  private final TestEdge edge = new TestEdge();

  @RegisterExtension
  final Logged logged = new Logged();

  static Stream<RuntimeException> refusedTokens() {
    return Stream.of(EngineFailures.tokenAhead(), EngineFailures.tokenExpired(), invalidToken());
  }

  static Stream<Throwable> internal() {
    return Stream.of(
        new IllegalStateException("secret: engine is closed"),
        StoreException.failed("secret", new IOException("secret")),
        StoreException.outcomeUnknown("secret", null),
        new ExpiredPositionException(5, 7),
        new NullPointerException("secret"),
        new CancellationException("secret"),
        new IOException("secret"),
        new StackOverflowError("secret"),
        invalidEvent(),
        new CompletionException("secret", null));
  }

  @ParameterizedTest
  @MethodSource("refusedTokens")
  void refusedToken_anyCall_is400(RuntimeException failure) {
    for (String path : PATHS) {
      for (Reply reply :
          List.of(failed(path, failure), wrapped(path, failure), thrown(path, failure))) {
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.errcode()).isEqualTo("M_UNKNOWN");
        assertThat(reply.error()).isEqualTo(failure.getMessage());
      }
    }
    assertThat(logged.text()).isEmpty();
  }

  @Test
  void refusedToken_anotherErrcodeSet_hasThat() {
    TestEdge other =
        new TestEdge(RestSettings.DEFAULT.withErrcodes("M_BAD_PAGINATION", "M_BAD_JSON"));
    other.engine.throwAlways(EngineFailures.tokenAhead());

    assertThat(other.get("/events").errcode()).isEqualTo("M_BAD_PAGINATION");
  }

  @Test
  void roomNotReadable_anyCall_is403() {
    RuntimeException failure = EngineFailures.roomNotReadable();
    for (String path : PATHS) {
      for (Reply reply :
          List.of(failed(path, failure), wrapped(path, failure), thrown(path, failure))) {
        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.errcode()).isEqualTo("M_FORBIDDEN");
      }
    }
    assertThat(logged.text()).isEmpty();
  }

  @Test
  void limitExceeded_anyCall_is429AndSaysWhenToComeBack() {
    RuntimeException failure = EngineFailures.limitExceeded();
    for (String path : PATHS) {
      for (Reply reply :
          List.of(failed(path, failure), wrapped(path, failure), thrown(path, failure))) {
        assertThat(reply.status()).isEqualTo(429);
        assertThat(reply.errcode()).isEqualTo("M_LIMIT_EXCEEDED");
        assertThat(reply.body()).containsEntry("retry_after_ms", 5_000L);
      }
    }
    assertThat(logged.text()).isEmpty();
  }

  @Test
  void illegalArgument_thrownByTheEngine_is400WithoutDetail() {
    Reply reply = thrown("/events", new IllegalArgumentException("secret"));

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.errcode()).isEqualTo("M_UNKNOWN");
    assertThat(reply.error()).doesNotContain("secret");
    assertThat(logged.text()).isEmpty();
  }

  @Test
  void illegalArgument_amidTheEnginesWork_isTheServersFault() {
    assertIsInternal(failed("/events", new IllegalArgumentException("secret")));
  }

  @ParameterizedTest
  @MethodSource("internal")
  void internalFailure_ofTheFuture_is500WithoutDetail(Throwable failure) {
    assertIsInternal(failed("/events", failure));
    assertThat(logged.text()).contains("GET /events failed");
  }

  @ParameterizedTest
  @MethodSource("internal")
  void internalFailure_wrapped_is500WithoutDetail(Throwable failure) {
    assertIsInternal(wrapped("/rooms/!r:h/messages", failure));
    assertThat(logged.text())
        .contains("GET /rooms/{roomId}/messages failed")
        .doesNotContain("!r:h");
  }

  @Test
  void internalFailure_thrown_is500WithoutDetail() {
    assertIsInternal(thrown("/events", new IllegalStateException("secret")));
  }

  @Test
  void eventThatIsNone_thrown_isTheServersFault() {
    assertIsInternal(thrown("/events", invalidEvent()));
  }

  @Test
  void outage_manyRequests_isLoggedWhenItBeginsAndWhenItIsOver() {
    RuntimeException outage = StoreException.failed("no connection", new IOException("refused"));
    for (int i = 0; i < 80; i++) {
      for (String path : PATHS) {
        assertThat(failed(path, outage).status()).isEqualTo(500);
        edge.nanos.addAndGet(10_000_000);
      }
    }
    assertThat(logged.entries()).hasSize(1);
    assertThat(logged.entries().get(0)).contains("ERROR", "GET /events failed");
    assertThat(logged.text()).contains("no connection", "refused");

    edge.engine.recover();
    edge.get("/events");
    assertThat(logged.entries()).as("too soon to say").hasSize(1);
    edge.nanos.addAndGet(FailureLog.QUIET.toNanos());
    edge.get("/events");
    edge.get("/initialSync");
    assertThat(logged.entries()).hasSize(2);
    assertThat(logged.entries().get(1))
        .contains("WARN", "succeed again", StoreException.class.getName(), "400 within 3.99 s");

    failed("/events", outage);
    assertThat(logged.entries()).as("another outage").hasSize(3);
  }

  @Test
  void outage_anotherKindOfFailureMeanwhile_isLoggedToo() {
    failed("/events", StoreException.failed("no connection", new IOException("refused")));
    failed("/events", new NullPointerException("a fault"));
    failed("/events", new NullPointerException("a fault"));
    edge.edge.failed("PUT rooms/send", new NullPointerException("a fault"));
    assertThat(logged.entries()).hasSize(2);
    assertThat(
            Reply.of(edge.edge.failed("PUT rooms/send", new AssertionError())).status())
        .isEqualTo(500);
    assertThat(logged.entries()).hasSize(3);
    assertThat(logged.entries().get(2)).contains("ERROR", "PUT rooms/send failed");
  }

  @Test
  void closedEngine_anyCall_is503AndNothingForTheLog() {
    edge.engine.closed = true;
    RuntimeException closed = new IllegalStateException("the engine is closed");
    for (String path : PATHS) {
      for (Reply reply :
          List.of(failed(path, closed), wrapped(path, closed), thrown(path, closed))) {
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.errcode()).isEqualTo("M_UNKNOWN");
      }
    }
    assertThat(Reply.of(edge.edge.failed("PUT rooms/send", closed)).status()).isEqualTo(503);
    assertThat(logged.text()).isEmpty();
  }

  @Test
  void realEngine_closed_is503() {
    try (MemoryEventStore store = MemoryEventStore.create()) {
      SyncEngine engine = SyncEngine.builder(store).build();
      RestEdge real = RestEdge.of(engine);
      assertThat(engine.isClosed()).isFalse();
      engine.close();
      for (String path : PATHS) {
        RestRequest request = new RestRequest(path, Map.of(), TestEdge.ALICE);
        assertThat(real.get(request).orElseThrow().join().status()).isEqualTo(503);
      }
      assertThat(engine.isClosed()).isTrue();
    }
    assertThat(logged.text()).isEmpty();
  }

  @Test
  void cancel_byTheHost_isNoFailure() {
    edge.engine.answerWith(new CompletableFuture<>());

    assertThat(edge.begin("/events").cancel(true)).isTrue();

    assertThat(logged.text()).isEmpty();
  }

  @Test
  void internalFailure_ofMakingTheBody_is500() {
    assertIsInternal(brokenBody());
  }

  @Test
  void event_unknown_is404() {
    edge.engine.answerWith(CompletableFuture.completedFuture(Optional.<ClientEvent>empty()));

    Reply reply = edge.get("/events/$e:h");

    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.errcode()).isEqualTo("M_NOT_FOUND");
  }

  @Test
  void event_found_is200() {
    edge.engine.answerWith(
        CompletableFuture.completedFuture(Optional.of(Examples.message("$e:h"))));

    Reply reply = edge.get("/events/$e:h");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body()).containsEntry("event_id", "$e:h");
  }

  private void assertIsInternal(Reply reply) {
    assertThat(reply.status()).isEqualTo(500);
    assertThat(reply.body())
        .isEqualTo(Map.of("errcode", "M_UNKNOWN", "error", "Internal server error"));
    assertThat(logged.text()).containsOnlyOnce("ERROR");
  }

  private Reply failed(String path, Throwable failure) {
    edge.engine.answerWith(CompletableFuture.failedFuture(failure));
    return edge.get(path);
  }

  private Reply wrapped(String path, Throwable failure) {
    return failed(path, new CompletionException(failure));
  }

  private Reply thrown(String path, RuntimeException failure) {
    edge.engine.throwAlways(failure);
    return edge.get(path);
  }

  @SuppressWarnings("NullAway") // No engine returns this.
  private Reply brokenBody() {
    StreamToken now = StreamToken.of(1, 0, 0);
    edge.engine.answerWith(CompletableFuture.completedFuture(new EventBatch(now, null, List.of())));
    return edge.get("/events");
  }

  private static InvalidTokenException invalidToken() {
    try {
      throw new AssertionError(StreamToken.parse("banana"));
    } catch (InvalidTokenException e) {
      return e;
    }
  }

  private static InvalidEventException invalidEvent() {
    try {
      throw new AssertionError(RoomEvents.parse(RawJson.of("secret"), Instant.EPOCH));
    } catch (InvalidEventException e) {
      return e;
    }
  }
}
