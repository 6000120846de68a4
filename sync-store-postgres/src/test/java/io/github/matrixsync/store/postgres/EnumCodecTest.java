package io.github.matrixsync.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.event.HistoryVisibility;
import io.github.matrixsync.event.Membership;
import io.github.matrixsync.store.ephemeral.PresenceState;
import io.github.matrixsync.store.model.EventKind;
import org.junit.jupiter.api.Test;

/** The numbers of enum constants, which stand in tables. */
class EnumCodecTest {
  @Test
  void constants_ofAllEnumsInTables_haveTheirNumbers() {
    assertThat(EventKind.values())
        .containsExactly(EventKind.LIVE, EventKind.OUTLIER, EventKind.BACKFILL);
    assertThat(Membership.values())
        .containsExactly(
            Membership.JOIN, Membership.INVITE, Membership.KNOCK, Membership.LEAVE, Membership.BAN);
    assertThat(HistoryVisibility.values())
        .containsExactly(
            HistoryVisibility.WORLD_READABLE,
            HistoryVisibility.SHARED,
            HistoryVisibility.INVITED,
            HistoryVisibility.JOINED);
    assertThat(PresenceState.values())
        .containsExactly(
            PresenceState.ONLINE,
            PresenceState.UNAVAILABLE,
            PresenceState.OFFLINE,
            PresenceState.FREE_FOR_CHAT);
  }
}
