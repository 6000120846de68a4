package io.github.matrixsync.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.SyncEngine;
import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.model.Append;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** The example of engines on PostgreSQL in the guide to embedding. */
class TwoNodesTest {
  // region engine
  /** Returns an engine with all that the store has. */
  static SyncEngine engine(PostgresStore store) {
    return SyncEngine.builder(store.events())
        .presence(store.presence())
        .typing(store.typing())
        .receipts(store.receipts())
        .accountData(store.accountData())
        .settings(store.settings())
        .directory(store.directory())
        .toDevice(store.toDevice())
        .deviceLists(store.deviceLists())
        .keyCounts(store.keyCounts())
        .transactionIds(store.transactionIds())
        .filters(store.filters())
        .notificationCounts(store.notificationCounts())
        .relations(store.events())
        .gaps(store.events())
        .build();
  }
  // endregion

  @Test
  void append_onOneNode_wakesAPollOnTheOther() {
    UserId alice = Sample.ALICE;
    RoomEvent join = Sample.event("join", Sample.ROOM, alice, "m.room.member")
        .stateKey(alice.value())
        .membership(Membership.JOIN)
        .build();
    RoomEvent message = Sample.message("hello");
    EventBatch batch;
    try (TestDatabase database = new TestDatabase()) {
      DataSource dataSource = database.dataSource();
      String schema = TestServer.newSchema();
      // region nodes
      PostgresSchema.migrate(dataSource, schema);
      try (PostgresStore one = PostgresStore.builder(dataSource).schema(schema).open();
          PostgresStore two = PostgresStore.builder(dataSource).schema(schema).open();
          SyncEngine first = engine(one);
          SyncEngine second = engine(two)) {
        one.events().append(List.of(Append.live(join)));
        StreamToken here = first.initialSync(alice, 10).end();
        CompletableFuture<EventBatch> poll = second.stream(alice, here, Duration.ofSeconds(30));
        one.events().append(List.of(Append.live(message)));
        batch = poll.join();
      }
      // endregion
    }
    assertThat(batch.chunk())
        .extracting(ClientEvent::id)
        .containsExactly(Optional.of(message.id()));
  }
}
