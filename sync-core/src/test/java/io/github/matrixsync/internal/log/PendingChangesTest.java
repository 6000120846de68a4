package io.github.matrixsync.internal.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.domain.token.StreamToken;
import org.junit.jupiter.api.Test;

class PendingChangesTest {
  private static final int MOST = 8;

  @Test
  void since_whereNoAnswerWasCut_isThePlace() {
    PendingChanges untold = cut(PendingChanges.NONE, 1, 2);

    assertSince(untold, 1, 1);
    assertSince(untold, 2, 1);
    assertSince(PendingChanges.NONE, 2, 2);
  }

  @Test
  void with_nobodyCameOrWent_hasNothingToTell() {
    PendingChanges untold = PendingChanges.NONE.with(place(1), place(2), false);

    assertSince(untold, 2, 2);
    assertSince(cut(untold, 2, 3), 3, 2);
  }

  @Test
  void with_nobodyCameOrWentAfterSomebodyDid_tellsSinceThen() {
    assertSince(cut(PendingChanges.NONE, 1, 2).with(place(2), place(3), false), 3, 1);
  }

  @Test
  void with_answersFromTwoPlacesToOne_tellsOfBoth() {
    assertSince(cut(cut(PendingChanges.NONE, 1, 3), 2, 3), 3, 1);
    assertSince(cut(cut(PendingChanges.NONE, 2, 3), 1, 3), 3, 1);
  }

  @Test
  void with_wentOnTwice_forgetsThePlaceBeforeTheLast() {
    PendingChanges once = cut(cut(PendingChanges.NONE, 1, 2), 2, 3);
    assertSince(once, 2, 1); // an answer can be lost

    PendingChanges twice = cut(once, 3, 4);

    assertThat(twice.isAnyAt(place(2))).isFalse();
    assertSince(twice, 3, 1);
    assertSince(twice, 4, 1);
  }

  @Test
  void with_anotherClientStillThere_keepsItsPlace() {
    PendingChanges two = cut(cut(PendingChanges.NONE, 1, 2), 1, 2);

    assertSince(cut(cut(two, 2, 3), 3, 4), 2, 1);
  }

  @Test
  void with_moreThanAreKept_theOldestGoes() {
    PendingChanges untold = PendingChanges.NONE;
    for (int i = 1; i <= MOST; i++) {
      untold = cut(untold, 0, i);
    }
    assertSince(untold, 1, 0);

    untold = cut(untold, 0, MOST + 1);

    assertThat(untold.isAnyAt(place(1))).isFalse();
    assertSince(untold, 2, 0);
    assertSince(untold, MOST + 1, 0);
  }

  private static void assertSince(PendingChanges untold, long place, long since) {
    assertThat(untold.since(place(place))).isEqualTo(since);
    assertThat(untold.isAnyAt(place(place))).isEqualTo(since < place);
  }

  private static PendingChanges cut(PendingChanges untold, long from, long end) {
    return untold.with(place(from), place(end), true);
  }

  private static StreamToken place(long position) {
    return StreamToken.of(position, 0, 0);
  }
}
