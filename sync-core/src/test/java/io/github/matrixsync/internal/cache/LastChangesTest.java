package io.github.matrixsync.internal.cache;

import static io.github.matrixsync.world.Host.ALICE;
import static io.github.matrixsync.world.Host.BOB;
import static io.github.matrixsync.world.Host.CAROL;
import static io.github.matrixsync.world.Host.ROOM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.event.HistoryVisibility;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.internal.cache.LastChanges.Moment;
import io.github.matrixsync.store.model.Append;
import io.github.matrixsync.store.model.StoredEvent;
import io.github.matrixsync.store.state.MemberChange;
import io.github.matrixsync.world.World;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LastChangesTest {
  private static final RoomId OTHER_ROOM = World.room("other");

  private final FollowedStore followed = new FollowedStore();
  private final LastChanges changes = followed.caches.changes();

  @BeforeEach
  void room() {
    followed.world.create(ROOM, ALICE, "shared");
    followed.follow();
  }

  @Test
  void note_message_isOfTheRoomAlone() {
    long state = changes.lastOfState(ROOM);
    long member = changes.lastOfMember(ALICE);

    followed.message(ROOM, ALICE);

    assertThat(changes.last(ROOM)).isEqualTo(end());
    assertThat(changes.lastOfState(ROOM)).isEqualTo(state).isLessThan(end());
    assertThat(changes.lastOfMember(ALICE)).isEqualTo(member).isLessThan(end());
  }

  @Test
  void note_state_isOfTheRoomAndItsState() {
    followed.topic(ROOM, ALICE, "news");

    assertThat(changes.last(ROOM)).isEqualTo(end());
    assertThat(changes.lastOfState(ROOM)).isEqualTo(end());
    assertThat(changes.lastOfMember(ALICE)).isLessThan(end());
  }

  @Test
  void note_member_isOfTheRoomItsStateAndTheUser() {
    long ofAlice = changes.lastOfMember(ALICE);

    followed.member(ROOM, BOB, "join");

    assertThat(changes.last(ROOM)).isEqualTo(end());
    assertThat(changes.lastOfState(ROOM)).isEqualTo(end());
    assertThat(changes.lastOfMember(BOB)).isEqualTo(end());
    assertThat(changes.lastOfMember(ALICE)).isEqualTo(ofAlice);
    assertThat(changes.lastOfMember(CAROL)).isZero();
  }

  @Test
  void note_anotherRoom_leavesThisOneAlone() {
    long last = changes.last(ROOM);
    long state = changes.lastOfState(ROOM);
    Moment before = changes.now();

    followed.member(OTHER_ROOM, BOB, "join");
    followed.redact(OTHER_ROOM, BOB, followed.message(OTHER_ROOM, BOB).id());

    assertThat(changes.last(ROOM)).isEqualTo(last);
    assertThat(changes.lastOfState(ROOM)).isEqualTo(state);
    assertThat(changes.isIntact(ROOM, before, changes.now())).isTrue();
    assertThat(changes.isIntact(OTHER_ROOM, before, changes.now())).isFalse();
  }

  @Test
  void isIntact_redactionInTheRoom_isNoMore() {
    var message = followed.message(ROOM, ALICE);
    Moment before = changes.now();
    followed.message(ROOM, ALICE);
    assertThat(changes.isIntact(ROOM, before, changes.now())).isTrue();

    followed.redact(ROOM, ALICE, message.id());

    assertThat(changes.isIntact(ROOM, before, changes.now())).isFalse();
    assertThat(changes.isIntact(ROOM, changes.now(), changes.now())).isTrue();
  }

  @Test
  void isIntact_backfillOrPurge_noRoomIs() {
    followed.message(ROOM, ALICE);
    Moment start = changes.now();

    followed.store.append(List.of(Append.backfill(
        followed.world.message(OTHER_ROOM, BOB), Optional.of(HistoryVisibility.SHARED))));
    Moment backfilled = changes.now();
    followed.store.purge(end() - 1);

    assertThat(changes.isIntact(ROOM, start, backfilled)).isFalse();
    assertThat(changes.isIntact(ROOM, backfilled, changes.now())).isFalse();
    assertThat(changes.isIntact(ROOM, changes.now(), changes.now())).isTrue();
  }

  /** An event that was appended and not followed yet is not noted as a change, so {@code now} is before it. */
  @Test
  void now_isUpToWhereTheLogWasFollowed() {
    long before = followed.follow();
    followed.world.append(followed.world.message(ROOM, ALICE));

    assertThat(changes.now().upTo()).isEqualTo(before);
    assertThat(followed.follow()).isEqualTo(before + 1);
    assertThat(changes.now().upTo()).isEqualTo(before + 1);
  }

  @Test
  void restart_anyRoomAndUser_mayHaveChangedUpToThere() {
    Moment before = changes.now();

    changes.restart(100);

    assertThat(changes.now().upTo()).isEqualTo(100);
    assertThat(changes.last(OTHER_ROOM)).isEqualTo(100);
    assertThat(changes.lastOfState(ROOM)).isEqualTo(100);
    assertThat(changes.lastOfMember(CAROL)).isEqualTo(100);
    assertThat(changes.isIntact(ROOM, before, changes.now())).isFalse();
  }

  /** Rooms and users that share a slot also get each other's changes, never fewer than their own. */
  @Test
  void note_moreRoomsThanPlaces_noneIsEverTooEarly() {
    LastChanges crowded = new LastChanges(followed.store, 1);
    List<StoredEvent> joins = joins(8);

    for (StoredEvent join : joins) {
      crowded.note(join);
      crowded.advance(join.position());
      assertThat(joins).allSatisfy(any -> {
        assertThat(crowded.last(any.event().room())).isEqualTo(join.position());
        assertThat(crowded.lastOfState(any.event().room())).isEqualTo(join.position());
        assertThat(crowded.lastOfMember(any.event().sender())).isEqualTo(join.position());
      });
    }
  }

  /** If many rooms or users shared a slot, a change of one would invalidate cache entries of the others. */
  @Test
  void note_manyRoomsAndUsers_nearlyAllHaveAPlaceOfTheirOwn() {
    LastChanges roomy = new LastChanges(followed.store, 1 << 16);
    List<StoredEvent> joins = joins(500);

    joins.forEach(roomy::note);

    assertThat(joins.stream().filter(join -> roomy.last(join.event().room()) == join.position()))
        .hasSizeGreaterThan(480);
    assertThat(joins.stream()
            .filter(join -> roomy.lastOfState(join.event().room()) == join.position()))
        .hasSizeGreaterThan(480);
    assertThat(joins.stream()
            .filter(join -> roomy.lastOfMember(join.event().sender()) == join.position()))
        .hasSizeGreaterThan(480);
  }

  private long end() {
    return followed.store.watermark();
  }

  /** Returns joins of as many users, each in a room of its own. */
  private List<StoredEvent> joins(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> followed.member(World.room("r" + i), World.user("u" + i), "join"))
        .map(followed::stored)
        .filter(join -> join.changes().stream().allMatch(MemberChange.class::isInstance))
        .toList();
  }
}
