package io.github.matrixsync.internal.sync;

import static io.github.matrixsync.world.Host.ALICE;
import static io.github.matrixsync.world.Host.BOB;
import static io.github.matrixsync.world.Host.CAROL;
import static io.github.matrixsync.world.Host.ROOM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.domain.filter.FilterSpec;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.DeviceId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.room.ViewerContext;
import io.github.matrixsync.sync.SyncOptions;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The member events that a client with lazy loading has already been sent. */
class ToldMembersTest {
  private static final StreamToken FIRST = StreamToken.of(1, 0, 0);
  private static final StreamToken SECOND = StreamToken.of(2, 0, 0);
  private static final SyncOptions PHONE = SyncOptions.DEFAULT.withDevice(DeviceId.parse("PHONE"));

  private final ToldMembers told = new ToldMembers(1 << 20);

  private static ViewerContext viewer(SyncOptions options) {
    return new ViewerContext(ALICE, options, Set.of(), FIRST, Instant.EPOCH);
  }

  private void remember(StreamToken since, StreamToken end, UserId... users) {
    ViewerContext viewer = viewer(PHONE);
    told.remember(viewer, told.at(viewer, since), end, Map.of(ROOM, Set.of(users)), Set.of());
  }

  private boolean knows(SyncOptions options, StreamToken at, UserId user) {
    return told.at(viewer(options), at).has(ROOM, user);
  }

  @Test
  void known_atATokenThatWasReturned_hasAllMembersSentUpToIt() {
    remember(FIRST, FIRST, BOB);
    remember(FIRST, SECOND, CAROL);

    assertThat(knows(PHONE, FIRST, BOB)).isTrue();
    assertThat(knows(PHONE, FIRST, CAROL)).isFalse();
    assertThat(knows(PHONE, SECOND, BOB)).isTrue();
    assertThat(knows(PHONE, SECOND, CAROL)).isTrue();
    assertThat(knows(PHONE, StreamToken.of(3, 0, 0), BOB)).isFalse();
  }

  @Test
  void known_ofTwoAnswersThatEndAtOneToken_hasTheMembersOfBoth() {
    remember(FIRST, SECOND, BOB, CAROL);
    remember(FIRST, SECOND, CAROL);

    assertThat(knows(PHONE, SECOND, BOB)).isFalse();
    assertThat(knows(PHONE, SECOND, CAROL)).isTrue();
  }

  @Test
  void known_byOneDeviceAndFilter_isNotKnownByAnother() {
    remember(FIRST, FIRST, BOB);

    assertThat(knows(SyncOptions.DEFAULT, FIRST, BOB)).isFalse();
    FilterSpec other = FilterSpec.parse("{\"room\":{\"timeline\":{\"limit\":1}}}");
    assertThat(knows(PHONE.withFilter(other), FIRST, BOB)).isFalse();
  }

  @Test
  void known_moreThanTheBound_isForgotten() {
    ToldMembers small = new ToldMembers(2_000);
    ViewerContext viewer = viewer(PHONE);
    for (int i = 1; i <= 100; i++) {
      small.remember(
          viewer,
          ToldMembers.Known.NOBODY,
          StreamToken.of(i, 0, 0),
          Map.of(ROOM, Set.of(BOB)),
          Set.of());
    }

    long known = 0;
    for (int i = 1; i <= 100; i++) {
      known += small.at(viewer, StreamToken.of(i, 0, 0)).has(ROOM, BOB) ? 1 : 0;
    }
    assertThat(known).isBetween(1L, 20L);
  }
}
