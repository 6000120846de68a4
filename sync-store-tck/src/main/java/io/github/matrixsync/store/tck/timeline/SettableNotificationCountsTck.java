package io.github.matrixsync.store.tck.timeline;

import static io.github.matrixsync.store.tck.support.Events.ALICE;
import static io.github.matrixsync.store.tck.support.Events.BOB;
import static io.github.matrixsync.store.tck.support.Events.OTHER_ROOM;
import static io.github.matrixsync.store.tck.support.Events.ROOM;
import static io.github.matrixsync.store.tck.support.Events.UNKNOWN_ROOM;
import static io.github.matrixsync.store.tck.support.Events.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.store.tck.StoreTck;
import io.github.matrixsync.store.tck.support.Notifications;
import io.github.matrixsync.store.tck.support.Threads;
import io.github.matrixsync.store.timeline.SettableNotificationCounts;
import io.github.matrixsync.store.timeline.UnreadCounts;
import io.github.matrixsync.store.timeline.UnreadCounts.Count;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The contract of {@link SettableNotificationCounts}: the rules NC of the package
 * {@code io.github.matrixsync.store.timeline}, as far as they are not the host's that counts.
 *
 * @param <S> the store's type
 * @since 0.1.0
 */
public abstract class SettableNotificationCountsTck<S extends SettableNotificationCounts>
    extends StoreTck<S> {
  private static final int ROOMS = 50;
  private static final UnreadCounts SOME =
      new UnreadCounts(new Count(3, 1), Map.of(id("t"), new Count(2, 0), id("u"), new Count(4, 4)));

  /** For subclasses. */
  protected SettableNotificationCountsTck() {}

  /** Returns new counts that are all zero. Called before every test. */
  @Override
  protected abstract S open();

  /** Returns how often this process has read the storage so far; 0 for a store that does no I/O. */
  protected abstract long storageReads();

  private SettableNotificationCounts tested() {
    return recorded(SettableNotificationCounts.class);
  }

  @Test
  void nc1_counts_afterEverySet_areNew() {
    tested().set(ALICE, ROOM, SOME);
    assertThat(tested().counts(ALICE, List.of(ROOM), 1)).isEqualTo(Map.of(ROOM, SOME));
    UnreadCounts fewer = new UnreadCounts(new Count(1, 0), Map.of(id("u"), new Count(1, 1)));

    tested().set(ALICE, ROOM, fewer);

    assertThat(Threads.elsewhere(() -> store().counts(ALICE, List.of(ROOM), 1)))
        .isEqualTo(Map.of(ROOM, fewer));
    tested().set(ALICE, ROOM, UnreadCounts.NONE);
    assertThat(tested().counts(ALICE, List.of(ROOM), 1)).isEqualTo(Map.of(ROOM, UnreadCounts.NONE));
  }

  @Test
  void nc3_counts_roomsAskedFor_areAllThereAndNoOthers() {
    tested().set(ALICE, ROOM, SOME);
    tested().set(ALICE, OTHER_ROOM, SOME);
    tested().set(BOB, UNKNOWN_ROOM, SOME);

    assertThat(tested().counts(ALICE, List.of(ROOM, UNKNOWN_ROOM), 1))
        .isEqualTo(Map.of(ROOM, SOME, UNKNOWN_ROOM, UnreadCounts.NONE));
    assertThat(tested().counts(ALICE, List.of(), 1)).isEmpty();
  }

  @Test
  void nc4_onChange_set_isSignaledWhenItCanBeRead() {
    Notifications<Object> notified = new Notifications<>();
    tested().onChange((user, room) -> notified.add("closed")).close();
    tested().onChange((user, room) -> {
      Thread.currentThread().setUncaughtExceptionHandler((thread, thrown) -> {});
      throw new IllegalStateException("a listener's own failure about " + user);
    });
    tested()
        .onChange((user, room) ->
            notified.add(List.of(user, store().counts(user, List.of(room), 1))));

    Threads.elsewhere(() -> {
      Thread.currentThread().setUncaughtExceptionHandler((thread, thrown) -> {});
      tested().set(ALICE, ROOM, SOME);
      return true;
    });

    notified.await(List.of(ALICE, Map.of(ROOM, SOME))::equals, "a call for Alice and the room");
    assertThat(notified.all()).doesNotContain("closed");
  }

  @Test
  void nc5_counts_manyRooms_takeAtMostOneRead() {
    Map<RoomId, UnreadCounts> set = new HashMap<>();
    for (int i = 0; i < ROOMS; i++) {
      RoomId room = RoomId.parse("!room" + i + ":tck.example");
      set.put(room, new UnreadCounts(new Count(i + 1, 0), Map.of(id("t"), new Count(1, i))));
      tested().set(ALICE, room, set.get(room));
    }
    long before = storageReads();

    Map<RoomId, UnreadCounts> counts = store().counts(ALICE, new ArrayList<>(set.keySet()), 1);

    assertThat(storageReads() - before).isBetween(0L, 1L);
    assertThat(counts).isEqualTo(set);
  }
}
