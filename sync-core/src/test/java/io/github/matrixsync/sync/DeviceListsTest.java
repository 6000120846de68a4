package io.github.matrixsync.sync;

import static io.github.matrixsync.sync.RolesHost.ON_PHONE;
import static io.github.matrixsync.world.Host.ALICE;
import static io.github.matrixsync.world.Host.BOB;
import static io.github.matrixsync.world.Host.CAROL;
import static io.github.matrixsync.world.Host.ROOM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.SmallLimits;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.memory.MemoryDeviceListStore;
import io.github.matrixsync.world.Host;
import io.github.matrixsync.world.World;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose devices a client must fetch again, and whose it may forget. */
class DeviceListsTest {
  private static final RoomId OTHER = World.room("other");
  private static final UserId DORA = World.user("d");

  private final RolesHost host = new RolesHost();

  @BeforeEach
  void room() {
    host.host.room(ROOM, ALICE, BOB);
    host.deviceLists.set(World.user("nobody"));
  }

  @AfterEach
  void close() {
    host.close();
  }

  /** With a window of no size, memberships of the past are read from the store. */
  private void window(int size) {
    host.host.start(SmallLimits.window(size, host.full()));
  }

  private static String of(SyncResponse answer) {
    DeviceLists lists = answer.deviceLists().orElseThrow();
    return "changed" + SyncNames.of(lists.changed()) + " left" + SyncNames.of(lists.left());
  }

  @Test
  void sync_firstAnswer_hasNone() {
    assertThat(host.sync(ALICE, null).deviceLists()).isEmpty();
  }

  @Test
  void sync_withoutAStore_hasNone() {
    StreamToken since = host.first(ALICE);
    host.host.start(host.host.full());

    assertThat(host.sync(ALICE, StreamToken.of(since.room(), 0, 0)).deviceLists())
        .isEmpty();
  }

  @Test
  void sync_nothingChanged_hasEmptyLists() {
    assertThat(of(host.sync(ALICE, host.first(ALICE)))).isEqualTo("changed[] left[]");
  }

  @Test
  void sync_devicesOfOneselfAndOfThoseInARoom_areChanged() {
    StreamToken since = host.first(ALICE);
    host.deviceLists.set(ALICE);
    host.deviceLists.set(BOB);
    host.deviceLists.set(CAROL);

    SyncResponse answer = host.sync(ALICE, since);

    assertThat(of(answer)).isEqualTo("changed[a, b] left[]");
    assertThat(of(host.sync(ALICE, answer.nextBatch()))).isEqualTo("changed[] left[]");
    assertThat(of(host.sync(ALICE, since))).isEqualTo("changed[a, b] left[]");
  }

  @Test
  void sync_oneselfWithoutRooms_isChanged() {
    StreamToken since = host.first(DORA);
    host.deviceLists.set(DORA);

    assertThat(of(host.sync(DORA, since))).isEqualTo("changed[d] left[]");
  }

  @Test
  void sync_parkedPoll_isWokenByOthersInItsRoomsAlone() {
    CompletableFuture<SyncResponse> poll = host.park(ALICE, host.first(ALICE));
    host.deviceLists.set(CAROL);
    assertThat(poll).isNotDone();

    host.deviceLists.set(BOB);

    assertThat(poll).isDone();
    assertThat(of(poll.join())).isEqualTo("changed[b] left[]");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 100})
  @DisplayName("Complement: other user joins, and new users appear")
  void sync_anotherUserJoins_isChangedForBoth(int window) {
    window(window);
    StreamToken ofAlice = host.first(ALICE);
    StreamToken ofCarol = host.first(CAROL);
    host.host.join(ROOM, CAROL);

    assertThat(of(host.sync(ALICE, ofAlice))).isEqualTo("changed[c] left[]");
    assertThat(of(host.sync(CAROL, ofCarol))).isEqualTo("changed[a, b] left[]");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 100})
  void sync_joinOfSomebodyWithWhomOneSharesARoom_isNoChange(int window) {
    window(window);
    host.host.room(OTHER, ALICE);
    StreamToken since = host.first(ALICE);
    host.host.join(OTHER, BOB);

    assertThat(of(host.sync(ALICE, since))).isEqualTo("changed[] left[]");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 100})
  @DisplayName("https://github.com/element-hq/synapse/issues/16948")
  void sync_anotherUserLeaves_isLeftAndSaidTwiceForOneToken(int window) {
    window(window);
    StreamToken since = host.first(ALICE);
    host.host.leave(ROOM, BOB);
    host.deviceLists.set(BOB);

    SyncOptions lazy = RolesHost.filter("{\"room\":{\"state\":{\"lazy_load_members\":true}}}");
    assertThat(of(host.sync(ALICE, since, lazy))).isEqualTo("changed[] left[b]");
    assertThat(of(host.sync(ALICE, since, lazy))).isEqualTo("changed[] left[b]");
    assertThat(of(host.sync(ALICE, since))).isEqualTo("changed[] left[b]");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 100})
  void sync_anotherUserLeavesOneOfTwoRooms_isNotLeft(int window) {
    window(window);
    host.host.room(OTHER, ALICE, BOB);
    StreamToken since = host.first(ALICE);
    host.host.leave(ROOM, BOB);

    assertThat(of(host.sync(ALICE, since))).isEqualTo("changed[] left[]");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 100})
  @DisplayName("https://github.com/matrix-org/synapse/issues/13650")
  void sync_oneLeavesTheOnlySharedRoom_theOthersAreLeft(int window) {
    window(window);
    StreamToken since = host.first(ALICE);
    host.host.leave(ROOM, ALICE);

    assertThat(of(host.sync(ALICE, since))).isEqualTo("changed[] left[b]");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 100})
  @DisplayName("https://github.com/matrix-org/synapse/issues/3829")
  void sync_oneJoinsARoomThatAnotherLeftLongAgo_thatOneIsInNeitherList(int window) {
    window(window);
    host.host.leave(ROOM, BOB);
    StreamToken since = host.first(CAROL);
    host.host.join(ROOM, CAROL);

    assertThat(of(host.sync(CAROL, since))).isEqualTo("changed[a] left[]");
  }

  @Test
  @DisplayName("Complement: other user rejoins")
  void sync_anotherUserLeavesAndComesAgain_isChanged() {
    StreamToken since = host.first(ALICE);
    host.host.leave(ROOM, BOB);
    host.host.join(ROOM, BOB);

    assertThat(of(host.sync(ALICE, since))).isEqualTo("changed[b] left[]");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 100})
  void sync_whileOneIsAwayAnotherLeaves_isLeft(int window) {
    window(window);
    StreamToken since = host.first(ALICE);
    host.host.leave(ROOM, ALICE);
    host.host.leave(ROOM, BOB);
    host.host.join(ROOM, CAROL);
    host.host.join(ROOM, ALICE);

    assertThat(of(host.sync(ALICE, since))).isEqualTo("changed[c] left[b]");
  }

  @Test
  void sync_invitesAndKnocks_areNoChange() {
    StreamToken since = host.first(ALICE);
    host.append(host.world.member(ROOM, ALICE, CAROL, "invite"));

    assertThat(of(host.sync(ALICE, since))).isEqualTo("changed[] left[]");
  }

  @Test
  void sync_filterWithoutRooms_hidesNobody() {
    StreamToken since = host.first(ALICE);
    host.deviceLists.set(BOB);
    host.host.join(ROOM, CAROL);

    SyncResponse answer = host.sync(ALICE, since, RolesHost.filter("{\"room\":{\"rooms\":[]}}"));

    assertThat(answer.rooms().isEmpty()).isTrue();
    assertThat(of(answer)).isEqualTo("changed[b, c] left[]");
  }

  @Test
  void sync_fullState_hasTheListsOfTheIncrement() {
    StreamToken since = host.first(ALICE);
    host.host.join(ROOM, CAROL);
    host.host.leave(ROOM, BOB);

    assertThat(of(host.sync(ALICE, since, ON_PHONE.withFullState(true))))
        .isEqualTo("changed[c] left[b]");
  }

  @Test
  @DisplayName("a token whose device-list part is below what the store retains")
  void sync_partOlderThanWhatIsKept_everybodyIsChanged() {
    host.host.join(ROOM, CAROL);
    host.host.join(ROOM, DORA);
    StreamToken since = host.first(ALICE);
    host.host.start(host.full().deviceLists(MemoryDeviceListStore.startingAt(100)));

    assertThat(of(host.sync(ALICE, since))).isEqualTo("changed[a, b, c, d] left[]");
    assertThat(of(host.sync(ALICE, since.withPart(6, 0)))).isEqualTo("changed[a, b, c, d] left[]");
  }

  @Test
  void sync_changesThatAreNotInMemory_areRead() {
    StreamToken since = host.first(ALICE);
    host.deviceLists.set(BOB);
    host.deviceLists.set(CAROL);
    host.host.start(host.full());

    assertThat(of(host.sync(ALICE, since))).isEqualTo("changed[b] left[]");
  }

  @Test
  void sync_joinOutsideOfTheWindow_bringsPresenceToo() {
    window(0);
    host.host.online(CAROL);
    StreamToken since = host.first(ALICE);
    host.host.join(ROOM, CAROL);

    assertThat(Host.json(host.sync(ALICE, since).presence()))
        .singleElement()
        .asString()
        .contains("@c:h");
  }
}
