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

  private final MembershipChanges changes = new MembershipChanges();

  @BeforeEach
  void comeAndGo() {
    changes.add(ROOM, change(3, ALICE, Membership.JOIN));
    changes.add(ROOM, change(4, BOB, Membership.JOIN));
    changes.add(ROOM, change(5, ALICE, Membership.BAN));
  }

  @Test
  void of_aUser_areTheirsInOrder() {
    assertThat(changes.of(ALICE)).containsExactly(joinOrLeave(3, true), joinOrLeave(5, false));
    assertThat(changes.of(BOB)).containsExactly(joinOrLeave(4, true));
    assertThat(changes.of(World.user("c"))).isEmpty();
  }

  @Test
  void drop_upToATurn_keepsThoseAbove() {
    changes.drop(ALICE, 2);
    assertThat(changes.of(ALICE)).hasSize(2);
    changes.drop(ALICE, 3);

    assertThat(changes.of(ALICE)).containsExactly(joinOrLeave(5, false));
    assertThat(changes.of(BOB)).hasSize(1);
  }

  @Test
  void drop_all_leavesNone() {
    changes.drop(ALICE, 9);

    assertThat(changes.of(ALICE)).isEmpty();
    assertThat(changes.of(BOB)).hasSize(1);
  }

  @Test
  void clear_ofEverybody_leavesNone() {
    changes.clear();

    assertThat(changes.of(ALICE)).isEmpty();
    assertThat(changes.of(BOB)).isEmpty();
  }

  private static MembershipChanges.JoinOrLeave joinOrLeave(long position, boolean joined) {
    return new MembershipChanges.JoinOrLeave(position, ROOM, joined);
  }

  private static MemberChange change(long position, UserId user, Membership after) {
    return new MemberChange(position, user, Membership.LEAVE, after, Optional.empty());
  }
}
