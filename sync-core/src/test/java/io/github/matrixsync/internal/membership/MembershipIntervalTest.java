package io.github.matrixsync.internal.membership;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MembershipIntervalTest {
  @Test
  void joinedAt_aTurn_holdsFromItsPositionOn() {
    MembershipInterval stay = MembershipInterval.OUT.turned(3, true, 0).turned(5, false, 0);

    assertThat(stay.joinedAt(2)).isFalse();
    assertThat(stay.joinedAt(3)).isTrue();
    assertThat(stay.joinedAt(4)).isTrue();
    assertThat(stay.joinedAt(5)).isFalse();
    assertThat(stay.joinedLast()).isFalse();
  }

  @Test
  void turned_toWhereTheyAre_isNoTurn() {
    assertThat(MembershipInterval.IN.turned(3, true, 0).isPlain()).isTrue();
    assertThat(MembershipInterval.OUT.turned(3, false, 0).isPlain()).isTrue();
    assertThat(MembershipInterval.IN.turned(3, false, 0).turned(4, false, 0).joinedAt(3))
        .isFalse();
  }

  @Test
  void turned_pastWhatNobodyAsks_forgetsThatAlone() {
    MembershipInterval stay = MembershipInterval.OUT.turned(3, true, 0).turned(5, false, 0);

    assertThat(stay.turned(9, true, 4).joinedAt(4)).isTrue();
    assertThat(stay.turned(9, true, 4).joinedAt(5)).isFalse();
    assertThat(stay.turned(9, true, 4).joinedAt(9)).isTrue();
    assertThat(stay.turned(9, false, 4).isPlain()).isFalse();
    assertThat(stay.turned(9, false, 5).isPlain()).isTrue();
    assertThat(stay.turned(9, false, 5).joinedAt(9)).isFalse();
  }
}
