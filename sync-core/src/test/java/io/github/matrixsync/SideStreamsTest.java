package io.github.matrixsync;

import static io.github.matrixsync.world.Host.ALICE;
import static io.github.matrixsync.world.Host.BOB;
import static io.github.matrixsync.world.Host.ROOM;
import static io.github.matrixsync.world.Host.present;
import static io.github.matrixsync.world.Host.side;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.call.InitialSync;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.operation.EphemeralStream;
import io.github.matrixsync.store.StoreException;
import io.github.matrixsync.store.ephemeral.PresenceChange;
import io.github.matrixsync.store.ephemeral.PresenceState;
import io.github.matrixsync.store.memory.MemoryPresenceStore;
import io.github.matrixsync.store.memory.MemoryReceiptStore;
import io.github.matrixsync.world.CountingPresence;
import io.github.matrixsync.world.ForgetfulPresence;
import io.github.matrixsync.world.Host;
import io.github.matrixsync.world.Logged;
import io.github.matrixsync.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the ephemeral streams have in common: switching off, restarts, failures. */
class SideStreamsTest {
  private final Host host = new Host();

  @RegisterExtension
  final Logged logged = new Logged();

  private StreamToken from = StreamToken.of(0, 0, 0);

  @BeforeEach
  void room() {
    host.room(ROOM, ALICE, BOB);
    changeAll("1");
    from = host.here();
  }

  @AfterEach
  void close() {
    host.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"PRESENCE", "TYPING", "RECEIPTS", "ACCOUNT_DATA"})
  void off_oneStream_isNeitherToldNorWakes(EphemeralStream stream) {
    host.start(host.full().off(stream));
    CompletableFuture<EventBatch> parked = host.park(ALICE, from);
    change(stream, "2");
    host.time.advance(Duration.ofSeconds(5));
    assertThat(parked).isNotDone();
    changeAll("3");
    host.message(ROOM, BOB);

    EventBatch batch = host.poll(ALICE, from);
    assertThat(side(batch)).hasSize(3).noneMatch(entry -> entry.contains(type(stream)));
    assertThat(batch.end().size()).isEqualTo(5);
    assertThat(batch.end().part(stream.part())).isEqualTo(from.part(stream.part()));
  }

  @ParameterizedTest
  @EnumSource(names = {"PRESENCE", "TYPING", "RECEIPTS", "ACCOUNT_DATA"})
  void off_tokenFromBefore_staysGoodAndIsCaughtUpWithLater(EphemeralStream stream) {
    host.start(host.full().off(stream));
    change(stream, "2");
    EventBatch off = host.poll(ALICE, from);
    assertThat(off.start()).isEqualTo(from);
    assertThat(off.end()).isEqualTo(from);
    host.start(host.full());

    EventBatch on = host.poll(ALICE, off.end());

    assertThat(side(on)).hasSize(1).allMatch(entry -> entry.contains(type(stream)));
    assertThat(side(host.poll(ALICE, on.end()))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"PRESENCE", "TYPING", "RECEIPTS", "ACCOUNT_DATA"})
  void off_tokenFromThen_getsWhatIsCurrentOnceItIsOn(EphemeralStream stream) {
    host.start(host.full().off(stream));
    StreamToken then = host.here();
    assertThat(then.part(stream.part())).isZero();
    host.start(host.full());

    EventBatch on = host.poll(ALICE, then);

    assertThat(side(on)).hasSize(1).allMatch(entry -> entry.contains(type(stream)));
    assertThat(side(host.poll(ALICE, on.end()))).isEmpty();
  }

  @Test
  void off_all_snapshotIsThatOfAnEngineWithoutThem() {
    host.start(host.full().off(EphemeralStream.values()));
    InitialSync sync = host.engine().initialSync(ALICE, 0);

    assertThat(sync.end()).hasToString("s4_0_0_0_0");
    assertThat(sync.presence()).isEmpty();
    assertThat(sync.receipts()).isEmpty();
    assertThat(sync.accountData()).isEmpty();
    assertThat(sync.rooms().get(0).accountData()).isEmpty();
  }

  @Test
  void restart_roleThatForgets_resendsWhatIsCurrentExactlyOnce() {
    MemoryPresenceStore later = MemoryPresenceStore.startingAt(1_000);
    later.set(online());
    host.start(host.bare()
        .presence(later)
        .typing(host.typing)
        .receipts(host.receipts)
        .accountData(host.accountData));

    EventBatch first = host.poll(ALICE, from);

    assertThat(side(first)).containsExactly(present(BOB, "online"));
    assertThat(first.end().presence()).isEqualTo(1_000);
    assertThat(host.poll(ALICE, first.end()).chunk()).isEmpty();
    assertThat(host.poll(ALICE, first.end()).end()).isEqualTo(first.end());
  }

  /** The current entry may be older than the token, and the client may already have it; it is sent once more. */
  @Test
  void partOlderThanWhatIsKept_entryFromLongAgo_isSentOnce() {
    ForgetfulPresence forgetful = new ForgetfulPresence();
    forgetful.retained = 100;
    forgetful.end = 100;
    host.start(host.bare().presence(forgetful));

    EventBatch first = host.poll(ALICE, StreamToken.parse("s4_50_0"));

    assertThat(side(first)).containsExactly(present(BOB, "online"));
    assertThat(first.end()).hasToString("s4_100_0");
    assertThat(host.poll(ALICE, first.end()).chunk()).isEmpty();
  }

  /** The store forgets changes before they are followed: parked polls continue with the current entries. */
  @Test
  void roleForgetsUnderAParkedPoll_theEngineGoesOn() {
    ForgetfulPresence forgetful = new ForgetfulPresence();
    host.start(host.bare().presence(forgetful));
    CompletableFuture<EventBatch> parked = host.park(ALICE, StreamToken.parse("s4_0_0"));
    assertThat(parked).isNotDone();
    forgetful.retained = 40;
    forgetful.end = 50;
    host.time.advance(Duration.ofSeconds(2));

    assertThat(side(parked.join())).containsExactly(present(BOB, "online"));
    assertThat(parked.join().end()).hasToString("s4_40_0");
  }

  @Test
  void restart_nothingCurrentYet_neitherAnswersNorSpins() {
    MemoryPresenceStore later = MemoryPresenceStore.startingAt(1_000);
    host.start(host.bare()
        .presence(later)
        .typing(host.typing)
        .receipts(MemoryReceiptStore.startingAt(1_000))
        .accountData(host.accountData));
    CompletableFuture<EventBatch> parked = host.park(ALICE, from);
    host.time.advance(Duration.ofSeconds(29));
    assertThat(parked).isNotDone();
    later.set(online());

    assertThat(side(parked.join())).containsExactly(present(BOB, "online"));
    assertThat(parked.join().end())
        .hasToString("s4_1000_" + from.typing() + "_999_" + from.accountData());
    EventBatch idle = host.poll(ALICE, parked.join().end());
    assertThat(idle.chunk()).isEmpty();
    assertThat(idle.end()).isEqualTo(idle.start());
  }

  @Test
  void restart_chainOfPolls_givesEachEntryOnce() {
    MemoryPresenceStore later = MemoryPresenceStore.startingAt(1_000);
    later.set(online());
    host.start(host.bare()
        .presence(later)
        .typing(host.typing)
        .receipts(host.receipts)
        .accountData(host.accountData));
    List<String> got = new ArrayList<>();
    StreamToken at = from;
    for (int i = 0; i < 10; i++) {
      EventBatch batch = host.poll(ALICE, at);
      assertThat(at.isAheadOf(batch.end())).isFalse();
      got.addAll(side(batch));
      at = batch.end();
    }

    assertThat(got).containsExactly(present(BOB, "online"));
  }

  @Test
  void failure_ofARole_isPassedOnAndTheNextPollHasAll() {
    CountingPresence presence = new CountingPresence(host.presence);
    host.start(host.bare().presence(presence));
    presence.broken = true;
    CompletableFuture<EventBatch> failed =
        host.engine().stream(ALICE, StreamToken.parse("s4_0_0"), Duration.ZERO);

    assertThatThrownBy(failed::join).hasCauseInstanceOf(StoreException.class);
    presence.broken = false;
    assertThat(side(host.poll(ALICE, StreamToken.parse("s4_0_0"))))
        .containsExactly(present(BOB, "online"));
  }

  @Test
  void failure_whileAJoinerIsLookedUp_isPassedOn() {
    host.presence.set(new PresenceChange(
        0,
        World.user("late"),
        PresenceState.ONLINE,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty()));
    CountingPresence presence = new CountingPresence(host.presence);
    host.start(host.bare().presence(presence));
    StreamToken here = host.here();
    presence.broken = true;
    host.join(ROOM, World.user("late"));
    CompletableFuture<EventBatch> failed = host.engine().stream(ALICE, here, Duration.ZERO);

    assertThatThrownBy(failed::join).hasCauseInstanceOf(StoreException.class);
    presence.broken = false;
    assertThat(side(host.poll(ALICE, here))).containsExactly(present(World.user("late"), "online"));
  }

  private void changeAll(String version) {
    for (EphemeralStream stream : EphemeralStream.values()) {
      if (stream.part() <= EphemeralStream.ACCOUNT_DATA.part()) {
        change(stream, version);
      }
    }
  }

  private void change(EphemeralStream stream, String version) {
    switch (stream) {
      case PRESENCE -> {
        host.presence(BOB, PresenceState.OFFLINE);
        host.online(BOB);
      }
      case TYPING -> {
        host.typing.stop(ROOM, BOB);
        host.types(ROOM, BOB, Duration.ofHours(1));
      }
      case RECEIPTS -> host.reads(ROOM, BOB, version);
      case ACCOUNT_DATA -> host.keeps(ALICE, null, "x.y", "{\"v\":" + version + "}");
      default -> throw new IllegalArgumentException("the v1 stream has no " + stream);
    }
  }

  private static String type(EphemeralStream stream) {
    return switch (stream) {
      case PRESENCE -> "m.presence";
      case TYPING -> "m.typing";
      case RECEIPTS -> "m.receipt";
      case ACCOUNT_DATA -> "x.y";
      default -> throw new IllegalArgumentException("the v1 stream has no " + stream);
    };
  }

  private static PresenceChange online() {
    return new PresenceChange(
        0,
        BOB,
        PresenceState.ONLINE,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
