package io.github.matrixsync.sync;

import static io.github.matrixsync.world.Host.ALICE;
import static io.github.matrixsync.world.Host.BOB;
import static io.github.matrixsync.world.Host.ROOM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.SyncEngineBuilder;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.operation.EngineStatistics;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A woken poll makes its answer in one look, also if other stores must be read for it. The test counts reads of the
 * clock, of which each look makes one.
 */
class LookOnceTest {
  private final RolesHost host = new RolesHost();
  private final AtomicInteger looks = new AtomicInteger();

  @AfterEach
  void close() {
    host.close();
  }

  private CompletableFuture<SyncResponse> park(SyncEngineBuilder builder) {
    host.host.room(ROOM, ALICE, BOB);
    host.host.start(builder.clock(() -> {
      looks.incrementAndGet();
      return host.host.now();
    }));
    CompletableFuture<SyncResponse> poll = host.park(ALICE, host.first(ALICE));
    assertThat(poll).isNotDone();
    looks.set(0);
    return poll;
  }

  private SyncResponse afterOneLook(CompletableFuture<SyncResponse> poll) {
    assertThat(poll).isCompleted();
    assertThat(looks).hasValue(1);
    return poll.join();
  }

  @Test
  void poll_ofAHostWithoutOtherStores_looksOnce() {
    CompletableFuture<SyncResponse> poll = park(host.host.full());

    EventId event = host.message(ROOM, BOB);

    assertThat(RolesHost.inTimeline(afterOneLook(poll), ROOM, event)).isNotEmpty();
  }

  @Test
  void poll_ofAHostWithUnreadCounts_looksOnce() {
    CompletableFuture<SyncResponse> poll = park(host.host.full().notificationCounts(host.counts));

    host.message(ROOM, BOB);

    assertThat(afterOneLook(poll).rooms().join().get(ROOM).unread()).isPresent();
  }

  @Test
  void poll_ofAHostWithAllStores_looksOnceAndHasTheirContents() {
    CompletableFuture<SyncResponse> poll = park(host.full());
    RoomEvent own = host.world.message(ROOM, ALICE);
    host.transactionIds.set(ALICE, RolesHost.PHONE, own.id(), "m1");

    host.append(own);

    SyncResponse answer = afterOneLook(poll);
    assertThat(RolesHost.inTimeline(answer, ROOM, own.id())).contains("\"transaction_id\":\"m1\"");
    assertThat(answer.rooms().join().get(ROOM).unread()).isPresent();
    assertThat(answer.keyCounts()).isPresent();
  }

  @Test
  void poll_timedOut_hasTheKeyCountsAfterOneLook() {
    CompletableFuture<SyncResponse> poll = park(host.full());

    host.host.time.advance(Duration.ofSeconds(30));

    SyncResponse answer = afterOneLook(poll);
    assertThat(answer.isEmpty()).isTrue();
    assertThat(answer.keyCounts()).isPresent();
  }

  /** An event that the filter leaves out causes no store reads, and the poll keeps waiting. */
  @Test
  void poll_wokenForNothing_readsNothing() {
    host.host.room(ROOM, ALICE, BOB);
    SyncOptions nothing =
        RolesHost.filter("{\"room\":{\"timeline\":{\"types\":[]}},\"presence\":{\"types\":[]}}");
    CompletableFuture<SyncResponse> poll =
        host.host.engine().sync(ALICE, host.first(ALICE), Duration.ofSeconds(30), nothing);
    long before = reads();

    host.message(ROOM, BOB);

    assertThat(poll).isNotDone();
    assertThat(reads()).isEqualTo(before);
  }

  private long reads() {
    return host.host.engine().statistics().storeCalls().stream()
        .filter(call -> !call.call().startsWith("events."))
        .mapToLong(EngineStatistics.StoreCallTimes::returned)
        .sum();
  }
}
