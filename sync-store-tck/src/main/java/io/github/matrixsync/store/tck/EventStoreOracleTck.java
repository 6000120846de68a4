package io.github.matrixsync.store.tck;

import static io.github.matrixsync.store.tck.oracle.RandomHistory.ROOMS;
import static io.github.matrixsync.store.tck.oracle.RandomHistory.USERS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.AppendableEventStore;
import io.github.matrixsync.store.PurgeableEventStore;
import io.github.matrixsync.store.model.Append;
import io.github.matrixsync.store.model.Direction;
import io.github.matrixsync.store.model.HistoryPoint;
import io.github.matrixsync.store.model.HistorySlice;
import io.github.matrixsync.store.model.Interest;
import io.github.matrixsync.store.model.LogPage;
import io.github.matrixsync.store.model.Range;
import io.github.matrixsync.store.model.Ranges;
import io.github.matrixsync.store.model.StoredEvent;
import io.github.matrixsync.store.state.EntryChange;
import io.github.matrixsync.store.tck.oracle.NaiveStore;
import io.github.matrixsync.store.tck.oracle.RandomHistory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Compares an event store, over random histories, with a store without indexes: every read must return the same. For a
 * store that appends and purges, and leaves no position out. The message of a failure has the seed.
 *
 * @param <S> the store's type
 * @since 0.1.0
 */
public abstract class EventStoreOracleTck<S extends AppendableEventStore & PurgeableEventStore>
    extends StoreTck<S> {
  private static final int BATCHES = 30;

  /** For subclasses. */
  protected EventStoreOracleTck() {}

  /** Returns the number of histories; each makes some hundred writes and some thousand reads. */
  protected abstract int histories();

  @Test
  final void b3_everyRead_randomHistories_agreesWithTheNaiveStore() throws Exception {
    for (long seed = 0; seed < histories(); seed++) {
      S opened = open();
      try {
        new Run(seed, opened).compare();
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
      } finally {
        close(opened);
      }
    }
  }

  /** Appends one random history and compares the reads. */
  private final class Run {
    private final Random random;
    private final RandomHistory history;
    private final S store;
    private final NaiveStore naive;

    Run(long seed, S store) {
      random = new Random(seed);
      history = new RandomHistory(random);
      this.store = store;
      naive = new NaiveStore(store.watermark() + 1);
    }

    void compare() {
      for (int i = 0; i < BATCHES; i++) {
        List<Append> batch = history.batch(naive::isReadable);
        assertThat(store.append(batch)).isEqualTo(naive.append(batch));
        assertThat(store.watermark()).isEqualTo(naive.watermark());
        if (random.nextInt(12) == 0) {
          purge();
        }
        ask();
      }
    }

    private void purge() {
      long through = history.between(store.retainedAfter(), store.watermark());
      store.purge(through);
      naive.purge(through);
    }

    private void ask() {
      askLog();
      for (EventId id : history.ids()) {
        assertThat(store.events(List.of(id)).get(id)).isEqualTo(naive.event(id).orElse(null));
      }
      for (RoomId room : ROOMS) {
        askStateAndMembers(room, history.between(0, store.watermark()));
        askHistory(room);
        askNewest(room);
        askChanges(room);
      }
      for (UserId user : USERS) {
        long upTo = history.between(0, store.watermark());
        assertThat(store.memberships(user, upTo)).isEqualTo(naive.memberships(user, upTo));
      }
    }

    private void askLog() {
      Interest interest = history.interest();
      long after = history.between(store.retainedAfter(), store.watermark());
      long upTo = history.between(after, store.watermark());
      int limit = 1 + random.nextInt(6);

      LogPage page = store.log(interest, after, upTo, limit);

      List<StoredEvent> expected = naive.log(interest, after, upTo);
      assertThat(page.events()).isEqualTo(expected.subList(0, Math.min(limit, expected.size())));
      assertThat(page.through()).isBetween(after, upTo);
      assertThat(expected)
          .filteredOn(event -> event.position() <= page.through())
          .isEqualTo(page.events());
      if (page.events().size() < limit) {
        assertThat(page.through()).isEqualTo(upTo);
      }
    }

    private void askStateAndMembers(RoomId room, long upTo) {
      assertThat(store.state(Map.of(room, upTo)).get(room))
          .containsExactlyInAnyOrderElementsOf(naive.state(room, upTo));
      assertThat(store.joinedMembers(List.of(room), upTo).get(room))
          .isEqualTo(naive.joinedMembers(room, upTo));
      for (UserId user : USERS) {
        assertThat(store.timelines(user, List.of(room), upTo).get(room))
            .isEqualTo(naive.timelines(user, room, upTo));
      }
    }

    private void askNewest(RoomId room) {
      Ranges due = history.ranges(store.watermark());
      int limit = 1 + random.nextInt(8);

      assertThat(store.newest(Map.of(room, due), limit).get(room))
          .isEqualTo(naive.newest(room, due, limit));
    }

    private void askChanges(RoomId room) {
      if (store.watermark() < 1) {
        return;
      }
      long upTo = history.between(1, store.watermark());
      Range interval = new Range(history.between(0, upTo - 1), upTo);

      List<EntryChange> changes = Objects.requireNonNull(
          store.stateChanges(Map.of(room, interval)).get(room), "the changes of a room");

      Map<List<String>, Optional<EventId>> found = new HashMap<>();
      changes.forEach(change -> assertThat(
              found.put(List.of(change.type(), change.stateKey()), change.event()))
          .as("another change of the entry of %s", change)
          .isNull());
      assertThat(found).containsAllEntriesOf(naive.differences(room, interval));
      Map<List<String>, Long> last = naive.lastChanges(room, interval);
      assertThat(found.keySet()).isSubsetOf(last.keySet());
      changes.forEach(change -> assertThat(change.position())
          .as("the position of %s", change)
          .isIn(last.get(List.of(change.type(), change.stateKey())), upTo));
      for (int heroes : List.of(0, 1, 5)) {
        assertThat(store.members(List.of(room), upTo, heroes).get(room))
            .isEqualTo(naive.members(room, upTo, heroes));
      }
    }

    private void askHistory(RoomId room) {
      Ranges visible = history.ranges(store.watermark());
      int limit = 1 + random.nextInt(8);
      HistorySlice whole = new HistorySlice(room, visible, HistoryPoint.START, HistoryPoint.END);
      HistorySlice slice = new HistorySlice(
          room, visible, history.point(HistoryPoint.START), history.point(HistoryPoint.END));
      List<StoredEvent> latest = new ArrayList<>(naive.history(whole, Direction.BACKWARD, limit));
      Collections.reverse(latest);

      assertThat(store.latest(Map.of(room, visible), limit).get(room)).isEqualTo(latest);
      for (Direction direction : Direction.values()) {
        assertThat(store.history(slice, direction, limit))
            .isEqualTo(naive.history(slice, direction, limit));
      }
      long position = history.between(0, store.watermark());
      assertThat(store.pointAt(room, position)).isEqualTo(naive.pointAt(room, position));
    }
  }
}
