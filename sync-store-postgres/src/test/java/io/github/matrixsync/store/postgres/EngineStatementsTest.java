package io.github.matrixsync.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.SyncEngine;
import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.call.InitialSync;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.ephemeral.AccountDataChange;
import io.github.matrixsync.store.ephemeral.PresenceChange;
import io.github.matrixsync.store.ephemeral.PresenceState;
import io.github.matrixsync.store.ephemeral.ReceiptChange;
import io.github.matrixsync.store.model.Append;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How many statements the engine's calls take with all roles of this store. Looks at the heads do not count. */
class EngineStatementsTest {
  private static final Instant NOW = Instant.ofEpochMilli(1_000_000);
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final int BATCH = 500;
  private static final TestDatabase DATABASE = new TestDatabase();

  @AfterAll
  static void close() {
    DATABASE.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 1_000})
  void initialSync_everyRole_statementsDoNotGrowWithRooms(int rooms) {
    StatementRecorder recorder = new StatementRecorder(DATABASE.dataSource());
    try (PostgresStore store = open(recorder)) {
      fill(store, rooms);
      try (SyncEngine engine = TwoNodesTest.engine(store)) {
        engine.stream(Sample.BOB, null, Duration.ZERO).join();
        recorder.clear();
        InitialSync snapshot = engine.initialSync(Sample.ALICE, 20);

        assertThat(snapshot.rooms()).hasSize(rooms);
        List<String> statements = withoutLooks(recorder);
        assertThat(statements).hasSizeBetween(5, 16);
        assertThat(statements.stream().filter(EngineStatementsTest::readsEvents))
            .hasSizeBetween(3, 7);
      }
    }
  }

  @Test
  void advance_stateReplacedAndMessageRedacted_twoReadsOfTheNode() throws Exception {
    StatementRecorder recorder = new StatementRecorder(DATABASE.dataSource());
    try (PostgresStore store = open(recorder)) {
      fill(store, 10);
      try (SyncEngine engine = TwoNodesTest.engine(store)) {
        StreamToken here = answered(engine, store);
        CompletableFuture<EventBatch> poll = engine.stream(Sample.ALICE, here, LONG);
        recorder.clear();
        store
            .events()
            .append(Sample.live(
                Sample.event("newer", room(1), Sample.BOB, "m.room.topic")
                    .stateKey("")
                    .build(),
                Sample.event("redaction", room(1), Sample.BOB, "m.room.redaction")
                    .redacts(Sample.id("message1"))
                    .build()));

        assertThat(poll.get(60, TimeUnit.SECONDS).chunk()).hasSize(2);
      }
      List<String> reads = withoutLooks(recorder).stream()
          .filter(sql -> !sql.startsWith("SET TRANSACTION") && !sql.contains("COMMIT"))
          .toList();
      assertThat(reads).hasSizeBetween(1, 2);
    }
  }

  @Test
  void stream_tokenInsideTheWindow_noStatement() {
    StatementRecorder recorder = new StatementRecorder(DATABASE.dataSource());
    try (PostgresStore store = open(recorder)) {
      fill(store, 10);
      try (SyncEngine engine = TwoNodesTest.engine(store)) {
        StreamToken here = answered(engine, store);
        CompletableFuture<EventBatch> first = engine.stream(Sample.ALICE, here, LONG);
        store.events().append(Sample.live(message("new", room(1))));
        first.join();
        recorder.clear();
        EventBatch batch = engine.stream(Sample.ALICE, here, LONG).join();
        engine.stream(Sample.ALICE, batch.end(), Duration.ZERO).join();

        assertThat(batch.chunk()).hasSize(1);
        assertThat(withoutLooks(recorder)).isEmpty();
      }
    }
  }

  private static PostgresStore open(StatementRecorder recorder) {
    return PostgresStore.builder(recorder.dataSource())
        .schema(DATABASE.newSchema())
        .hints(false)
        .lookInterval(Duration.ofHours(1))
        .open();
  }

  /** Has a poll of Alice answered, so that the engine has what it keeps of her. Returns its end. */
  private static StreamToken answered(SyncEngine engine, PostgresStore store) {
    StreamToken here = engine.initialSync(Sample.ALICE, 20).end();
    CompletableFuture<EventBatch> poll = engine.stream(Sample.ALICE, here, LONG);
    store.events().append(Sample.live(message("first", room(1))));
    return poll.join().end();
  }

  /** Makes rooms of Alice and Bob, each with a topic and a message, and an entry of every other role. */
  private static void fill(PostgresStore store, int rooms) {
    List<RoomEvent> events = new ArrayList<>();
    for (int i = 1; i <= rooms; i++) {
      events.add(join("bob" + i, room(i), Sample.BOB));
      events.add(join("alice" + i, room(i), Sample.ALICE));
      events.add(Sample.event("topic" + i, room(i), Sample.BOB, "m.room.topic")
          .stateKey("")
          .build());
      events.add(message("message" + i, room(i)));
    }
    for (int i = 0; i < events.size(); i += BATCH) {
      store
          .events()
          .append(events.subList(i, Math.min(events.size(), i + BATCH)).stream()
              .map(Append::live)
              .toList());
    }
    EventId event = Sample.id("message1");
    store
        .presence()
        .set(new PresenceChange(
            0,
            Sample.BOB,
            PresenceState.ONLINE,
            Optional.empty(),
            Optional.of(NOW),
            Optional.empty(),
            Optional.empty()));
    store.typing().start(room(1), Sample.BOB, Instant.now().plus(Duration.ofHours(1)));
    store.receipts().set(new ReceiptChange(0, room(1), Sample.BOB, "m.read", event, NOW));
    store
        .accountData()
        .set(new AccountDataChange(
            0, Sample.ALICE, Optional.of(room(1)), "m.tag", RawJson.of("{}")));
    store.settings().setIgnored(Sample.ALICE, Set.of(UserId.parse("@eve:example.org")));
  }

  private static RoomId room(int number) {
    return RoomId.parse("!room" + number + ":example.org");
  }

  private static RoomEvent message(String name, RoomId room) {
    return Sample.event(name, room, Sample.BOB, "m.room.message").build();
  }

  private static RoomEvent join(String name, RoomId room, UserId user) {
    return Sample.event(name, room, user, RoomEvent.MEMBER)
        .stateKey(user.value())
        .membership(Membership.JOIN)
        .build();
  }

  private static List<String> withoutLooks(StatementRecorder recorder) {
    return recorder.statements().stream()
        .filter(sql -> !sql.startsWith("SELECT s.number, greatest("))
        .toList();
  }

  private static boolean readsEvents(String sql) {
    return sql.contains("s WHERE s.number = 1)");
  }
}
