package io.github.matrixsync.internal.membership;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.world.World;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReaderTest {
  private static final RoomId LEFT = World.room("left");
  private static final RoomId JOINED = World.room("joined");
  private static final RoomId OLD = World.room("old");

  private final Reader reader = new Reader(World.user("a"));

  @Test
  void hold_byOneAndAnother_wasIdleForTheFirstAlone() {
    assertThat(reader.hold()).isEqualTo(Reader.Hold.WAS_IDLE);
    assertThat(reader.clearUsed()).isTrue();

    assertThat(reader.hold()).isEqualTo(Reader.Hold.HELD);
    assertThat(reader.clearUsed()).isTrue();
    assertThat(reader.clearUsed()).isFalse();

    assertThat(reader.release()).as("nobody holds it").isFalse();
    assertThat(reader.release()).as("nobody holds it").isTrue();
  }

  @Test
  void forget_held_isNotForgotten() {
    reader.hold();
    reader.clearUsed();

    assertThat(reader.forget()).isFalse();

    assertThat(reader.release()).isTrue();
    assertThat(reader.hold()).isEqualTo(Reader.Hold.WAS_IDLE);
  }

  @Test
  void forget_idle_isGoneForGood() {
    reader.setLoaded(true);

    assertThat(reader.forget()).isTrue();

    assertThat(reader.forget()).isFalse();
    assertThat(reader.clearUsed()).isFalse();
    assertThat(reader.hold()).isEqualTo(Reader.Hold.GONE);
    reader.setLoaded(true);
    assertThat(reader.isLoaded()).isFalse();
  }

  @Test
  void setLoaded_onAndOff_isSo() {
    reader.setLoaded(true);
    assertThat(reader.isLoaded()).isTrue();
    reader.hold();
    assertThat(reader.isLoaded()).isTrue();

    reader.setLoaded(false);

    assertThat(reader.isLoaded()).isFalse();
    assertThat(reader.release()).isTrue();
  }

  /** Makes the user a member of one room all the time, of a second one from 5, and of a third one until 7. */
  private void move() {
    reader.enter(new RosterRoom(OLD));
    RosterRoom left = new RosterRoom(LEFT);
    reader.enter(left);
    reader.applyChange(new RosterRoom(JOINED), 5, true, 0);
    reader.applyChange(left, 7, false, 0);
  }

  @Test
  void joinedRoomsAt_beforeAndAfterTurns_areThoseOfThen() {
    move();

    assertThat(reader.joinedRoomsAt(4)).containsExactlyInAnyOrder(OLD, LEFT);
    assertThat(reader.joinedRoomsAt(5)).containsExactlyInAnyOrder(OLD, LEFT, JOINED);
    assertThat(reader.joinedRoomsAt(6)).containsExactlyInAnyOrder(OLD, LEFT, JOINED);
    assertThat(reader.joinedRoomsAt(7)).containsExactlyInAnyOrder(OLD, JOINED);
  }

  @Test
  void joinedAnyAt_fewOrManyRooms_asksForThen() {
    move();
    Set<RoomId> many = Set.of(LEFT, World.room("x"), World.room("y"), World.room("z"));

    for (Set<RoomId> rooms : Set.of(Set.of(LEFT), many)) {
      assertThat(reader.joinedAnyAt(rooms, 6)).isTrue();
      assertThat(reader.joinedAnyAt(rooms, 7)).isFalse();
    }
    assertThat(reader.joinedAnyAt(Set.of(), 7)).isFalse();
  }

  @Test
  void recentRooms_leftLately_isThereUntilForgotten() {
    move();
    assertThat(reader.recentRooms()).containsExactlyInAnyOrder(OLD, LEFT, JOINED);

    reader.forgetChanges(LEFT, 6);
    assertThat(reader.recentRooms()).contains(LEFT);
    reader.forgetChanges(LEFT, 7);

    assertThat(reader.recentRooms()).containsExactlyInAnyOrder(OLD, JOINED);
  }

  @Test
  void forgetChanges_oneRoom_keepsThoseOfOthers() {
    move();

    reader.forgetChanges(JOINED, 5);

    assertThat(reader.joinedAt(JOINED, 6)).isTrue();
    assertThat(reader.joinedAt(LEFT, 6)).isTrue();
    assertThat(reader.joinedAt(LEFT, 7)).isFalse();
  }

  @Test
  void forgetChanges_roomWithoutAny_changesNothing() {
    reader.enter(new RosterRoom(OLD));
    reader.forgetChanges(OLD, 9);
    move();
    reader.forgetChanges(OLD, 9);

    assertThat(reader.joinedRoomsAt(9)).containsExactlyInAnyOrder(OLD, JOINED);
  }
}
