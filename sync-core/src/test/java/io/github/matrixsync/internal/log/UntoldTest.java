package io.github.matrixsync.internal.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.domain.StreamToken;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.world.World;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UntoldTest {
  private static final RoomId ROOM = World.room("r");
  private static final UserId BOB = World.user("b");
  private static final UserId CAROL = World.user("c");
  private static final int MOST = 8;

  @Test
  void at_whereNoAnswerWasCut_isNothing() {
    Untold untold = cut(Untold.NONE, 1, 2, BOB);

    assertThat(told(untold, 1)).isEmpty();
    assertThat(told(untold, 2)).containsExactlyInAnyOrder(BOB);
    assertThat(told(Untold.NONE, 2)).isEmpty();
  }

  @Test
  void with_answersFromTwoPlacesToOne_tellsOfBoth() {
    Untold untold = cut(cut(Untold.NONE, 1, 3, BOB), 2, 3, CAROL);

    assertThat(told(untold, 3)).containsExactlyInAnyOrder(BOB, CAROL);
  }

  @Test
  void with_wentOnTwice_forgetsThePlaceBeforeTheLast() {
    Untold once = cut(cut(Untold.NONE, 1, 2, BOB), 2, 3, BOB);
    assertThat(told(once, 2)).as("an answer can be lost").containsExactlyInAnyOrder(BOB);

    Untold twice = cut(once, 3, 4, BOB);

    assertThat(told(twice, 2)).isEmpty();
    assertThat(told(twice, 3)).containsExactlyInAnyOrder(BOB);
    assertThat(told(twice, 4)).containsExactlyInAnyOrder(BOB);
  }

  @Test
  void with_anotherClientStillThere_keepsItsPlace() {
    Untold two = cut(cut(Untold.NONE, 1, 2, BOB), 1, 2, BOB);

    Untold oneWentOn = cut(cut(two, 2, 3, BOB), 3, 4, BOB);

    assertThat(told(oneWentOn, 2)).containsExactlyInAnyOrder(BOB);
  }

  @Test
  void with_moreThanAreKept_theOldestGoes() {
    Untold untold = Untold.NONE;
    for (int i = 1; i <= MOST; i++) {
      untold = cut(untold, 0, i, BOB);
    }
    assertThat(told(untold, 1)).containsExactlyInAnyOrder(BOB);

    untold = cut(untold, 0, MOST + 1, BOB);

    assertThat(told(untold, 1)).isEmpty();
    assertThat(told(untold, 2)).containsExactlyInAnyOrder(BOB);
    assertThat(told(untold, MOST + 1)).containsExactlyInAnyOrder(BOB);
  }

  /** Returns those who came and went, of whom is still to be told to whoever asks from there. */
  private static Set<UserId> told(Untold untold, long place) {
    return untold.at(place(place)).turned().getOrDefault(ROOM, Set.of());
  }

  private static Untold cut(Untold untold, long from, long end, UserId user) {
    Turnover turnover = new Turnover(Set.of(), Map.of(), Map.of(ROOM, Set.of(user)));
    return untold.with(place(from), place(end), turnover);
  }

  private static StreamToken place(long position) {
    return StreamToken.of(position, 0, 0);
  }
}
