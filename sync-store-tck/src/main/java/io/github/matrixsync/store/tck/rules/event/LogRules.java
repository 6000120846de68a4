package io.github.matrixsync.store.tck.rules.event;

import static io.github.matrixsync.store.tck.support.Events.ALICE;
import static io.github.matrixsync.store.tck.support.Events.BOB;
import static io.github.matrixsync.store.tck.support.Events.OTHER_ROOM;
import static io.github.matrixsync.store.tck.support.Events.ROOM;
import static io.github.matrixsync.store.tck.support.Events.UNKNOWN_ROOM;
import static io.github.matrixsync.store.tck.support.Events.member;
import static io.github.matrixsync.store.tck.support.Events.message;
import static io.github.matrixsync.store.tck.support.Events.messageIn;
import static io.github.matrixsync.store.tck.support.StoreReads.last;
import static io.github.matrixsync.store.tck.support.StoreReads.log;
import static io.github.matrixsync.store.tck.support.StoreReads.names;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.store.model.Interest;
import io.github.matrixsync.store.model.LogPage;
import io.github.matrixsync.store.model.StoredEvent;
import io.github.matrixsync.store.tck.support.Events;
import io.github.matrixsync.store.tck.support.Notifications;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Tests reads of the log: the rules P and B, and L for listeners that read. */
public interface LogRules extends EventStoreFixture {
  @Test
  default void p1_log_positions_increaseInTheOrderOfArrival() {
    List<Long> positions = new ArrayList<>(fill(message("a"), message("b")));
    positions.addAll(fill(message("c")));

    assertThat(positions).isSorted().doesNotHaveDuplicates();
    assertThat(positions).allSatisfy(position -> assertThat(position).isPositive());
    assertThat(log(tested(), Interest.everything(), start(), last(positions)))
        .extracting(StoredEvent::position)
        .containsExactlyInAnyOrderElementsOf(positions);
  }

  @Test
  default void p2_log_manyLaterEvents_prefixStays() {
    long end = last(fill(message("a"), messageIn(OTHER_ROOM, BOB, "b"), message("c")));
    List<StoredEvent> prefix = log(tested(), Interest.everything(), start(), end);
    for (int i = 0; i < 150; i++) {
      fill(message("later" + i));
    }

    assertThat(names(prefix)).containsExactlyInAnyOrder("a", "b", "c");
    assertThat(log(tested(), Interest.everything(), start(), end)).isEqualTo(prefix);
  }

  @Test
  default void l1_onAdvance_listener_readsWhatIsNew() {
    Notifications<String> notified = new Notifications<>();
    long start = start();
    tested().onAdvance(() -> {
      long upTo = tested().watermark();
      names(log(tested(), Interest.everything(), start, upTo)).forEach(notified::add);
    });

    fill(message("a"));

    notified.await("a"::equals, "a signal with which the new event can be read");
  }

  @Test
  default void b1_log_after_isExclusiveAndUpToInclusive() {
    List<Long> at = fill(message("a"), message("b"), message("c"), message("d"));

    assertThat(names(log(tested(), Interest.everything(), at.get(0), at.get(2))))
        .containsExactlyInAnyOrder("b", "c");
    assertThat(names(log(tested(), Interest.of(ROOM), at.get(0), at.get(2))))
        .containsExactlyInAnyOrder("b", "c");
    assertThat(names(log(tested(), Interest.of(ALICE), at.get(0), at.get(2)))).isSubsetOf("b", "c");
  }

  @Test
  default void b1_log_afterIsUpTo_isEmpty() {
    long at = fill(message("a"), message("b")).get(0);

    LogPage page = tested().log(Interest.everything(), at, at, 10);

    assertThat(page.events()).isEmpty();
    assertThat(page.through()).isEqualTo(at);
  }

  @Test
  default void b2_log_limit_cutsOffTheHighestAndSaysSo() {
    List<Long> at = fill(message("a"), message("b"), message("c"), message("d"));

    LogPage page = tested().log(Interest.everything(), start(), at.get(3), 2);

    assertThat(names(page.events())).hasSizeLessThanOrEqualTo(2);
    assertThat(List.of("a", "b")).startsWith(names(page.events()).toArray(String[]::new));
    assertThat(page.through()).isGreaterThan(start()).isLessThan(at.get(2));
  }

  @Test
  default void b2_log_limitOfOne_goesOnByOne() {
    List<Long> at = fill(message("a"), message("b"));

    LogPage page = tested().log(Interest.everything(), start(), at.get(1), 1);

    assertThat(List.of("a")).startsWith(names(page.events()).toArray(String[]::new));
    assertThat(page.through()).isGreaterThan(start()).isLessThan(at.get(1));
  }

  @Test
  default void b2_log_pagesPutTogether_areTheWholeInOrder() {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      fill(messageIn(i % 3 == 0 ? OTHER_ROOM : ROOM, i % 2 == 0 ? BOB : ALICE, "m" + i));
      all.add("m" + i);
    }
    long end = last(fill(message("end")));
    all.add("end");

    for (int limit : new int[] {2, 3, 100}) {
      Set<String> paged = new LinkedHashSet<>();
      pages(Interest.everything(), end, limit).forEach(page -> paged.addAll(names(page.events())));
      assertThat(paged).as("in pages of %d", limit).containsExactlyElementsOf(all);
    }
  }

  @Test
  default void b2_log_anyInterest_comesToItsEnd() {
    fill(member("join", BOB, Membership.JOIN));
    for (int i = 0; i < 20; i++) {
      fill(messageIn(OTHER_ROOM, ALICE, "m" + i));
    }
    long end = last(fill(message("end")));

    for (Interest interest :
        List.of(Interest.of(BOB), Interest.of(ROOM), Interest.of(OTHER_ROOM))) {
      assertThat(last(pages(interest, end, 2)).through()).isEqualTo(end);
    }
    assertThat(last(pages(Interest.of(UNKNOWN_ROOM), end, 2)).through()).isEqualTo(end);
  }

  @Test
  default void b3_log_ofARoom_holdsAllOfTheRoom() {
    long end =
        last(fill(message("a"), messageIn(OTHER_ROOM, BOB, "b"), message("c"), message("d")));

    assertThat(names(log(tested(), Interest.of(ROOM), start(), end))).contains("a", "c", "d");
    assertThat(names(log(tested(), Interest.of(OTHER_ROOM), start(), end))).contains("b");
  }

  @Test
  default void b3_log_ofAUser_holdsTheRoomsOfTheIntervalAndTheirOwnEvents() {
    List<Long> at = fill(ofBob());
    long end = last(at);

    assertThat(names(log(tested(), Interest.of(BOB), at.get(1), end)))
        .as("joins within the interval")
        .contains("join", "in", "leave", "after", "invite", "own");
    assertThat(names(log(tested(), Interest.of(BOB), at.get(2), end)))
        .as("is joined when the interval begins")
        .contains("in", "leave", "after", "invite", "own");
    assertThat(names(log(tested(), Interest.of(BOB), at.get(4), end)))
        .as("has left before the interval")
        .contains("invite", "own");
    assertThat(names(log(tested(), Interest.of(BOB), at.get(1), at.get(2))))
        .as("joins at the end of the interval")
        .contains("join");
  }

  private static List<RoomEvent> ofBob() {
    return List.of(
        messageIn(OTHER_ROOM, ALICE, "stranger"),
        message("before"),
        member("join", BOB, Membership.JOIN),
        message("in"),
        member("leave", BOB, Membership.LEAVE),
        message("after"),
        Events.memberIn(OTHER_ROOM, "invite", BOB, Membership.INVITE),
        messageIn(OTHER_ROOM, BOB, "own"));
  }

  private List<LogPage> pages(Interest interest, long end, int limit) {
    List<LogPage> pages = new ArrayList<>();
    long after = start();
    while (after < end) {
      LogPage page = tested().log(interest, after, end, limit);
      assertThat(page.through()).as("the page's end").isGreaterThan(after).isLessThanOrEqualTo(end);
      assertThat(page.events()).hasSizeLessThanOrEqualTo(limit);
      pages.add(page);
      after = page.through();
    }
    return pages;
  }
}
