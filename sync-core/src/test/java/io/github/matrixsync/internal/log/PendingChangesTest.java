package io.github.matrixsync.internal.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.domain.token.StreamToken;
import org.junit.jupiter.api.Test;

class PendingChangesTest {
  private static final int MAX_NOTES = 8;

  @Test
  void pendingAfter_whereNoAnswerWasCut_isTheToken() {
    PendingChanges pending = cut(PendingChanges.NONE, 1, 2);

    assertPendingAfter(pending, 1, 1);
    assertPendingAfter(pending, 2, 1);
    assertPendingAfter(PendingChanges.NONE, 2, 2);
  }

  @Test
  void with_nobodyJoinedOrLeft_hasNothingPending() {
    PendingChanges pending = PendingChanges.NONE.with(place(1), place(2), false);

    assertPendingAfter(pending, 2, 2);
    assertPendingAfter(cut(pending, 2, 3), 3, 2);
  }

  @Test
  void with_nobodyJoinedOrLeftAfterSomebodyDid_isPendingSinceThen() {
    assertPendingAfter(cut(PendingChanges.NONE, 1, 2).with(place(2), place(3), false), 3, 1);
  }

  @Test
  void with_answersFromTwoTokensToOne_coversBoth() {
    assertPendingAfter(cut(cut(PendingChanges.NONE, 1, 3), 2, 3), 3, 1);
    assertPendingAfter(cut(cut(PendingChanges.NONE, 2, 3), 1, 3), 3, 1);
  }

  @Test
  void with_twoAnswersLater_forgetsTheFirst() {
    PendingChanges once = cut(cut(PendingChanges.NONE, 1, 2), 2, 3);
    assertPendingAfter(once, 2, 1); // an answer can be lost

    PendingChanges twice = cut(once, 3, 4);

    assertThat(twice.hasPending(place(2))).isFalse();
    assertPendingAfter(twice, 3, 1);
    assertPendingAfter(twice, 4, 1);
  }

  @Test
  void with_anotherClientStillThere_keepsItsNote() {
    PendingChanges two = cut(cut(PendingChanges.NONE, 1, 2), 1, 2);

    assertPendingAfter(cut(cut(two, 2, 3), 3, 4), 2, 1);
  }

  @Test
  void with_moreThanAreKept_theOldestGoes() {
    PendingChanges pending = PendingChanges.NONE;
    for (int i = 1; i <= MAX_NOTES; i++) {
      pending = cut(pending, 0, i);
    }
    assertPendingAfter(pending, 1, 0);

    pending = cut(pending, 0, MAX_NOTES + 1);

    assertThat(pending.hasPending(place(1))).isFalse();
    assertPendingAfter(pending, 2, 0);
    assertPendingAfter(pending, MAX_NOTES + 1, 0);
  }

  private static void assertPendingAfter(PendingChanges pending, long place, long pendingAfter) {
    assertThat(pending.pendingAfter(place(place))).isEqualTo(pendingAfter);
    assertThat(pending.hasPending(place(place))).isEqualTo(pendingAfter < place);
  }

  private static PendingChanges cut(PendingChanges pending, long after, long end) {
    return pending.with(place(after), place(end), true);
  }

  private static StreamToken place(long position) {
    return StreamToken.of(position, 0, 0);
  }
}
