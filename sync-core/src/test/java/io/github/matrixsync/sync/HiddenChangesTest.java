package io.github.matrixsync.sync;

import static io.github.matrixsync.sync.SyncHost.AFTER;
import static io.github.matrixsync.sync.SyncHost.number;
import static io.github.matrixsync.world.Host.ALICE;
import static io.github.matrixsync.world.Host.BOB;
import static io.github.matrixsync.world.Host.ROOM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.call.MessagesOptions;
import io.github.matrixsync.domain.filter.RoomEventFilter;
import io.github.matrixsync.event.EventId;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * A topic that the user saw, and that changed while the user was out of the room, with history visibility {@code
 * joined}. A client that takes state from timelines would show the old topic as the current one if a timeline contained
 * it.
 */
@DisplayName("SyTest 31sync/06state: current state in private history")
class HiddenChangesTest {
  private final SyncHost host = new SyncHost();
  private EventId old;
  private EventId seen;
  private EventId present;
  private EventId join;

  @BeforeEach
  void changeTheTopicWhileBobIsAway() {
    host.host.room(ROOM, ALICE, BOB);
    host.state(ROOM, ALICE, "m.room.history_visibility", "{\"history_visibility\":\"joined\"}");
    old = host.state(ROOM, ALICE, "m.room.topic", "{\"topic\":\"old\"}");
    seen = host.message(ROOM, ALICE);
    host.host.leave(ROOM, BOB);
    present = host.state(ROOM, ALICE, "m.room.topic", "{\"topic\":\"present\"}");
    join = host.host.join(ROOM, BOB);
  }

  @AfterEach
  void close() {
    host.close();
  }

  private static List<EventId> ids(Timeline timeline) {
    return timeline.events().stream().flatMap(event -> event.id().stream()).toList();
  }

  private static String state(JoinedRoom room) {
    return " " + SyncText.numbers(room.state()) + " ";
  }

  @Test
  void sync_stateBefore_timelineBeginsBehindTheOldTopic() {
    JoinedRoom room = host.sync(BOB, null).rooms().join().get(ROOM);

    assertThat(ids(room.timeline())).doesNotContain(old).contains(seen, join);
    assertThat(room.timeline().limited()).isTrue();
    assertThat(state(room)).contains(" " + number(present) + " ");
    assertThat(state(room)).doesNotContain(" " + number(old) + " ");
  }

  @Test
  void messages_fromThere_haveTheOldTopic() {
    Timeline timeline = host.sync(BOB, null).rooms().join().get(ROOM).timeline();

    List<EventId> before = host
        .engine()
        .messages(
            BOB,
            ROOM,
            MessagesOptions.backward(1)
                .withFilter(RoomEventFilter.ALL)
                .withFrom(timeline.previousBatch().orElseThrow()))
        .chunk()
        .stream()
        .flatMap(event -> event.id().stream())
        .toList();

    assertThat(before).containsExactly(old);
  }

  @Test
  void sync_stateAfter_timelineHasTheOldTopic() {
    JoinedRoom room = host.sync(BOB, null, AFTER).rooms().join().get(ROOM);

    assertThat(ids(room.timeline())).contains(old, seen, join).doesNotContain(present);
    assertThat(room.timeline().limited()).isFalse();
    assertThat(state(room)).contains(" " + number(present) + " ");
  }
}
