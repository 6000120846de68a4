package io.github.matrixsync.store.tck.rules.event;

import static io.github.matrixsync.store.tck.support.Events.BOB;
import static io.github.matrixsync.store.tck.support.StoreReads.last;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.model.Interest;
import io.github.matrixsync.store.model.Ranges;
import io.github.matrixsync.store.model.StoredEvent;
import io.github.matrixsync.store.tck.support.Events;
import io.github.matrixsync.store.tck.support.StoreReads;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Tests reads of as many events, ids and rooms as the engine reads at once, more than some databases take in one
 * statement: the rules B.
 */
public interface BulkReadRules extends EventStoreFixture {
  @Test
  default void b2_log_inPagesAsLongAsTheEngines_leavesNothingOut() {
    List<RoomEvent> joins = joins();
    long end = last(fill(joins));

    for (Interest interest : List.of(Interest.everything(), Interest.of(BOB))) {
      Set<EventId> read = new LinkedHashSet<>();
      for (StoredEvent stored : StoreReads.log(tested(), interest, start(), end)) {
        read.add(stored.event().id());
      }
      assertThat(read)
          .as(
              "%d events by log(%s, ...) with a limit of %d",
              joins.size(), interest, StoreReads.ALL)
          .hasSize(joins.size());
    }
  }

  @Test
  default void b3_everyRead_manyIdsAndRooms_answersForAll() {
    List<RoomEvent> joins = joins();
    List<EventId> ids = joins.stream().map(RoomEvent::id).toList();
    List<RoomId> rooms = joins.stream().map(RoomEvent::room).toList();
    long end = last(fill(joins));
    Ranges all = Ranges.everything(end);

    assertCount("events", tested().events(ids).size());
    assertCount("memberships", tested().memberships(BOB, end).size());
    assertCount("state", notEmpty(tested().state(ofEach(rooms, end))));
    assertCount("joinedMembers", notEmpty(tested().joinedMembers(rooms, end)));
    assertCount("latest", notEmpty(tested().latest(ofEach(rooms, all), 1)));
    assertCount(
        "timelines",
        tested().timelines(BOB, rooms, end).values().stream()
            .filter(timelines -> timelines.members().size() == 1)
            .count());
  }

  @Test
  default void b3_everyRead_manyMembersAndEntriesOfARoom_hasThemAll() {
    List<RoomEvent> joins = IntStream.range(0, BulkSize.many())
        .mapToObj(i -> Events.member("many" + i, UserId.parse("@many" + i + ":h"), Membership.JOIN))
        .toList();
    long end = last(fill(joins));
    Ranges all = Ranges.everything(end);

    assertCount("state", StoreReads.state(tested(), Events.ROOM, end).size());
    Set<UserId> users =
        joins.stream().flatMap(join -> join.subject().stream()).collect(Collectors.toSet());
    assertCount(
        "memberships of several",
        tested().memberships(users, end).values().stream()
            .filter(rooms -> rooms.size() == 1)
            .count());
    assertCount("joinedMembers", StoreReads.joined(tested(), Events.ROOM, end).size());
    assertCount(
        "latest",
        StoreReads.latest(tested(), Events.ROOM, all, 2 * BulkSize.many()).size());
  }

  private static List<RoomEvent> joins() {
    return IntStream.range(0, BulkSize.many())
        .mapToObj(i ->
            Events.memberIn(RoomId.parse("!many" + i + ":h"), "many" + i, BOB, Membership.JOIN))
        .toList();
  }

  private static void assertCount(String read, long count) {
    assertThat(count)
        .as("%s: how many of %d were answered", read, BulkSize.many())
        .isEqualTo(BulkSize.many());
  }

  private static long notEmpty(Map<RoomId, ? extends Collection<?>> answer) {
    return answer.values().stream().filter(values -> !values.isEmpty()).count();
  }

  private static <T> Map<RoomId, T> ofEach(List<RoomId> rooms, T value) {
    return rooms.stream().collect(Collectors.toMap(Function.identity(), room -> value));
  }
}
