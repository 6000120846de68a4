package io.github.matrixsync.sync;

import static io.github.matrixsync.sync.RolesHost.ON_LAPTOP;
import static io.github.matrixsync.sync.RolesHost.PHONE;
import static io.github.matrixsync.sync.RolesHost.inTimeline;
import static io.github.matrixsync.sync.RolesHost.limit;
import static io.github.matrixsync.world.Host.ALICE;
import static io.github.matrixsync.world.Host.BOB;
import static io.github.matrixsync.world.Host.CAROL;
import static io.github.matrixsync.world.Host.ROOM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.Relation;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.operation.EngineStatistics.StoreCallTimes;
import io.github.matrixsync.world.World;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What an event's {@code unsigned} has for one reader: transaction id, membership, relations. */
class UnsignedTest {
  private static final String NEW_CONTENT = ",\"m.new_content\":{\"body\":\"new\"}";

  private final RolesHost host = new RolesHost();

  @BeforeEach
  void room() {
    host.host.room(ROOM, ALICE, BOB);
  }

  @AfterEach
  void close() {
    host.close();
  }

  private EventId edit(UserId user, EventId target) {
    return host.relate(ROOM, user, Relation.REPLACE, target, NEW_CONTENT);
  }

  private EventId reply(UserId user, EventId root) {
    return host.relate(ROOM, user, Relation.THREAD, root, "");
  }

  /** Returns an event of the first answer of a timeline that is limited to the newest events. */
  private String newest(int limit, UserId user, EventId id) {
    SyncResponse answer = host.sync(user, null, limit(limit));
    assertThat(answer.rooms().join().get(ROOM).timeline().limited()).isTrue();
    return inTimeline(answer, ROOM, id);
  }

  @Test
  @DisplayName("Complement: transaction ids of the sending device")
  void transactionId_isGivenToTheSendingDeviceAlone() {
    StreamToken since = host.first(ALICE);
    RoomEvent event = host.world.message(ROOM, ALICE);
    host.transactionIds.set(ALICE, PHONE, event.id(), "m1\"");
    host.append(event);
    EventId other = host.message(ROOM, ALICE);

    SyncResponse answer = host.sync(ALICE, since);

    assertThat(inTimeline(answer, ROOM, event.id()))
        .endsWith("\"membership\":\"join\",\"transaction_id\":\"m1\\\"\"}}");
    assertThat(inTimeline(answer, ROOM, other)).doesNotContain("transaction_id");
    assertThat(inTimeline(host.sync(ALICE, since, ON_LAPTOP), ROOM, event.id()))
        .doesNotContain("transaction_id");
    assertThat(inTimeline(host.sync(ALICE, since, SyncOptions.DEFAULT), ROOM, event.id()))
        .doesNotContain("transaction_id");
    assertThat(inTimeline(host.sync(BOB, host.first(BOB).withRoom(since.room())), ROOM, event.id()))
        .doesNotContain("transaction_id");
  }

  @Test
  void transactionId_inARoomThatOneLeft_isGiven() {
    StreamToken since = host.first(ALICE);
    RoomEvent leave = host.world.member(ROOM, ALICE, ALICE, "leave");
    host.transactionIds.set(ALICE, PHONE, leave.id(), "m2");
    host.append(leave);

    LeftRoom left = host.sync(ALICE, since).rooms().leave().get(ROOM);

    assertThat(left.timeline().events())
        .singleElement()
        .satisfies(
            event -> assertThat(event.json().toString()).contains("\"transaction_id\":\"m2\""));
  }

  @Test
  @DisplayName("MSC4115: the membership at events before and after one's join")
  void membership_isThatAtTheEvent() {
    EventId before = host.message(ROOM, ALICE);
    EventId join = host.host.join(ROOM, CAROL);
    EventId after = host.message(ROOM, ALICE);

    SyncResponse answer = host.sync(CAROL, null);

    assertThat(inTimeline(answer, ROOM, before)).contains("\"membership\":\"leave\"}}");
    assertThat(inTimeline(answer, ROOM, join))
        .contains("\"unsigned\":{")
        .endsWith("\"membership\":\"join\"}}");
    assertThat(inTimeline(answer, ROOM, after)).endsWith("\"membership\":\"join\"}}");
  }

  @Test
  void edit_newestOfTheSender_isBundledWhole() {
    EventId event = host.message(ROOM, BOB);
    edit(BOB, event);
    EventId newest = edit(BOB, event);
    edit(ALICE, event);

    String shown = newest(4, ALICE, event);

    assertThat(shown)
        .contains("\"m.relations\":{\"m.replace\":{\"type\":\"m.room.message\",\"event_id\":\""
            + newest + "\"")
        .contains("\"m.new_content\":{\"body\":\"new\"}")
        .doesNotContain("room_id");
  }

  @Test
  void edit_withoutNewContentOrRedacted_isNotBundled() {
    EventId event = host.message(ROOM, BOB);
    EventId good = edit(BOB, event);
    EventId redacted = edit(BOB, event);
    host.relate(ROOM, BOB, Relation.REPLACE, event, "");
    host.append(host.world.redaction(ROOM, BOB, redacted));

    assertThat(newest(5, ALICE, event))
        .contains("\"m.replace\":{\"type\":\"m.room.message\",\"event_id\":\"" + good + "\"");
  }

  /** The new content of an encrypted edit cannot be read. */
  @Test
  void edit_thatIsEncrypted_isBundled() {
    EventId event = host.append(host.world.event(ROOM, BOB, "m.room.encrypted", "", "{}"));
    String relation =
        "{\"m.relates_to\":{\"rel_type\":\"m.replace\",\"event_id\":\"" + event + "\"}}";
    EventId edit = host.append(host.world.event(ROOM, BOB, "m.room.encrypted", "", relation));

    assertThat(newest(2, ALICE, event))
        .contains("\"m.replace\":{\"type\":\"m.room.encrypted\",\"event_id\":\"" + edit + "\"");
  }

  @Test
  void edit_beforeManyWithoutNewContent_isBundled() {
    EventId event = host.message(ROOM, BOB);
    EventId good = edit(BOB, event);
    for (int i = 0; i < 25; i++) {
      host.relate(ROOM, BOB, Relation.REPLACE, event, "");
    }

    assertThat(newest(27, ALICE, event))
        .contains("\"m.replace\":{\"type\":\"m.room.message\",\"event_id\":\"" + good + "\"");
  }

  @Test
  void edit_ofARedactedEvent_isNotBundled() {
    EventId event = host.message(ROOM, BOB);
    edit(BOB, event);
    reply(BOB, event);
    host.append(host.world.redaction(ROOM, BOB, event));

    assertThat(newest(4, ALICE, event)).doesNotContain("m.replace").contains("\"m.thread\":{");
  }

  @Test
  void relations_timelineThatIsNotLimited_hasNone() {
    StreamToken since = host.first(ALICE);
    EventId event = host.message(ROOM, BOB);
    edit(BOB, event);

    assertThat(inTimeline(host.sync(ALICE, since), ROOM, event)).doesNotContain("m.relations");
  }

  @Test
  void relations_newlyJoinedRoom_areBundled() {
    StreamToken since = host.first(CAROL);
    EventId event = host.message(ROOM, BOB);
    edit(BOB, event);
    host.host.join(ROOM, CAROL);

    assertThat(inTimeline(host.sync(CAROL, since), ROOM, event)).contains("m.replace");
  }

  @Test
  void relations_ofStateAndWithoutAStore_areNone() {
    EventId topic =
        host.append(host.world.event(ROOM, ALICE, "m.room.topic", "\"state_key\":\"\",", "{}"));
    EventId event = host.message(ROOM, BOB);
    host.relate(ROOM, BOB, Relation.REFERENCE, topic, "");
    host.relate(ROOM, BOB, Relation.REFERENCE, event, "");
    assertThat(newest(4, ALICE, topic)).doesNotContain("m.relations");
    assertThat(newest(4, ALICE, event)).contains("m.relations");

    host.host.start(host.host.full());

    assertThat(newest(4, ALICE, event)).doesNotContain("m.relations");
  }

  @Test
  @DisplayName("https://github.com/matrix-org/synapse/issues/12270")
  void thread_whoseLatestEventWasEdited_hasTheEditInIt() {
    EventId root = host.message(ROOM, BOB);
    reply(BOB, root);
    EventId latest = reply(BOB, root);
    EventId edit = edit(BOB, latest);

    String shown = newest(4, ALICE, root);

    assertThat(shown)
        .contains("\"m.thread\":{\"latest_event\":{\"type\":\"m.room.message\",\"event_id\":\""
            + latest + "\"")
        .contains("\"m.relations\":{\"m.replace\":{\"type\":\"m.room.message\",\"event_id\":\""
            + edit + "\"")
        .contains("\"count\":2,\"current_user_participated\":false}");
    assertThat(newest(4, BOB, root)).contains("\"current_user_participated\":true}");
  }

  @Test
  @DisplayName("https://github.com/matrix-org/synapse/issues/12566")
  void relations_ofAnEditOrReaction_areNone() {
    EventId event = host.message(ROOM, BOB);
    EventId edit = edit(BOB, event);
    EventId reaction = host.relate(ROOM, ALICE, Relation.ANNOTATION, event, "");
    host.relate(ROOM, ALICE, Relation.REFERENCE, edit, "");
    host.relate(ROOM, ALICE, Relation.REFERENCE, reaction, "");

    assertThat(newest(5, ALICE, edit)).doesNotContain("m.relations");
    assertThat(newest(5, ALICE, reaction)).doesNotContain("m.relations");
    assertThat(newest(5, ALICE, event)).doesNotContain("m.annotation");
  }

  @Test
  void references_areListed() {
    EventId event = host.message(ROOM, BOB);
    EventId one = host.relate(ROOM, ALICE, Relation.REFERENCE, event, "");
    EventId two = host.relate(ROOM, BOB, Relation.REFERENCE, event, "");

    assertThat(newest(3, ALICE, event))
        .contains("\"m.reference\":{\"chunk\":[{\"event_id\":\"" + two + "\"},{\"event_id\":\""
            + one + "\"}]}");
  }

  @Test
  void relations_ofIgnoredUsers_areLeftOut() {
    host.host.join(ROOM, CAROL);
    EventId event = host.message(ROOM, BOB);
    EventId seen = host.relate(ROOM, BOB, Relation.REFERENCE, event, "");
    host.relate(ROOM, CAROL, Relation.REFERENCE, event, "");
    reply(CAROL, event);
    host.host.settings.setIgnored(ALICE, Set.of(CAROL));

    assertThat(newest(2, ALICE, event))
        .contains("\"m.reference\":{\"chunk\":[{\"event_id\":\"" + seen + "\"}]}")
        .doesNotContain("m.thread");
  }

  @Test
  void relations_thatTheReaderMayNotSee_areLeftOut() {
    RoomId open = World.room("open");
    host.world.create(open, ALICE, "joined");
    host.append(host.world.member(open, BOB, BOB, "join"));
    EventId event = host.message(open, BOB);
    EventId seen = host.relate(open, ALICE, Relation.REFERENCE, event, "");
    host.append(host.world.member(open, BOB, BOB, "leave"));
    host.relate(open, ALICE, Relation.REFERENCE, event, "");
    host.relate(open, ALICE, Relation.THREAD, event, "");
    SyncOptions options =
        RolesHost.filter("{\"room\":{\"include_leave\":true,\"timeline\":{\"limit\":3}}}");

    LeftRoom left = host.sync(BOB, null, options).rooms().leave().get(open);

    assertThat(left.timeline().events())
        .anySatisfy(shown -> assertThat(shown.json().toString())
            .contains("\"m.reference\":{\"chunk\":[{\"event_id\":\"" + seen + "\"}]}")
            .doesNotContain("m.thread"));
  }

  @Test
  void relations_ofEventsInSeveralRooms_areAskedForTogether() {
    RoomId other = RoomId.parse("!another:example.org");
    host.host.room(other, ALICE, BOB);
    EventId here = host.message(ROOM, ALICE);
    EventId there = host.message(other, ALICE);
    reply(BOB, here);
    host.relate(other, BOB, Relation.THREAD, there, "");
    long before = relationCalls();

    SyncResponse answer = host.sync(ALICE, null, limit(2));

    assertThat(inTimeline(answer, ROOM, here)).contains("\"m.thread\"");
    assertThat(inTimeline(answer, other, there)).contains("\"m.thread\"");
    // One call each for threads, references and edits.
    assertThat(relationCalls() - before).isEqualTo(3);
  }

  private long relationCalls() {
    return host.host.engine().statistics().storeCalls().stream()
        .filter(call -> call.call().startsWith("relations."))
        .mapToLong(StoreCallTimes::returned)
        .sum();
  }
}
