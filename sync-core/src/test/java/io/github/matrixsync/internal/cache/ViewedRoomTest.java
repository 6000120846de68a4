package io.github.matrixsync.internal.cache;

import static io.github.matrixsync.world.Host.ALICE;
import static io.github.matrixsync.world.Host.BOB;
import static io.github.matrixsync.world.Host.CAROL;
import static io.github.matrixsync.world.Host.ROOM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.domain.event.EventForm;
import io.github.matrixsync.domain.visibility.RoomView;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.model.HistoryPoint;
import io.github.matrixsync.store.state.Timelines;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ViewedRoomTest {
  private static final int LIMIT = 5;

  private final FollowedStore followed = new FollowedStore();

  @BeforeEach
  void room() {
    followed.world.create(ROOM, ALICE, "shared");
    followed.member(ROOM, BOB, "join");
  }

  @Test
  void extent_joined_goesWithTheLog() {
    ViewedRoom seen = seen(BOB);

    assertThat(seen.isShown()).isTrue();
    assertThat(seen.departed()).isEmpty();
    assertThat(seen.extent(end())).isEqualTo(end());
    assertThat(seen.extent(end() + 7)).isEqualTo(end() + 7);
  }

  @Test
  void extent_left_staysWhereTheyLeft() {
    followed.member(ROOM, BOB, "leave");
    long departure = end();
    followed.topic(ROOM, ALICE, "later");

    assertThat(seen(BOB).isShown()).isTrue();
    assertThat(seen(BOB).departed()).hasValue(departure);
    assertThat(seen(BOB).extent(end())).isEqualTo(departure);
  }

  @Test
  void isShown_neverJoined_isNot() {
    followed.append(followed.world.member(ROOM, ALICE, CAROL, "invite"));

    assertThat(seen(CAROL).isShown()).isFalse();
  }

  /** A list up to now is cached with the lists of other viewers; a list up to an earlier position is not. */
  @Test
  void once_upToNowOrBefore_isShownUpToThere() {
    assertThat(once(end()).departed()).isEmpty();
    assertThat(once(end()).extent(end())).isEqualTo(end());
    assertThat(once(end() - 1).departed()).hasValue(end() - 1);
    assertThat(once(end() - 1).extent(end())).isEqualTo(end() - 1);
  }

  @Test
  void isCoveredBy_ignoredSender_isNotThoughItWasBefore() {
    followed.message(ROOM, ALICE);
    ViewedRoom seen = seen(BOB);
    RoomList messages = messages(seen);

    assertThat(seen.isCoveredBy(messages, end(), Set.of())).isTrue();
    assertThat(seen.isCoveredBy(messages, end(), Set.of(ALICE))).isFalse();
    assertThat(seen.isCoveredBy(messages, end(), Set.of(CAROL))).isTrue();
  }

  @Test
  void isCoveredBy_messagesFromBeforeTheViewersTime_isNotThoughAnotherListWas() {
    followed.append(followed.world.event(
        ROOM,
        ALICE,
        "m.room.history_visibility",
        "\"state_key\":\"\",",
        "{\"history_visibility\":\"joined\"}"));
    followed.message(ROOM, ALICE);
    followed.member(ROOM, CAROL, "join");
    for (int i = 0; i < LIMIT; i++) {
      followed.message(ROOM, ALICE);
    }
    ViewedRoom seen = seen(CAROL);
    RoomList newest = messages(seen);
    RoomList more = followed.caches.lists().messages(List.of(seen), end(), EventForm.V1, 20)[0];

    assertThat(seen.isCoveredBy(newest, end(), Set.of())).isTrue();
    assertThat(seen.isCoveredBy(more, end(), Set.of())).isFalse();
    assertThat(seen.isCoveredBy(newest, end(), Set.of())).isTrue();
  }

  @Test
  void isIn_stateWithOrWithoutTheViewersEvent_isSaidEachTime() {
    EventId present = followed.member(ROOM, BOB, "join").id();
    ViewedRoom seen = seen(BOB);
    RoomList with = state(seen);
    followed.member(ROOM, BOB, "join");
    RoomList without = state(seen(BOB));

    assertThat(seen.isIn(without, present)).isFalse();
    assertThat(seen.isIn(with, present)).isTrue();
    assertThat(seen.isIn(with, present)).isTrue();
    assertThat(seen.isIn(without, present)).isFalse();
  }

  @Test
  void weight_longerTimelines_isMore() {
    int before = seen(BOB).weight();
    for (int i = 0; i < 5; i++) {
      followed.member(ROOM, BOB, "leave");
      followed.member(ROOM, BOB, "join");
    }

    assertThat(before).isPositive();
    assertThat(seen(BOB).weight()).isGreaterThan(before + 10 * 50);
    assertThat(once(end()).weight()).isPositive();
  }

  private ViewedRoom seen(UserId viewer) {
    return ViewedRoom.ofMember(viewer, ROOM, lines(viewer), end(), HistoryPoint.START);
  }

  private ViewedRoom once(long extent) {
    RoomView view = RoomView.of(BOB, lines(BOB), end());
    OptionalLong departed = extent < end() ? OptionalLong.of(extent) : OptionalLong.empty();
    return ViewedRoom.once(BOB, ROOM, view, departed, HistoryPoint.START);
  }

  private Timelines lines(UserId viewer) {
    return followed.store.timelines(viewer, List.of(ROOM), end()).get(ROOM);
  }

  private RoomList messages(ViewedRoom seen) {
    return followed.caches.lists().messages(List.of(seen), end(), EventForm.V1, LIMIT)[0];
  }

  private RoomList state(ViewedRoom seen) {
    return followed.caches.lists().state(List.of(seen), end(), EventForm.V1)[0];
  }

  private long end() {
    return followed.store.watermark();
  }
}
