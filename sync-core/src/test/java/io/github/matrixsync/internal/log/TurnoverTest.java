package io.github.matrixsync.internal.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.world.World;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TurnoverTest {
  private static final RoomId ROOM = World.room("r");
  private static final RoomId ENTERED = World.room("entered");
  private static final UserId BOB = World.user("b");
  private static final UserId CAROL = World.user("c");
  private static final int MOST = 10_000;

  @Test
  void after_someoneCameAndWent_hasNotMetThem() {
    Turnover came = met(Set.of(BOB, CAROL));
    Turnover went = new Turnover(Set.of(), Map.of(), Map.of(ROOM, Set.of(BOB)));

    assertThat(went.after(came))
        .isEqualTo(
            new Turnover(Set.of(), Map.of(ROOM, Set.of(CAROL)), Map.of(ROOM, Set.of(BOB, CAROL))));
  }

  @Test
  void after_asManyAsAreTold_hasAll() {
    Turnover earlier = met(users(MOST - 1));

    Turnover both = met(Set.of(BOB)).after(earlier);

    assertThat(both.met().get(ROOM)).hasSize(MOST).contains(BOB);
  }

  @Test
  void after_moreThanAreTold_leavesTheEarlierPeopleAndNoRoom() {
    Turnover people = met(users(MOST));
    Turnover earlier = new Turnover(Set.of(ENTERED), people.met(), people.turned());

    Turnover both = met(Set.of(BOB)).after(earlier);

    assertThat(both.met()).containsExactly(Map.entry(ROOM, Set.of(BOB)));
    assertThat(both.turned()).containsExactly(Map.entry(ROOM, Set.of(BOB)));
    assertThat(both.entered()).containsExactly(ENTERED);
  }

  private static Turnover met(Set<UserId> users) {
    return new Turnover(Set.of(), Map.of(ROOM, users), Map.of(ROOM, users));
  }

  private static Set<UserId> users(int count) {
    return IntStream.range(0, count).mapToObj(i -> World.user("u" + i)).collect(Collectors.toSet());
  }
}
