package io.github.matrixsync.internal.membership;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.state.MemberChange;
import io.github.matrixsync.world.World;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MembershipChangesTest {
  private static final UserId ALICE = World.user("a");
  private static final UserId BOB = World.user("b");
  private static final RoomId ROOM = World.room("r");

  private final MembershipChanges turns = new MembershipChanges();

  @BeforeEach
  void comeAndGo() {
    turns.add(ROOM, change(3, ALICE, Membership.JOIN));
    turns.add(ROOM, change(4, BOB, Membership.JOIN));
    turns.add(ROOM, change(5, ALICE, Membership.BAN));
  }

  @Test
  void of_aUser_areTheirsInOrder() {
    assertThat(turns.of(ALICE)).containsExactly(turn(3, true), turn(5, false));
    assertThat(turns.of(BOB)).containsExactly(turn(4, true));
    assertThat(turns.of(World.user("c"))).isEmpty();
  }

  @Test
  void drop_upToATurn_keepsThoseAbove() {
    turns.drop(ALICE, 2);
    assertThat(turns.of(ALICE)).hasSize(2);
    turns.drop(ALICE, 3);

    assertThat(turns.of(ALICE)).containsExactly(turn(5, false));
    assertThat(turns.of(BOB)).hasSize(1);
  }

  @Test
  void drop_all_leavesNone() {
    turns.drop(ALICE, 9);

    assertThat(turns.of(ALICE)).isEmpty();
    assertThat(turns.of(BOB)).hasSize(1);
  }

  @Test
  void clear_ofEverybody_leavesNone() {
    turns.clear();

    assertThat(turns.of(ALICE)).isEmpty();
    assertThat(turns.of(BOB)).isEmpty();
  }

  private static MembershipChanges.Turn turn(long position, boolean joined) {
    return new MembershipChanges.Turn(position, ROOM, joined);
  }

  private static MemberChange change(long position, UserId user, Membership after) {
    return new MemberChange(position, user, Membership.LEAVE, after, Optional.empty());
  }
}
