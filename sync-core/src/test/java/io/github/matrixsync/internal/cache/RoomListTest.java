package io.github.matrixsync.internal.cache;

import static io.github.matrixsync.world.Host.ALICE;
import static io.github.matrixsync.world.Host.BOB;
import static io.github.matrixsync.world.Host.CAROL;
import static io.github.matrixsync.world.Host.ROOM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.domain.event.EventForm;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.HistoryVisibility;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.encoding.EncodedEvents;
import io.github.matrixsync.store.model.Append;
import io.github.matrixsync.store.model.HistoryPoint;
import io.github.matrixsync.store.model.Range;
import io.github.matrixsync.store.model.Ranges;
import io.github.matrixsync.store.model.StoredEvent;
import io.github.matrixsync.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which viewers may get a cached list, which was read for no viewer in particular. */
class RoomListTest {
  private static final int MANY = 20;
  private static final HistoryPoint NONE = HistoryPoint.START;

  private final FollowedStore followed = new FollowedStore();

  @Test
  void isWithin_allInTheViewersRanges_is() {
    RoomList list = messages(3, MANY);

    assertThat(list.isWithin(liveEvents(BOB, 0, end()), NONE)).isTrue();
    assertThat(list.isWithin(liveEvents(BOB, oldest(list) - 1, end()), NONE)).isTrue();
  }

  @Test
  void isWithin_oneBeforeOrBehindTheViewersRanges_isNot() {
    RoomList list = messages(3, MANY);

    assertThat(list.isWithin(liveEvents(BOB, oldest(list), end()), NONE)).isFalse();
    assertThat(list.isWithin(liveEvents(BOB, 0, end() - 1), NONE)).isFalse();
    assertThat(list.isWithin(nothing(BOB), NONE)).isFalse();
  }

  @Test
  void isWithin_outsideTheRangesButTheViewersOwn_is() {
    RoomEvent sent = followed.message(ROOM, BOB);
    RoomEvent about = followed.append(followed.world.member(ROOM, ALICE, BOB, "leave"));
    RoomList list = of(List.of(sent, about), MANY);

    assertThat(list.isWithin(nothing(BOB), NONE)).isTrue();
    assertThat(list.isWithin(nothing(CAROL), NONE)).isFalse();
    assertThat(list.isWithin(nothing(ALICE), NONE)).isFalse();
  }

  @Test
  void isWithin_viewerIsNobody_ownsNothing() {
    RoomList list = messages(1, MANY);
    Ranges nobody = new Ranges(List.of(), end(), Optional.empty(), Set.of());

    assertThat(list.isWithin(nobody, NONE)).isFalse();
  }

  @Test
  void isWithin_backfill_needsItsVisibilityToBeTheViewers() {
    RoomList list = of(
        List.of(
            backfill(ALICE, 1, HistoryVisibility.SHARED),
            backfill(ALICE, 2, HistoryVisibility.WORLD_READABLE)),
        MANY);

    assertThat(list.isWithin(
            backfilled(HistoryVisibility.SHARED, HistoryVisibility.WORLD_READABLE), NONE))
        .isTrue();
    assertThat(list.isWithin(backfilled(HistoryVisibility.WORLD_READABLE), NONE))
        .isFalse();
    assertThat(list.isWithin(backfilled(HistoryVisibility.SHARED), NONE)).isFalse();
  }

  /**
   * A backfilled event of unknown visibility that the viewer sent is missing in the cached list, but would be in a list
   * read for the viewer if that reaches back far enough.
   */
  @Test
  void isWithin_viewerHasOwnBackfill_isIfTheListBeginsBehindIt() {
    RoomList whole = messages(3, MANY);
    RoomList cut = messages(3, 3);
    HistoryPoint oldest = cut.first().orElseThrow();
    HistoryPoint older = new HistoryPoint(oldest.depth() - 1, -1);
    HistoryPoint newer = new HistoryPoint(oldest.depth() + 1, -1);

    assertThat(cut.isWithin(liveEvents(BOB, 0, end()), older)).isTrue();
    assertThat(cut.isWithin(liveEvents(BOB, 0, end()), newer)).isFalse();
    assertThat(whole.isWithin(liveEvents(BOB, 0, end()), older)).isFalse();
  }

  @Test
  void first_someOrNone_isWhereTheOldestStands() {
    RoomEvent first = followed.message(ROOM, ALICE);
    RoomEvent second = followed.message(ROOM, ALICE);

    assertThat(of(List.of(first, second), MANY).first())
        .contains(followed.stored(first).point());
    assertThat(of(List.of(), MANY).first()).isEmpty();
  }

  @Test
  void senders_ofAll_areThoseWhoseContentIsShownInAnyWay() {
    RoomEvent replaced = followed.topic(ROOM, CAROL, "old");
    RoomEvent topic = followed.topic(ROOM, ALICE, "new");
    followed.redact(ROOM, BOB, topic.id());
    StoredEvent old = followed.stored(replaced);

    assertThat(of(List.of(topic), Map.of(), MANY).senders()).containsExactlyInAnyOrder(ALICE, BOB);
    assertThat(of(List.of(topic), Map.of(replaced.id(), old), MANY).senders())
        .containsExactlyInAnyOrder(ALICE, BOB, CAROL);
  }

  @Test
  void hasSender_ofSomeUsers_isIfOneIsAmongThem() {
    RoomList list = messages(1, MANY);

    assertThat(list.hasSender(Set.of(BOB, ALICE))).isTrue();
    assertThat(list.hasSender(Set.of(BOB))).isFalse();
    assertThat(list.hasSender(Set.of())).isFalse();
  }

  @Test
  void weight_ofAList_growsWithItsBytesItsEventsAndItsSenders() {
    RoomList one = messages(1, MANY);
    RoomList ten = messages(10, MANY);
    RoomList ofTen = of(messagesOf(10), MANY);
    RoomList state = of(messagesOf(10), 0);

    assertThat(one.weight()).isGreaterThan(one.events().weight());
    assertThat(besidesItsBytes(ten)).isGreaterThan(besidesItsBytes(one) + 9 * 16);
    assertThat(besidesItsBytes(ofTen)).isGreaterThan(besidesItsBytes(ten) + 9 * 24);
    assertThat(besidesItsBytes(state)).isLessThan(besidesItsBytes(ofTen));
  }

  private static int besidesItsBytes(RoomList list) {
    return list.weight() - list.events().weight();
  }

  /** Returns a list of {@code count} messages by Alice. */
  private RoomList messages(int count, int limit) {
    List<RoomEvent> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      events.add(followed.message(ROOM, ALICE));
    }
    return of(events, limit);
  }

  /** Returns messages, each by another sender. */
  private List<RoomEvent> messagesOf(int senders) {
    List<RoomEvent> events = new ArrayList<>();
    for (int i = 0; i < senders; i++) {
      events.add(followed.message(ROOM, World.user("u" + i)));
    }
    return events;
  }

  private RoomEvent backfill(UserId sender, int depth, HistoryVisibility visibility) {
    RoomEvent event =
        followed.world.event(ROOM, sender, "m.room.message", "\"depth\":" + depth + ",", "{}");
    followed.store.append(List.of(Append.backfill(event, Optional.of(visibility))));
    return event;
  }

  private RoomList of(List<RoomEvent> events, int limit) {
    return of(events, Map.of(), limit);
  }

  private RoomList of(List<RoomEvent> events, Map<EventId, StoredEvent> replaced, int limit) {
    List<StoredEvent> stored = events.stream().map(followed::stored).toList();
    EncodedEvents encoded =
        EncodedEvents.of(EventForm.V1, stored, event -> event.replaces().map(replaced::get));
    RoomList.Reading reading = new RoomList.Reading(followed.caches.changes().now(), end(), limit);
    return new RoomList(stored, replaced, encoded, reading);
  }

  private static long oldest(RoomList list) {
    return list.first().orElseThrow().position();
  }

  private long end() {
    return followed.store.watermark();
  }

  private Ranges liveEvents(UserId viewer, long after, long upTo) {
    return new Ranges(List.of(new Range(after, upTo)), end(), Optional.of(viewer), Set.of());
  }

  private Ranges nothing(UserId viewer) {
    return new Ranges(List.of(), end(), Optional.of(viewer), Set.of());
  }

  private Ranges backfilled(HistoryVisibility... visibilities) {
    return new Ranges(List.of(), end(), Optional.of(BOB), Set.of(visibilities));
  }
}
