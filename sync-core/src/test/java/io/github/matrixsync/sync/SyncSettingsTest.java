package io.github.matrixsync.sync;

import static io.github.matrixsync.world.Host.ALICE;
import static io.github.matrixsync.world.Host.BOB;
import static io.github.matrixsync.world.Host.ROOM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.operation.SyncSettings;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The settings of a host for answers: which left rooms first answers list, and how large timelines are. */
class SyncSettingsTest {
  private static final SyncOptions WITH_LEFT =
      SyncHost.filter("{\"room\":{\"include_leave\":true}}");

  private final SyncHost host = new SyncHost();

  @BeforeEach
  void createTheRoom() {
    host.host.room(ROOM, ALICE);
  }

  @AfterEach
  void close() {
    host.close();
  }

  private void start(SyncSettings settings) {
    host.host.start(host.host.full().sync(settings));
  }

  /** The memberships of bob, each {@code sender:membership}, and whether first answers list the room. */
  @ParameterizedTest
  @CsvSource({
    "b:join b:leave, false, false, true",
    "b:join a:leave, true, false, true",
    "b:join a:ban, true, false, true",
    "b:join b:leave a:ban, false, false, true",
    "b:join a:ban a:leave, true, false, true",
    "b:join a:leave a:invite b:leave, true, false, true",
    "a:invite b:leave, false, false, false",
    "a:invite a:leave, false, false, false",
    "b:knock a:leave, false, false, false",
    "a:ban, false, false, false",
  })
  void firstAnswer_leftRoom_isListedDependingOnWhoEndedTheMembership(
      String memberships, boolean byDefault, boolean bySpecification, boolean ifRequested) {
    for (String each : memberships.split(" ")) {
      host.member(ROOM, each.startsWith("a") ? ALICE : BOB, BOB, each.substring(2));
    }

    assertThat(isLeft(SyncOptions.DEFAULT)).isEqualTo(byDefault);
    assertThat(isLeft(WITH_LEFT)).isEqualTo(ifRequested);
    start(SyncSettings.DEFAULT.withRemovedRooms(false));
    assertThat(isLeft(SyncOptions.DEFAULT)).isEqualTo(bySpecification);
    assertThat(isLeft(SyncOptions.DEFAULT.withFullState(true))).isEqualTo(bySpecification);
    assertThat(isLeft(WITH_LEFT)).isEqualTo(ifRequested);

    host.host.settings.forget(BOB, ROOM);

    assertThat(isLeft(WITH_LEFT)).isFalse();
    start(SyncSettings.DEFAULT);
    assertThat(isLeft(SyncOptions.DEFAULT)).isFalse();
  }

  private boolean isLeft(SyncOptions options) {
    SyncRooms rooms = host.sync(BOB, null, options).rooms();
    assertThat(rooms.join()).isEmpty();
    return rooms.leave().containsKey(ROOM);
  }

  @Test
  void increment_removedSince_isListedWhateverTheSetting() {
    host.host.join(ROOM, BOB);
    start(SyncSettings.DEFAULT.withRemovedRooms(false));
    StreamToken token = host.first(BOB);

    host.member(ROOM, ALICE, BOB, "ban");

    assertThat(host.sync(BOB, token).rooms().leave()).containsKey(ROOM);
  }

  @Test
  void timeline_moreAskedForThanTheBound_isCutToIt() {
    host.host.join(ROOM, BOB);
    StreamToken token = host.first(BOB);
    IntStream.range(0, 103).forEach(i -> host.message(ROOM, ALICE));

    assertThat(timeline(token, "\"limit\":1000").events()).hasSize(100);
    assertThat(timeline(token, "\"limit\":1000").limited()).isTrue();

    start(SyncSettings.DEFAULT.withTimelineLimit(3));

    assertThat(timeline(token, "\"limit\":4").events()).hasSize(3);
    assertThat(timeline(token, "").events()).hasSize(3);
  }

  @Test
  void timeline_moreToExamineThanTheBound_isLimitedFromThere() {
    host.host.join(ROOM, BOB);
    StreamToken token = host.first(BOB);
    host.state(ROOM, ALICE, "m.room.topic", "{}");
    IntStream.range(0, 20).forEach(i -> host.message(ROOM, ALICE));
    String topics = "\"types\":[\"m.room.topic\"]";
    assertThat(timeline(token, topics).events()).hasSize(1);
    assertThat(timeline(token, topics).limited()).isFalse();

    start(SyncSettings.DEFAULT.withExaminedEvents(5));

    assertThat(timeline(token, topics).events()).isEmpty();
    assertThat(timeline(token, topics).limited()).isTrue();
  }

  private Timeline timeline(StreamToken token, String members) {
    return host.sync(BOB, token, SyncHost.timeline(members))
        .rooms()
        .join()
        .get(ROOM)
        .timeline();
  }
}
