package io.github.matrixsync.testkit.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.matrixsync.SyncEngine;
import io.github.matrixsync.event.HistoryVisibility;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.homeserver.body.Content;
import io.github.matrixsync.homeserver.room.Draft;
import io.github.matrixsync.store.EventStore;
import io.github.matrixsync.store.memory.MemoryEventStore;
import io.github.matrixsync.testkit.MatrixWorld;
import io.github.matrixsync.testkit.TestRoom;
import io.github.matrixsync.testkit.TestUser;
import io.github.matrixsync.testkit.internal.server.Contents;
import io.github.matrixsync.testkit.internal.server.WorldRooms;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The laws hold for the memory store, and the checks find stores that break them. */
class SyncLawsTest {
  private static final List<UserId> USERS =
      List.of(UserId.parse("@alice:test"), UserId.parse("@bob:test"), UserId.parse("@carol:test"));

  /** Lets three users act at random in three rooms. */
  private static void live(MatrixWorld world, long seed, int steps) {
    Random random = new Random(seed);
    List<TestUser> users = new ArrayList<>();
    USERS.forEach(id -> users.add(world.user(id.value())));
    List<TestRoom> rooms = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      rooms.add(users.get(i).creates("r" + seed + "-" + i));
    }
    for (int i = 0; i < steps; i++) {
      TestUser user = users.get(random.nextInt(3));
      int number = random.nextInt(3);
      TestRoom room = rooms.get(number);
      boolean isIn = room.members().contains(user.id());
      switch (random.nextInt(6)) {
        case 0 -> {
          if (isIn && room.members().size() > 1) {
            user.leaves(room);
          } else {
            user.joins(room);
          }
        }
        case 1 -> {
          if (room.members().contains(USERS.get(number))) {
            room.history(
                random.nextBoolean() ? HistoryVisibility.SHARED : HistoryVisibility.JOINED);
          }
        }
        default -> {
          if (isIn) {
            user.says(room, "m" + i);
          }
        }
      }
    }
  }

  @Test
  void check_ofAWorld_holds() {
    try (MatrixWorld world = MatrixWorld.create()) {
      live(world, 1, 200);
      world.restarts();

      SyncLaws.check(world.engine(), USERS, 1);
    }
  }

  @Test
  void check_ofNewEvents_holds() {
    try (MatrixWorld world = MatrixWorld.create()) {
      live(world, 1, 50);

      SyncLaws.check(world.engine(), USERS, 2, () -> live(world, 2, 100));
    }
  }

  @Test
  void check_ofAPurgedLog_holdsFromWhatIsRetained() {
    try (MatrixWorld world = MatrixWorld.create()) {
      live(world, 1, 100);
      TestUser alice = world.user("alice");
      world.purges(alice.creates("last"));
      live(world, 2, 50);
      world.restarts();

      SyncLaws.check(world.engine(), USERS, 3);
    }
  }

  @Test
  void check_ofTheSameHistoryInARightStore_holds() {
    MemoryEventStore events = MemoryEventStore.create();
    send(rooms(events));
    try (SyncEngine engine = engine(events)) {
      assertThatCode(() -> SyncLaws.check(engine, USERS, 7)).doesNotThrowAnyException();
    }
  }

  @ParameterizedTest
  @EnumSource
  void check_ofABrokenStore_failsAndNamesUserRoomTokensAndSplit(BrokenStore broken) {
    MemoryEventStore events = MemoryEventStore.create();
    send(rooms(events));
    EventStore store = broken.of(events);
    try (SyncEngine engine = engine(store)) {
      assertThatThrownBy(() -> SyncLaws.check(engine, USERS, 7))
          .isInstanceOf(AssertionError.class)
          .hasMessageStartingWith(expected(broken));
    }
  }

  private static String expected(BrokenStore broken) {
    String view = "for @alice:test in !r0:test, from s0_0_0 to s85_0_0: ";
    String stream = "the stream of @alice:test from s0_0_0 to s85_0_0 ";
    String split = stream + "depends on how it is cut: in polls with the limits [1] and the rest, ";
    return switch (broken) {
      case LOSES_EVENTS, LOSES_THE_NEWEST_MESSAGE, TURNS_MESSAGES ->
        view + "the last messages of the snapshot are [";
      case TURNS_EVENTS ->
        split + "after 1 events comes the end, in one poll $84:test m.room.topic in !r2:test";
      case DOUBLES_EVENTS -> stream + "contains twice $1:test m.room.create in !r0:test";
      case LOSES_STATE -> view + "the state m.room.topic \"\" is $28:test in the stream, and";
      case LOSES_A_MEMBERSHIP -> view.replace("!r0", "!r1") + "the stream ends with the membership";
      case CUTS_THE_LOWEST -> view + "the snapshot has the room, but the stream had no event of it";
      case CLAIMS_TO_BE_WHOLE ->
        split + "after 10 events comes $11:test m.room.message in !r0:test, in one poll the end";
      case AFTER_IS_INCLUSIVE ->
        "the stream of @alice:test fails after s42_0_0, in a poll with the limit 1: "
            + "java.lang.IllegalStateException: no progress from s42_0_0";
    };
  }

  private static SyncEngine engine(EventStore store) {
    return SyncEngine.builder(store).executor(Runnable::run).build();
  }

  private static WorldRooms rooms(MemoryEventStore events) {
    return new WorldRooms(events, events, "test", InstantSource.fixed(Instant.EPOCH), e -> {});
  }

  /** Sends a fixed history to three rooms. */
  private static void send(WorldRooms rooms) {
    for (int room = 0; room < 3; room++) {
      RoomId id = RoomId.parse("!r" + room + ":test");
      rooms.create(id, USERS.get(room), Contents.member("join", ""));
      for (UserId user : USERS) {
        rooms.send(id, user, Draft.member(user, Contents.member("join", "")));
      }
      for (int i = 0; i < 20; i++) {
        Content text = Contents.text("m.text", "m" + i);
        rooms.send(id, USERS.get(i % 3), Draft.message("m.room.message", text));
      }
      Content topic = Contents.of("topic", "x");
      rooms.send(id, USERS.get(room), Draft.state("m.room.topic", "", topic));
    }
    UserId carol = USERS.get(2);
    RoomId first = RoomId.parse("!r0:test");
    rooms.send(first, carol, Draft.member(carol, Contents.member("leave", "")));
  }

  @Test
  void splits_smallest_hasASingleLimitIfSuchASplitFails() {
    assertThat(Splits.smallest(10, List.of(2, 3), split -> split.equals(List.of(4))))
        .containsExactly(4);
    assertThat(
            Splits.smallest(10, List.of(2, 3, 4), split -> split.contains(2) && split.size() > 1))
        .hasSize(2)
        .contains(2);
  }
}
