package io.github.matrixsync.store.tck.rules.event;

import static io.github.matrixsync.store.tck.support.Events.ALICE;
import static io.github.matrixsync.store.tck.support.Events.OTHER_ROOM;
import static io.github.matrixsync.store.tck.support.Events.ROOM;
import static io.github.matrixsync.store.tck.support.Events.id;
import static io.github.matrixsync.store.tck.support.Events.message;
import static io.github.matrixsync.store.tck.support.Events.messageIn;
import static io.github.matrixsync.store.tck.support.Events.redaction;
import static io.github.matrixsync.store.tck.support.StoreReads.event;
import static io.github.matrixsync.store.tck.support.StoreReads.joined;
import static io.github.matrixsync.store.tck.support.StoreReads.last;
import static io.github.matrixsync.store.tck.support.StoreReads.latest;
import static io.github.matrixsync.store.tck.support.StoreReads.log;
import static io.github.matrixsync.store.tck.support.StoreReads.names;
import static io.github.matrixsync.store.tck.support.StoreReads.state;
import static io.github.matrixsync.store.tck.support.StoreReads.timelines;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.model.Interest;
import io.github.matrixsync.store.model.Ranges;
import io.github.matrixsync.store.state.Timelines;
import io.github.matrixsync.store.tck.support.Events;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests names that differ but that a database's collation may treat as equal: the rule V2. */
public interface SimilarNamesRules extends EventStoreFixture {
  /** Names that differ only in case, blanks or Unicode normalization, or that become equal in a lossy encoding. */
  List<String> ALIKE = List.of(
      "key",
      "Key",
      "key ",
      " key",
      "k\u00e9y",
      "ke\u0301y",
      "ke",
      "",
      " ",
      "key\0",
      "k\0ey",
      "key?",
      "key\ufffd",
      "key\ud800",
      "key\udfff",
      "\udfff\ud800",
      "\ud800\udfff");

  @Test
  default void v2_events_idsAlike_areEventsOfTheirOwn() {
    fill(message("Name"), message("name"), message("NAME"));
    fill(redaction("r", "name"));

    assertThat(tested().events(List.of(id("Name"))))
        .as("events($Name)")
        .containsOnlyKeys(id("Name"));
    assertThat(tested().events(List.of(id("Name"), id("name"), id("NAME"))))
        .as("events($Name, $name, $NAME)")
        .hasSize(3);
    assertThat(event(tested(), "Name").redaction()).as("what redacts $Name").isEmpty();
    assertThat(event(tested(), "name").redaction()).as("what redacts $name").isPresent();
  }

  @Test
  default void v2_everyRead_usersAlike_areUsersOfTheirOwn() {
    UserId upper = UserId.parse("@Alice:tck.example");
    UserId lower = UserId.parse("@alice:tck.example");
    long end = last(fill(
        Events.memberIn(ROOM, "a", upper, Membership.JOIN),
        Events.memberIn(OTHER_ROOM, "b", lower, Membership.JOIN)));

    assertThat(tested().memberships(upper, end)).containsOnlyKeys(ROOM);
    assertThat(tested().memberships(lower, end)).containsOnlyKeys(OTHER_ROOM);
    assertThat(joined(tested(), ROOM, end)).containsExactly(upper);
    assertThat(timelines(tested(), lower, ROOM, end)).isEqualTo(Timelines.EMPTY);
    assertThat(timelines(tested(), upper, ROOM, end).members()).hasSize(1);
  }

  @Test
  default void v2_everyRead_roomsAlike_areRoomsOfTheirOwn() {
    RoomId upper = RoomId.parse("!Room:tck.example");
    long end = last(
        fill(Events.topicIn(upper, "a"), Events.topicIn(ROOM, "b"), messageIn(upper, ALICE, "c")));
    Ranges all = Ranges.everything(end);

    assertThat(names(state(tested(), upper, end))).containsExactly("a");
    assertThat(names(state(tested(), ROOM, end))).containsExactly("b");
    assertThat(names(latest(tested(), upper, all, 9))).containsExactly("a", "c");
    assertThat(names(latest(tested(), ROOM, all, 9))).containsExactly("b");
    assertThat(names(log(tested(), Interest.of(upper), start(), end))).contains("a", "c");
    assertThat(event(tested(), "b").replaces()).as("what $b replaced").isEmpty();
  }

  @Test
  default void v2_state_keysAlike_areEntriesOfTheirOwn() {
    List<RoomEvent> events = new ArrayList<>();
    for (String key : ALIKE) {
      events.add(entryOf("key" + events.size(), "type", key));
    }
    assertEntriesOfTheirOwn(events);
  }

  @Test
  default void v2_state_typesAlike_areEntriesOfTheirOwn() {
    List<RoomEvent> events = new ArrayList<>();
    for (String type : ALIKE) {
      events.add(entryOf("type" + events.size(), type, "key"));
    }
    events.add(entryOf("joined", "typek", "ey"));
    assertEntriesOfTheirOwn(events);
  }

  private void assertEntriesOfTheirOwn(List<RoomEvent> events) {
    long end = last(fill(events));
    List<EventId> ids = events.stream().map(RoomEvent::id).toList();

    assertThat(state(tested(), ROOM, end))
        .extracting(stored -> stored.event().id())
        .containsExactlyInAnyOrderElementsOf(ids);
    tested()
        .events(ids)
        .values()
        .forEach(stored ->
            assertThat(stored.replaces()).as("what %s replaced", stored).isEmpty());
  }

  private static RoomEvent entryOf(String name, String type, String key) {
    return Events.event(name, ROOM, ALICE, type).stateKey(key).build();
  }
}
