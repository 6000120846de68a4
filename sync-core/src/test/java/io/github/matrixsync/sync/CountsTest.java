package io.github.matrixsync.sync;

import static io.github.matrixsync.sync.RolesHost.ON_PHONE;
import static io.github.matrixsync.sync.RolesHost.PHONE;
import static io.github.matrixsync.world.Host.ALICE;
import static io.github.matrixsync.world.Host.BOB;
import static io.github.matrixsync.world.Host.ROOM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.store.device.KeyCounts;
import io.github.matrixsync.store.ephemeral.ReceiptChange;
import io.github.matrixsync.store.timeline.UnreadCounts;
import io.github.matrixsync.store.timeline.UnreadCounts.Count;
import io.github.matrixsync.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** How many keys a device has left, and how many unread events a room. */
class CountsTest {
  private static final RoomId OTHER = World.room("other");
  private static final EventId ROOT = EventId.parse("$root:h");
  private static final SyncOptions BY_THREAD =
      RolesHost.filter("{\"room\":{\"timeline\":{\"unread_thread_notifications\":true}}}");

  private final RolesHost host = new RolesHost();

  @BeforeEach
  void room() {
    host.host.room(ROOM, ALICE, BOB);
  }

  @AfterEach
  void close() {
    host.close();
  }

  private static UnreadCounts counts(long main, long thread) {
    return new UnreadCounts(new Count(main, 1), Map.of(ROOT, new Count(thread, 1)));
  }

  private static Optional<UnreadCounts> unread(SyncResponse answer) {
    return answer.rooms().join().get(ROOM).unread();
  }

  @Test
  @DisplayName("https://github.com/matrix-org/dendrite/pull/2448")
  void keyCounts_areInEveryAnswerAlsoIfItsTimeIsUp() {
    KeyCounts fifty = new KeyCounts(Map.of("signed_curve25519", 50), Set.of("signed_curve25519"));
    host.keyCounts.set(ALICE, PHONE, fifty);
    SyncResponse first = host.sync(ALICE, null);
    CompletableFuture<SyncResponse> poll = host.park(ALICE, first.nextBatch());
    host.host.time.advance(Duration.ofSeconds(30));

    assertThat(first.keyCounts()).contains(fifty);
    assertThat(poll.join().isEmpty()).isTrue();
    assertThat(poll.join().keyCounts()).contains(fifty);
    host.message(ROOM, BOB);
    assertThat(host.sync(ALICE, first.nextBatch()).keyCounts()).contains(fifty);
  }

  @Test
  void keyCounts_change_wakesNobodyAndIsInTheNextAnswer() {
    CompletableFuture<SyncResponse> poll = host.park(ALICE, host.first(ALICE));
    KeyCounts one = new KeyCounts(Map.of("signed_curve25519", 1), Set.of());
    host.keyCounts.set(ALICE, PHONE, one);
    assertThat(poll).isNotDone();

    host.message(ROOM, BOB);

    assertThat(poll.join().keyCounts()).contains(one);
  }

  @Test
  void keyCounts_deviceWithoutKeys_hasNone() {
    assertThat(host.sync(ALICE, null).keyCounts()).contains(KeyCounts.NONE);
  }

  @Test
  void keyCounts_withoutADeviceOrAStore_areAbsent() {
    assertThat(host.sync(ALICE, null, SyncOptions.DEFAULT).keyCounts()).isEmpty();

    host.host.start(host.host.full());

    assertThat(host.sync(ALICE, null).keyCounts()).isEmpty();
  }

  @Test
  @DisplayName("no store for counts: no room has any")
  void unread_withoutAStore_isAbsent() {
    host.host.start(host.host.full());

    assertThat(unread(host.sync(ALICE, null))).isEmpty();
    assertThat(unread(host.sync(ALICE, null, BY_THREAD))).isEmpty();
  }

  @Test
  void unread_roomOfAnAnswer_isInIt() {
    StreamToken since = host.first(ALICE);
    host.counts.set(ALICE, ROOM, counts(3, 2));
    host.message(ROOM, BOB);

    assertThat(unread(host.sync(ALICE, since)))
        .contains(new UnreadCounts(new Count(5, 2), Map.of()));
    assertThat(unread(host.sync(ALICE, since, BY_THREAD))).contains(counts(3, 2));
    assertThat(unread(host.sync(ALICE, null))).isPresent();
  }

  @Test
  void unread_nothingCounted_isZero() {
    assertThat(unread(host.sync(ALICE, null))).contains(UnreadCounts.NONE);
  }

  /** As in a client's read marker: the receipt and the count that it changes. */
  @Test
  void unread_aReceiptChangesIt_isInTheAnswerThatBringsTheReceipt() {
    host.counts.set(ALICE, ROOM, counts(3, 2));
    EventId event = host.message(ROOM, BOB);
    CompletableFuture<SyncResponse> poll = host.park(ALICE, host.first(ALICE));

    host.host.receipts.set(
        new ReceiptChange(0, ROOM, ALICE, "m.read", event, Instant.ofEpochMilli(7)));

    assertThat(poll.join().rooms().join().get(ROOM).ephemeral()).hasSize(1);
    assertThat(unread(poll.join())).contains(new UnreadCounts(new Count(5, 2), Map.of()));
  }

  @Test
  void unread_changedWithoutAnEvent_roomIsListedWhenTheTokenAdvances() {
    host.host.room(OTHER, ALICE, BOB);
    StreamToken since = host.first(ALICE);
    host.counts.set(ALICE, ROOM, counts(1, 0));
    assertThat(host.sync(ALICE, since).rooms().isEmpty()).isTrue();
    host.message(OTHER, BOB);

    SyncResponse answer = host.sync(ALICE, since);

    assertThat(answer.rooms().join()).containsOnlyKeys(ROOM, OTHER);
    assertThat(unread(answer)).contains(new UnreadCounts(new Count(1, 2), Map.of()));
    assertThat(answer.rooms().join().get(ROOM).timeline().previousBatch()).isPresent();
    assertThat(host.sync(ALICE, answer.nextBatch()).rooms().isEmpty()).isTrue();
  }

  @Test
  @DisplayName("Complement TestPushSync: a push rule is disabled")
  void unread_pushRulesChange_pollEndsWithTheRulesAndTheRoom() {
    CompletableFuture<SyncResponse> poll = host.park(ALICE, host.first(ALICE));
    StreamToken since = host.first(ALICE);
    host.counts.set(ALICE, ROOM, UnreadCounts.NONE);
    assertThat(poll).isNotDone();

    host.host.keeps(ALICE, null, "m.push_rules", "{\"global\":{}}");

    assertThat(poll.join().accountData()).hasSize(1);
    assertThat(host.sync(ALICE, since).rooms().join()).containsOnlyKeys(ROOM);
  }

  @Test
  void unread_roomThatIsFilteredOutOrLeft_isNotListed() {
    StreamToken since = host.first(ALICE);
    host.counts.set(ALICE, ROOM, counts(1, 0));
    host.counts.set(ALICE, OTHER, counts(1, 0));
    host.host.keeps(ALICE, null, "x", "{}");

    assertThat(host.sync(ALICE, since, RolesHost.filter("{\"room\":{\"rooms\":[]}}"))
            .rooms()
            .isEmpty())
        .isTrue();
    assertThat(host.sync(ALICE, since, ON_PHONE).rooms().join()).containsOnlyKeys(ROOM);
  }
}
