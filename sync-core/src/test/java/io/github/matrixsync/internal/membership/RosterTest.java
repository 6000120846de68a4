package io.github.matrixsync.internal.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.log.WakeUpTargets;
import io.github.matrixsync.internal.log.Window;
import io.github.matrixsync.internal.log.WindowEntry;
import io.github.matrixsync.internal.longpoll.Subscriber;
import io.github.matrixsync.store.memory.MemoryEventStore;
import io.github.matrixsync.store.model.Append;
import io.github.matrixsync.store.model.Interest;
import io.github.matrixsync.store.state.StateEntry;
import io.github.matrixsync.world.HookedEvents;
import io.github.matrixsync.world.World;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RosterTest {
  private static final UserId ALICE = World.user("a");
  private static final UserId BOB = World.user("b");
  private static final UserId CAROL = World.user("c");
  private static final RoomId ROOM = World.room("r");
  private static final RoomId OTHER = World.room("other");
  private static final int IDLE = 2;

  private final MemoryEventStore store = MemoryEventStore.create();
  private final HookedEvents hooked = new HookedEvents(store);
  private final World world = new World(store);
  private final Window window = new Window(0, 8, Long.MAX_VALUE);
  private final ReaderRegistry readers = new ReaderRegistry(IDLE, Subscriber::new);
  private final Roster roster = new Roster(hooked.store(), window, readers);
  private long followed;

  /** Applies what was appended, as the follower does, and returns the wake-up targets. */
  private WakeUpTargets follow() {
    WakeUpTargets targets = new WakeUpTargets();
    List<WindowEntry> newer = new ArrayList<>();
    store
        .log(Interest.everything(), followed, store.watermark(), 1_000)
        .events()
        .forEach(event -> newer.add(new WindowEntry(event, Optional.empty())));
    roster.atomically(() -> {
      newer.forEach(entry -> roster.apply(entry, targets));
      roster.dropChanges(window.append(newer));
    });
    followed = store.watermark();
    return targets;
  }

  private long member(RoomId room, UserId sender, UserId subject, String membership) {
    return world.append(world.member(room, sender, subject, membership));
  }

  private long join(RoomId room, UserId user) {
    return member(room, user, user, "join");
  }

  private long leave(RoomId room, UserId user) {
    return member(room, user, user, "leave");
  }

  /** Appends as many messages as the window holds. */
  private void talk() {
    for (int i = 0; i < 8; i++) {
      world.append(world.message(OTHER, CAROL));
    }
  }

  /** Restarts the window at the end of the log. */
  private void restartWindow() {
    followed = store.watermark();
    window.restart(followed);
  }

  private Reader loaded(UserId user) {
    Reader reader = roster.acquire(user);
    roster.load(reader);
    return reader;
  }

  private static WakeUpTargets in(RoomId room) {
    WakeUpTargets targets = new WakeUpTargets();
    targets.addRoom(room);
    return targets;
  }

  /** Returns the users whose readers a change in a room wakes. */
  private List<UserId> wokenIn(RoomId room) {
    return roster.readers(in(room)).stream()
        .flatMap(Arrays::stream)
        .map(Reader::user)
        .toList();
  }

  @Test
  void apply_event_concernsItsRoomSenderSubjectAndWhomItMoves() {
    join(ROOM, ALICE);
    join(ROOM, CAROL);
    follow();
    RoomEvent kick = world.member(ROOM, ALICE, BOB, "leave");
    StateEntry carolsGoes = new StateEntry(RoomEvent.MEMBER, CAROL.value(), Optional.empty());
    store.append(List.of(Append.live(kick, List.of(StateEntry.of(kick), carolsGoes))));

    WakeUpTargets targets = follow();

    assertThat(targets.rooms()).containsExactly(ROOM);
    assertThat(targets.users()).containsExactlyInAnyOrder(ALICE, BOB, CAROL);
  }

  @Test
  void apply_kickThatLost_concernsItsSenderAndTheRoom() {
    join(ROOM, ALICE);
    join(ROOM, BOB);
    follow();
    store.append(List.of(Append.live(world.member(ROOM, ALICE, BOB, "leave"), List.of())));

    WakeUpTargets targets = follow();

    assertThat(targets.rooms()).containsExactly(ROOM);
    assertThat(targets.users()).containsExactly(ALICE);
  }

  @Test
  void readers_ofARoom_areItsMembersOfNow() {
    Reader alice = loaded(ALICE);
    Reader bob = loaded(BOB);
    join(ROOM, ALICE);
    join(ROOM, BOB);
    follow();
    assertThat(wokenIn(ROOM)).containsExactlyInAnyOrder(ALICE, BOB);
    assertThat(wokenIn(OTHER)).isEmpty();

    leave(ROOM, ALICE);
    follow();

    assertThat(wokenIn(ROOM)).containsExactly(BOB);
    assertThat(alice.recentRooms()).containsExactly(ROOM);
    assertThat(bob.recentRooms()).containsExactly(ROOM);
  }

  @Test
  void readers_named_areThoseThatAreThere() {
    Reader alice = roster.acquire(ALICE);
    WakeUpTargets targets = new WakeUpTargets();
    targets.addUser(ALICE);
    targets.addUser(BOB);

    assertThat(roster.readers(targets).stream().flatMap(Arrays::stream)).containsExactly(alice);
  }

  @Test
  void readers_everyone_areAll() {
    Reader alice = roster.acquire(ALICE);
    Reader bob = roster.acquire(BOB);
    WakeUpTargets everyone = new WakeUpTargets();
    everyone.addEveryone();

    assertThat(roster.readers(everyone).stream().flatMap(Arrays::stream))
        .containsExactlyInAnyOrder(alice, bob);
  }

  @Test
  void load_turnsInTheWindow_areRolledForwardFromItsBeginning() {
    long left = join(ROOM, ALICE);
    follow();
    talk();
    follow();
    long goes = leave(ROOM, ALICE);
    long comes = join(OTHER, ALICE);
    follow();

    Reader alice = loaded(ALICE);

    assertThat(window.after()).isGreaterThanOrEqualTo(left);
    assertThat(alice.joinedAt(ROOM, goes - 1)).isTrue();
    assertThat(alice.joinedAt(ROOM, goes)).isFalse();
    assertThat(alice.joinedAt(OTHER, goes)).isFalse();
    assertThat(alice.joinedAt(OTHER, comes)).isTrue();
    assertThat(wokenIn(ROOM)).isEmpty();
    assertThat(wokenIn(OTHER)).containsExactly(ALICE);
  }

  @Test
  void load_windowWentOnDuringTheRead_readsAgain() {
    join(ROOM, ALICE);
    follow();
    List<Long> reads = new ArrayList<>();
    hooked.before("memberships", () -> {
      reads.add(window.after());
      if (reads.size() == 1) {
        leave(ROOM, ALICE);
        talk();
        follow();
      }
    });

    Reader alice = loaded(ALICE);

    assertThat(reads).hasSize(2).doesNotHaveDuplicates();
    assertThat(alice.joinedAt(ROOM, store.watermark())).isFalse();
    assertThat(wokenIn(ROOM)).isEmpty();
  }

  /** At last the window waits for the read, instead of the read for the window. */
  @Test
  void load_windowAlwaysRunsAway_holdsItForTheFifthRead() throws InterruptedException {
    join(ROOM, ALICE);
    follow();
    List<Thread> writers = new ArrayList<>();
    hooked.before("memberships", () -> {
      assertThat(writers).as("reads before").hasSizeLessThan(5);
      talk();
      Thread writer = new Thread(this::follow);
      writers.add(writer);
      writer.start();
      while (writer.isAlive() && writer.getState() != Thread.State.WAITING) {
        Thread.onSpinWait();
      }
    });

    Reader alice = loaded(ALICE);

    for (Thread writer : writers) {
      writer.join(10_000);
      assertThat(writer.isAlive()).as("still kept out").isFalse();
    }
    assertThat(writers).hasSize(5);
    assertThat(alice.joinedAt(ROOM, store.watermark())).isTrue();
    assertThat(window.after()).isEqualTo(store.watermark() - 8);
  }

  /** Otherwise nothing would ever remove the reader from its rooms. */
  @Test
  void load_readerForgotten_failsAfterOneRead() {
    join(ROOM, ALICE);
    follow();
    List<String> reads = new ArrayList<>();
    hooked.before("memberships", () -> reads.add("memberships"));
    Reader forgotten = roster.acquire(ALICE);
    roster.release(forgotten);

    assertThatThrownBy(() -> roster.load(forgotten))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(ALICE.value());

    assertThat(reads).hasSize(1);
    assertThat(roster.hold(forgotten)).isFalse();
    assertThat(wokenIn(ROOM)).isEmpty();
  }

  @Test
  void release_stillHeldByALook_forgetsTheReaderAfterIt() {
    join(ROOM, ALICE);
    follow();
    Reader ofPoll = roster.acquire(ALICE);
    assertThat(roster.hold(ofPoll)).isTrue();
    hooked.before("memberships", () -> roster.release(ofPoll));

    roster.load(ofPoll);

    assertThat(ofPoll.isLoaded()).isTrue();
    assertThat(readers.get(ALICE)).isSameAs(ofPoll);
    assertThat(readers.areAllIdle()).isFalse();
    roster.release(ofPoll);
    assertThat(readers.areAllIdle()).isTrue();
  }

  @Test
  void load_loadedAlready_readsNothing() {
    loaded(ALICE);
    hooked.before(method -> {
      throw new AssertionError(method);
    });

    assertThat(loaded(ALICE).isLoaded()).isTrue();
  }

  /** A user who left by a missed change must not count as joined because of an older change. */
  @Test
  void missedChanges_leftMeanwhile_isJoinedNoMore() {
    Reader known = loaded(ALICE);
    join(ROOM, ALICE);
    join(ROOM, BOB);
    follow();
    long left = leave(ROOM, ALICE);
    leave(ROOM, BOB);

    roster.atomically(() -> {
      restartWindow();
      roster.missedChanges();
    });
    assertThat(known.isLoaded()).isFalse();

    assertThat(loaded(ALICE).joinedAt(ROOM, left + 1)).isFalse();
    assertThat(loaded(BOB).joinedAt(ROOM, left + 1)).isFalse();
    assertThat(roster.readers(in(ROOM))).as("only the named").hasSize(1);
  }

  /** Without a check whether memberships are known, nobody is in any room. */
  @Test
  void missedChanges_untilReadAgain_nobodyIsKnownToBeAnywhere() {
    join(ROOM, ALICE);
    restartWindow();
    Reader alice = loaded(ALICE);
    assertThat(roster.joinedRooms(alice, followed)).contains(Set.of(ROOM));
    assertThat(roster.joinedAny(alice, Set.of(ROOM), followed)).contains(true);

    roster.atomically(roster::missedChanges);

    assertThat(roster.joinedRooms(alice, followed)).isEmpty();
    assertThat(roster.joinedAny(alice, Set.of(ROOM), followed)).isEmpty();
    assertThat(alice.ifLoaded(() -> "known")).isEmpty();
    assertThat(alice.joinedAt(ROOM, followed)).isFalse();
    roster.load(alice);
    assertThat(roster.joinedRooms(alice, followed)).contains(Set.of(ROOM));
  }

  @Test
  void joinedRooms_positionHasLeftTheWindow_isNotKnown() {
    Reader alice = loaded(ALICE);
    long before = followed;
    join(ROOM, ALICE);
    follow();
    assertThat(roster.joinedRooms(alice, before)).contains(Set.of());

    talk();
    follow();

    assertThat(roster.joinedRooms(alice, before)).isEmpty();
    assertThat(roster.joinedAny(alice, Set.of(ROOM), before)).isEmpty();
    assertThat(roster.joinedRooms(alice, followed)).contains(Set.of(ROOM));
  }

  @Test
  void dropChanges_ofWhatLeftTheWindow_areForgotten() {
    Reader alice = loaded(ALICE);
    join(ROOM, ALICE);
    leave(ROOM, ALICE);
    join(ROOM, BOB);
    leave(ROOM, BOB);
    follow();
    assertThat(alice.recentRooms()).containsExactly(ROOM);

    talk();
    follow();

    assertThat(alice.recentRooms()).isEmpty();
    assertThat(loaded(BOB).recentRooms()).isEmpty();
  }

  @Test
  void apply_lastMemberLeaves_leavesNothingOfTheRoom() {
    loaded(ALICE);
    join(ROOM, ALICE);
    follow();
    assertThat(roster.readers(in(ROOM))).hasSize(2);

    leave(ROOM, ALICE);
    follow();

    assertThat(roster.readers(in(ROOM))).as("only the named").hasSize(1);
  }

  @Test
  void release_roomsKnown_keepsThem() {
    join(ROOM, ALICE);
    follow();
    Reader alice = loaded(ALICE);

    roster.release(alice);

    assertThat(readers.get(ALICE)).isSameAs(alice);
    assertThat(wokenIn(ROOM)).containsExactly(ALICE);
  }

  @Test
  void release_roomsNotKnown_forgetsTheReader() {
    join(ROOM, ALICE);
    follow();
    Reader alice = loaded(ALICE);
    roster.atomically(roster::missedChanges);
    Reader held = roster.acquire(ALICE);

    roster.release(alice);
    assertThat(readers.get(ALICE)).as("held by another").isSameAs(held);
    assertThat(wokenIn(ROOM)).as("until they are read again").isEmpty();
    roster.release(held);

    assertThat(readers.get(ALICE)).isNull();
    assertThat(wokenIn(ROOM)).isEmpty();
  }

  @Test
  void forgetIdle_moreThanAreKept_leadsToThemNoMore() {
    List<UserId> users = new ArrayList<>();
    for (int i = 0; i <= 2 * IDLE; i++) {
      users.add(World.user("u" + i));
      join(ROOM, users.get(i));
    }
    follow();
    users.forEach(user -> roster.release(readerFollowing(user, BOB)));
    assertThat(wokenIn(ROOM)).containsExactlyInAnyOrderElementsOf(users);

    roster.forgetIdle();

    assertThat(readers.all()).hasSizeLessThanOrEqualTo(2 * IDLE).isNotEmpty();
    List<UserId> left = readers.all().stream().map(Reader::user).toList();
    assertThat(wokenIn(ROOM)).containsExactlyInAnyOrderElementsOf(left);
    assertThat(around(BOB).users()).contains(BOB).containsAll(left).hasSize(left.size() + 1);
  }

  @Test
  void forgetIdle_theLastOfARoom_leavesNothingOfIt() {
    join(ROOM, ALICE);
    restartWindow();
    Roster keepingNone = new Roster(store, window, new ReaderRegistry(0, Subscriber::new));
    Reader alice = keepingNone.acquire(ALICE);
    keepingNone.load(alice);
    keepingNone.release(alice);
    assertThat(keepingNone.readers(in(ROOM))).hasSize(2);

    keepingNone.forgetIdle();

    assertThat(keepingNone.readers(in(ROOM))).as("only the named").hasSize(1);
  }

  @Test
  void acquireIfLoaded_knownOrNot_holdsOnlyWhoIs() {
    assertThat(roster.acquireIfLoaded(ALICE)).isEmpty();
    assertThat(readers.all()).isEmpty();
    Reader alice = loaded(ALICE);
    Reader bob = roster.acquire(BOB);

    assertThat(roster.acquireIfLoaded(ALICE)).containsSame(alice);
    assertThat(roster.acquireIfLoaded(BOB)).isEmpty();

    roster.release(bob);
    assertThat(readers.get(BOB)).as("held by nobody else").isNull();
    roster.release(alice);
    assertThat(readers.areAllIdle()).isFalse();
    roster.release(alice);
    assertThat(readers.areAllIdle()).isTrue();
  }

  /** A change of presence wakes users who have the user in their presence list, also without a shared room. */
  @Test
  void addAround_changeOfPresence_concernsRoomsFollowersAndOneself() {
    join(ROOM, ALICE);
    follow();
    readerFollowing(BOB, ALICE);
    readerFollowing(CAROL, ALICE);
    readerFollowing(World.user("d"), BOB);

    WakeUpTargets targets = around(ALICE);

    assertThat(targets.rooms()).containsExactly(ROOM);
    assertThat(targets.users()).containsExactlyInAnyOrder(ALICE, BOB, CAROL);
  }

  @Test
  void prefer_anotherList_followsThoseAlone() {
    readerFollowing(BOB, ALICE);
    readerFollowing(CAROL, ALICE);

    readerFollowing(BOB, CAROL);

    assertThat(around(ALICE).users()).containsExactlyInAnyOrder(ALICE, CAROL);
    assertThat(around(CAROL).users()).containsExactlyInAnyOrder(CAROL, BOB);
  }

  @Test
  void prefer_changeSignalledDuringTheRead_isReadAgain() {
    Reader alice = roster.acquire(ALICE);
    ReaderSettings before = alice.settings();
    roster.settingsChanged(ALICE);

    roster.updateSettings(alice, before, new ReaderSettings(Set.of(BOB), Set.of(CAROL), World.NOW));

    assertThat(alice.settings().isRead()).isFalse();
    assertThat(alice.settings().ignored()).containsExactly(BOB);
    assertThat(around(CAROL).users()).containsExactlyInAnyOrder(CAROL, ALICE);
  }

  @Test
  void prefer_somebodyElseReadMeanwhile_thatStays() {
    Reader alice = roster.acquire(ALICE);
    ReaderSettings before = alice.settings();
    roster.settingsChanged(ALICE);
    readerFollowing(ALICE, BOB);

    roster.updateSettings(alice, before, new ReaderSettings(Set.of(), Set.of(CAROL), World.NOW));

    assertThat(alice.settings().isRead()).isTrue();
    assertThat(alice.settings().presenceList()).containsExactly(BOB);
    assertThat(around(CAROL).users()).containsExactly(CAROL);
  }

  @Test
  void settingsChanged_ofAUser_outdatesTheirs() {
    Reader alice = readerFollowing(ALICE, BOB);
    Reader carol = readerFollowing(CAROL, BOB);

    roster.settingsChanged(ALICE);
    roster.settingsChanged(World.user("nobody"));

    assertThat(alice.settings().isRead()).isFalse();
    assertThat(carol.settings().isRead()).isTrue();
    assertThat(around(BOB).users()).as("until it is read").contains(ALICE);
  }

  /** Returns a user's reader, held and loaded, with another user in its presence list. */
  private Reader readerFollowing(UserId user, UserId other) {
    Reader reader = loaded(user);
    roster.updateSettings(
        reader, reader.settings(), new ReaderSettings(Set.of(), Set.of(other), World.NOW));
    return reader;
  }

  private WakeUpTargets around(UserId user) {
    WakeUpTargets targets = new WakeUpTargets();
    Reader reader = loaded(user);
    roster.addAround(reader, targets);
    roster.release(reader);
    return targets;
  }
}
