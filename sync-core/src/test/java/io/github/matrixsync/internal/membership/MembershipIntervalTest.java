package io.github.matrixsync.internal.membership;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MembershipIntervalTest {
  @Test
  void joinedAt_aTurn_holdsFromItsPositionOn() {
    MembershipInterval interval =
        MembershipInterval.NOT_JOINED.withChange(3, true, 0).withChange(5, false, 0);

    assertThat(interval.joinedAt(2)).isFalse();
    assertThat(interval.joinedAt(3)).isTrue();
    assertThat(interval.joinedAt(4)).isTrue();
    assertThat(interval.joinedAt(5)).isFalse();
    assertThat(interval.joinedLast()).isFalse();
  }

  @Test
  void withChange_toWhereTheyAre_isNoChange() {
    assertThat(MembershipInterval.JOINED.withChange(3, true, 0).isConstant()).isTrue();
    assertThat(MembershipInterval.NOT_JOINED.withChange(3, false, 0).isConstant())
        .isTrue();
    assertThat(MembershipInterval.JOINED
            .withChange(3, false, 0)
            .withChange(4, false, 0)
            .joinedAt(3))
        .isFalse();
  }

  @Test
  void turned_pastWhatNobodyAsks_forgetsThatAlone() {
    MembershipInterval interval =
        MembershipInterval.NOT_JOINED.withChange(3, true, 0).withChange(5, false, 0);

    assertThat(interval.withChange(9, true, 4).joinedAt(4)).isTrue();
    assertThat(interval.withChange(9, true, 4).joinedAt(5)).isFalse();
    assertThat(interval.withChange(9, true, 4).joinedAt(9)).isTrue();
    assertThat(interval.withChange(9, false, 4).isConstant()).isFalse();
    assertThat(interval.withChange(9, false, 5).isConstant()).isTrue();
    assertThat(interval.withChange(9, false, 5).joinedAt(9)).isFalse();
  }
}
