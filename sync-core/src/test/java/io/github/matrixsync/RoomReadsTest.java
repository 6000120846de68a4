package io.github.matrixsync;

import static io.github.matrixsync.world.Host.ALICE;
import static io.github.matrixsync.world.Host.BOB;
import static io.github.matrixsync.world.Host.CAROL;
import static io.github.matrixsync.world.Host.ROOM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.matrixsync.call.RoomNotReadableException;
import io.github.matrixsync.call.TokenAheadException;
import io.github.matrixsync.call.room.JoinedMember;
import io.github.matrixsync.call.room.MembersOptions;
import io.github.matrixsync.call.room.RoomReads;
import io.github.matrixsync.domain.appservice.ServiceNamespaces;
import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.domain.event.EventForm;
import io.github.matrixsync.domain.token.HistoryToken;
import io.github.matrixsync.domain.token.InvalidTokenException;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.model.HistoryPoint;
import io.github.matrixsync.world.CountingEvents;
import io.github.matrixsync.world.Host;
import io.github.matrixsync.world.World;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** State, members and single events of a room: who gets which, and as of when. */
class RoomReadsTest {
  private final Host host = new Host();

  @AfterEach
  void close() {
    host.close();
  }

  private RoomReads reads() {
    return host.engine().roomReads();
  }

  private EventId state(UserId user, String type, String key, String content) {
    var event = host.world.event(ROOM, user, type, "\"state_key\":\"" + key + "\",", content);
    host.world.append(event);
    return event.id();
  }

  private EventId topic(String topic) {
    return state(ALICE, "m.room.topic", "", "{\"topic\":\"" + topic + "\"}");
  }

  private List<ClientEvent> state(UserId user) {
    return reads().state(user, ROOM, EventForm.R0).join();
  }

  private Optional<ClientEvent> entry(UserId user, String type, String key) {
    return reads().stateEntry(user, ROOM, type, key, EventForm.R0).join();
  }

  private List<EventId> members(UserId user, MembersOptions options) {
    return ids(reads().members(user, ROOM, options).join());
  }

  private static List<EventId> ids(List<ClientEvent> events) {
    return events.stream().map(event -> event.id().orElseThrow()).toList();
  }

  private static void assertNotReadable(ThrowingCallable call) {
    assertThatThrownBy(call).hasCauseInstanceOf(RoomNotReadableException.class);
  }

  @Test
  void event_ofTheRoom_isShownToThoseWhoMaySeeIt() {
    host.world.create(ROOM, ALICE, "joined");
    var message = host.world.message(ROOM, ALICE);
    host.world.append(message);
    host.join(ROOM, BOB);

    assertThat(reads()
            .event(ALICE, ROOM, message.id(), EventForm.R0, Optional.empty())
            .join())
        .hasValueSatisfying(event -> assertThat(event.json().toString()).contains("\"room_id\":"));
    assertThat(reads()
            .event(BOB, ROOM, message.id(), EventForm.R0, Optional.empty())
            .join())
        .isEmpty();
    assertThat(reads()
            .event(ALICE, World.room("other"), message.id(), EventForm.R0, Optional.empty())
            .join())
        .isEmpty();
    assertThat(reads()
            .event(ALICE, ROOM, EventId.parse("$none:h"), EventForm.R0, Optional.empty())
            .join())
        .isEmpty();
  }

  @Test
  void state_ofAMember_isThePresentOneInOrder() {
    host.room(ROOM, ALICE, BOB);
    topic("old");
    EventId now = topic("new");
    state(ALICE, "x", "b", "{}");
    state(ALICE, "x", "a", "{}");

    assertThat(state(BOB))
        .extracting(ClientEvent::type)
        .containsExactly(
            "m.room.create",
            "m.room.history_visibility",
            "m.room.member",
            "m.room.member",
            "m.room.topic",
            "x",
            "x");
    assertThat(ids(state(BOB))).contains(now);
    assertThat(state(BOB).get(5).json().toString()).contains("\"state_key\":\"a\"");
    assertThat(state(BOB).get(4).json().toString()).doesNotContain("prev_content");
  }

  @Test
  void state_ofAFormerMember_isThatOfTheDeparture() {
    host.room(ROOM, ALICE, BOB);
    EventId then = topic("then");
    EventId leave = host.leave(ROOM, BOB);
    topic("later");

    assertThat(ids(state(BOB))).contains(then, leave).hasSize(5);
    assertThat(entry(BOB, "m.room.topic", "").orElseThrow().content())
        .hasToString("{\"topic\":\"then\"}");
    assertThat(entry(ALICE, "m.room.topic", "").orElseThrow().content())
        .hasToString("{\"topic\":\"later\"}");
    assertThat(members(BOB, MembersOptions.DEFAULT)).contains(leave).hasSize(2);
    host.settings.forget(BOB, ROOM);
    assertNotReadable(() -> state(BOB));
  }

  @Test
  void reads_ofAStranger_areRefusedUnlessTheWorldMayRead() {
    host.room(ROOM, ALICE);
    assertNotReadable(() -> state(BOB));
    assertNotReadable(() -> entry(BOB, "m.room.create", ""));
    assertNotReadable(() -> members(BOB, MembersOptions.DEFAULT));
    assertNotReadable(() -> reads().state(BOB, World.room("none"), EventForm.R0).join());

    state(ALICE, "m.room.history_visibility", "", "{\"history_visibility\":\"world_readable\"}");

    assertThat(state(BOB)).hasSize(3);
    assertThat(entry(BOB, "m.room.create", "")).isPresent();
    assertThat(members(BOB, MembersOptions.DEFAULT)).hasSize(1);
    assertNotReadable(() -> reads().joinedMembers(BOB, ROOM, Optional.empty()).join());
  }

  @ParameterizedTest
  @CsvSource({"m.room.topic, '', true", "m.room.topic, x, false", "m.room.name, '', false"})
  void stateEntry_ofTypeAndKey_isFoundByBoth(String type, String key, boolean isThere) {
    host.room(ROOM, ALICE);
    topic("t");

    assertThat(entry(ALICE, type, key).isPresent()).isEqualTo(isThere);
  }

  @Test
  void members_atAPlace_areThoseOfItsPosition() {
    host.room(ROOM, ALICE);
    StreamToken before = host.here();
    EventId join = host.join(ROOM, BOB);
    StreamToken joined = host.here();
    EventId leave = host.leave(ROOM, BOB);

    assertThat(members(ALICE, MembersOptions.DEFAULT)).hasSize(2).contains(leave);
    assertThat(members(ALICE, MembersOptions.DEFAULT.withAt(before))).hasSize(1);
    assertThat(members(ALICE, MembersOptions.DEFAULT.withAt(joined))).hasSize(2).contains(join);
    HistoryToken history = new HistoryToken(new HistoryPoint(1, joined.room()), joined);
    assertThat(members(ALICE, MembersOptions.DEFAULT.withAt(history))).contains(join);
    HistoryToken old = new HistoryToken(new HistoryPoint(1, -3), joined);
    assertThat(members(ALICE, MembersOptions.DEFAULT.withAt(old))).isEmpty();
  }

  /** The viewer's extent bounds the place, so a member who left gets nothing newer. */
  @Test
  void members_atAPlaceAfterTheDeparture_areThoseOfTheDeparture() {
    host.room(ROOM, ALICE, BOB);
    host.leave(ROOM, BOB);
    EventId later = host.join(ROOM, CAROL);

    assertThat(members(BOB, MembersOptions.DEFAULT.withAt(host.here())))
        .hasSize(2)
        .doesNotContain(later);
  }

  @Test
  void members_atAPlaceThatIsNone_areRefused() {
    host.room(ROOM, ALICE);
    StreamToken ahead = host.here().withRoom(99);

    assertThatThrownBy(() -> members(ALICE, MembersOptions.DEFAULT.withAt(ahead)))
        .hasCauseInstanceOf(TokenAheadException.class);
    assertThatThrownBy(() ->
            members(ALICE, MembersOptions.DEFAULT.withAt(StreamToken.parse("s1_0_0_0_0_0_0_0"))))
        .isInstanceOf(InvalidTokenException.class);
  }

  @ParameterizedTest
  @CsvSource({
    ", , 4",
    "join, , 2",
    "leave, , 1",
    "knock, , 0",
    ", leave, 3",
    ", join, 2",
    "join, join, 4",
    "join, leave, 3",
    "leave, join, 2",
    "invite, invite, 4"
  })
  void members_ofMemberships_areThoseThatEitherIncludes(
      @Nullable String only, @Nullable String not, int count) {
    host.room(ROOM, ALICE, BOB, CAROL);
    host.leave(ROOM, CAROL);
    host.world.append(host.world.member(ROOM, ALICE, World.user("d"), "invite"));

    assertThat(members(
            ALICE,
            MembersOptions.DEFAULT.withMemberships(
                only == null ? null : Membership.parse(only),
                not == null ? null : Membership.parse(not))))
        .hasSize(count);
  }

  @Test
  void reads_ofAnUnchangedRoom_readItsStateOnce() {
    host.room(ROOM, ALICE, BOB);
    CountingEvents events = new CountingEvents(host.events, true);
    host.start(host.bare(events.store()));
    StreamToken here = host.here();
    host.message(ROOM, ALICE);

    assertThat(state(ALICE)).hasSize(4);
    assertThat(
            reads().stateEntry(BOB, ROOM, "m.room.member", "@b:h", EventForm.R0).join())
        .isPresent();
    assertThat(members(BOB, MembersOptions.DEFAULT.withAt(here))).hasSize(2);
    assertThat(reads().joinedMembers(BOB, ROOM, Optional.empty()).join()).hasSize(2);
    assertThat(events.reads).containsOnlyOnce("state");

    EventId left = host.leave(ROOM, BOB);
    assertThat(members(ALICE, MembersOptions.DEFAULT)).contains(left);
  }

  @Test
  void reads_afterSomebodyWasErased_showThemRedacted() {
    host.room(ROOM, ALICE, BOB);
    state(BOB, "m.room.member", "@b:h", "{\"membership\":\"join\",\"displayname\":\"B\"}");
    host.join(ROOM, CAROL);
    assertThat(shown(CAROL)).contains("\"displayname\":\"B\"");

    host.settings.erase(BOB);

    assertThat(shown(CAROL)).contains("\"membership\":\"join\"").doesNotContain("displayname");
    assertThat(shown(ALICE)).contains("\"displayname\":\"B\"");
    assertThat(reads().joinedMembers(CAROL, ROOM, Optional.empty()).join())
        .contains(new JoinedMember(BOB, Optional.empty(), Optional.empty()));
  }

  private String shown(UserId user) {
    return reads()
        .stateEntry(user, ROOM, "m.room.member", "@b:h", EventForm.R0)
        .join()
        .orElseThrow()
        .json()
        .toString();
  }

  @Test
  void joinedMembers_profilesOfEveryKind_areThoseThatAreSet() {
    host.room(ROOM, ALICE, BOB, CAROL);
    state(BOB, "m.room.member", "@b:h", """
        {"membership":"join","displayname":"B","avatar_url":"mxc://h/b"}""");
    state(CAROL, "m.room.member", "@c:h", """
        {"membership":"join","displayname":null,"avatar_url":7}""");
    host.join(ROOM, World.user("d"));
    host.leave(ROOM, World.user("d"));

    assertThat(reads().joinedMembers(ALICE, ROOM, Optional.empty()).join())
        .containsExactly(
            new JoinedMember(ALICE, Optional.empty(), Optional.empty()),
            new JoinedMember(BOB, Optional.of("B"), Optional.of("mxc://h/b")),
            new JoinedMember(CAROL, Optional.empty(), Optional.empty()));
  }

  @Test
  void joinedMembers_redactedProfile_isGone() {
    host.room(ROOM, ALICE);
    EventId named =
        state(ALICE, "m.room.member", "@a:h", "{\"membership\":\"join\",\"displayname\":\"A\"}");
    host.world.append(host.world.redaction(ROOM, ALICE, named));

    assertThat(reads().joinedMembers(ALICE, ROOM, Optional.empty()).join())
        .containsExactly(new JoinedMember(ALICE, Optional.empty(), Optional.empty()));
  }

  @Test
  void joinedMembers_askedByOthers_areRefused() {
    host.room(ROOM, ALICE, BOB);
    host.leave(ROOM, BOB);
    UserId bot = World.user("bot");

    assertNotReadable(() -> reads().joinedMembers(BOB, ROOM, Optional.empty()).join());
    assertNotReadable(
        () -> reads().joinedMembers(bot, ROOM, Optional.of(service("@b:"))).join());
    assertThat(reads().joinedMembers(bot, ROOM, Optional.of(service("@a"))).join())
        .hasSize(1);
  }

  private static ServiceNamespaces service(String users) {
    return ServiceNamespaces.of(List.of(Pattern.compile(users)), List.of(), List.of());
  }

  @Test
  void joinedRooms_ofAUser_areTheJoinedAlone() {
    assertThat(reads().joinedRooms(BOB).join()).isEmpty();
    host.room(ROOM, ALICE, BOB);
    host.room(World.room("left"), ALICE, BOB);
    host.leave(World.room("left"), BOB);
    host.room(World.room("invited"), ALICE);
    host.world.append(host.world.member(World.room("invited"), ALICE, BOB, "invite"));
    host.room(World.room("second"), BOB);

    assertThat(reads().joinedRooms(BOB).join()).containsExactly(ROOM, World.room("second"));
  }

  @Test
  @SuppressWarnings("NullAway")
  void calls_withNothing_areRefused() {
    host.room(ROOM, ALICE);
    RoomReads reads = reads();
    assertThatThrownBy(() -> reads.joinedRooms(null)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> reads.state(ALICE, null, EventForm.R0))
        .isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> reads.state(null, ROOM, EventForm.R0))
        .isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> reads.event(ALICE, ROOM, null, EventForm.R0, Optional.empty()))
        .isInstanceOf(NullPointerException.class);

    host.engine().close();
    assertThatThrownBy(() -> reads.joinedRooms(ALICE)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> reads.state(ALICE, ROOM, EventForm.R0))
        .isInstanceOf(IllegalStateException.class);
  }
}
