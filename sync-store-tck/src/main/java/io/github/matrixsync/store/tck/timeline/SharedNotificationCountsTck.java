package io.github.matrixsync.store.tck.timeline;

import static io.github.matrixsync.store.tck.support.Events.ALICE;
import static io.github.matrixsync.store.tck.support.Events.BOB;
import static io.github.matrixsync.store.tck.support.Events.OTHER_ROOM;
import static io.github.matrixsync.store.tck.support.Events.ROOM;
import static io.github.matrixsync.store.tck.support.Events.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.store.tck.SharedStoreTck;
import io.github.matrixsync.store.tck.support.Notifications;
import io.github.matrixsync.store.tck.support.Threads;
import io.github.matrixsync.store.timeline.SettableNotificationCounts;
import io.github.matrixsync.store.timeline.UnreadCounts;
import io.github.matrixsync.store.timeline.UnreadCounts.Count;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The contract of unread counts for several store instances that share one storage: the rules NC of the package {@code
 * io.github.matrixsync.store.timeline}, checked between instances. Implement {@link #open} and {@link #another}; {@link
 * SharedStoreTck} has an example.
 *
 * @param <S> the store's type
 * @since 0.1.0
 */
public abstract class SharedNotificationCountsTck<S extends SettableNotificationCounts>
    extends SharedStoreTck<S> {
  private static final int ROOMS = 20;

  /** For subclasses. */
  protected SharedNotificationCountsTck() {}

  @Test
  void nc1_counts_theOtherSetWithoutASignal_areNew() {
    S unsignaled = withoutSignals();
    for (int i = 0; i < 3; i++) {
      UnreadCounts now = some(i);
      store().set(ALICE, ROOM, now);
      assertThat(unsignaled.counts(ALICE, List.of(ROOM), 1)).isEqualTo(Map.of(ROOM, now));
    }

    unsignaled.set(ALICE, ROOM, UnreadCounts.NONE);
    assertThat(store().counts(ALICE, List.of(ROOM), 1)).isEqualTo(Map.of(ROOM, UnreadCounts.NONE));
  }

  @Test
  void nc1_set_byBothAtOnce_allAreSet() {
    S unsignaled = withoutSignals();
    Threads.all(List.of(() -> setAll(store(), "a"), () -> setAll(unsignaled, "b")));

    Map<RoomId, UnreadCounts> expected = new HashMap<>();
    for (int i = 0; i < ROOMS; i++) {
      expected.put(room("a", i), some(i));
      expected.put(room("b", i), some(i));
    }
    assertThat(store().counts(ALICE, expected.keySet(), 1)).isEqualTo(expected);
    assertThat(unsignaled.counts(ALICE, expected.keySet(), 1)).isEqualTo(expected);
  }

  @Test
  void nc4_onChange_theOtherSets_isCalledForEachAndReads() {
    Notifications<Object> notified = new Notifications<>();
    store()
        .onChange((user, room) ->
            notified.add(List.of(user, store().counts(user, List.of(room), 1))));

    other().set(ALICE, ROOM, some(1));
    other().set(ALICE, OTHER_ROOM, some(2));
    other().set(BOB, ROOM, some(3));

    notified.await(List.of(ALICE, Map.of(ROOM, some(1)))::equals, "a call for the first change");
    notified.await(List.of(ALICE, Map.of(OTHER_ROOM, some(2)))::equals, "a call for the second");
    notified.await(List.of(BOB, Map.of(ROOM, some(3)))::equals, "a call for the other user");
  }

  private static boolean setAll(SettableNotificationCounts on, String name) {
    for (int i = 0; i < ROOMS; i++) {
      on.set(ALICE, room(name, i), some(i));
    }
    return true;
  }

  private static RoomId room(String name, int number) {
    return RoomId.parse("!" + name + number + ":tck.example");
  }

  private static UnreadCounts some(int number) {
    return new UnreadCounts(
        new Count(number + 1, number), Map.of(id("t" + number), new Count(number + 2, 0)));
  }
}
