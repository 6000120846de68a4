package io.github.matrixsync.internal.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.domain.event.EventForm;
import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.appservice.ServicePart;
import io.github.matrixsync.internal.encoding.EncodedEvent;
import io.github.matrixsync.store.memory.MemoryEventStore;
import io.github.matrixsync.store.model.StoredEvent;
import io.github.matrixsync.store.state.MemberChange;
import io.github.matrixsync.world.World;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JoinsAndLeavesTest {
  private static final RoomId ROOM = World.room("r");
  private static final RoomId ENTERED = World.room("entered");
  private static final UserId ALICE = World.user("a");
  private static final UserId BOB = World.user("b");
  private static final UserId CAROL = World.user("c");

  @Test
  void of_eventsOfAReader_hasTheRoomsTheyEnteredAndTheOthersWhoCameOrWent() {
    RoomPart part = part(
        turn(ENTERED, ALICE, Membership.INVITE, Membership.JOIN),
        turn(ROOM, BOB, Membership.LEAVE, Membership.JOIN),
        turn(ROOM, CAROL, Membership.JOIN, Membership.BAN),
        turn(ROOM, World.user("renamed"), Membership.JOIN, Membership.JOIN),
        turn(ROOM, World.user("invited"), Membership.LEAVE, Membership.INVITE),
        turn(World.room("left"), ALICE, Membership.JOIN, Membership.LEAVE));

    JoinsAndLeaves joinsAndLeaves = JoinsAndLeaves.of(part, ALICE);

    assertThat(joinsAndLeaves.entered()).containsExactly(ENTERED);
    assertThat(joinsAndLeaves.joined()).containsExactly(Map.entry(ROOM, Set.of(BOB)));
    assertThat(joinsAndLeaves.changed()).containsExactly(Map.entry(ROOM, Set.of(BOB, CAROL)));
  }

  @Test
  void of_eventsOfAService_hasItsOwnUsersAsOthers() {
    RoomPart part = part(turn(ROOM, BOB, Membership.LEAVE, Membership.JOIN));

    assertThat(new ServicePart(part, Set.of()).joinsAndLeaves()).isEqualTo(joined(Set.of(BOB)));
    assertThat(new ServicePart(part, Set.of(ROOM)).joinsAndLeaves().entered())
        .containsExactly(ROOM);
    assertThat(new ServicePart(part(), Set.of()).joinsAndLeaves().isNone()).isTrue();
  }

  private static RoomPart part(RoomPart.Due... due) {
    return new RoomPart(List.of(due), List.of(), due.length);
  }

  private static RoomPart.Due turn(RoomId room, UserId user, Membership before, Membership after) {
    RoomEvent event = new World(MemoryEventStore.create())
        .member(room, user, user, after.name().toLowerCase(Locale.ROOT));
    MemberChange change = new MemberChange(1, user, before, after, Optional.of(event.id()));
    StoredEvent stored = StoredEvents.live(event, 1, change);
    return new RoomPart.Due(
        stored, Optional.of(EncodedEvent.of(EventForm.V1, stored, Optional.empty())));
  }

  private static JoinsAndLeaves joined(Set<UserId> users) {
    return new JoinsAndLeaves(Set.of(), Map.of(ROOM, users), Map.of(ROOM, users));
  }
}
