package io.github.matrixsync;

import static io.github.matrixsync.Host.ALICE;
import static io.github.matrixsync.Host.BOB;
import static io.github.matrixsync.Host.ROOM;
import static io.github.matrixsync.Host.present;
import static io.github.matrixsync.Host.receipt;
import static io.github.matrixsync.Host.side;
import static io.github.matrixsync.Host.typing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.matrixsync.domain.ClientEvent;
import io.github.matrixsync.domain.ServiceNamespaces;
import io.github.matrixsync.domain.StreamToken;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomAlias;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.Append;
import io.github.matrixsync.store.memory.MemoryRoomDirectory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An application service's own stream. */
class ServiceStreamTest {
  private static final UserId SENDER = World.user("bot");
  private static final UserId GHOST = World.user("irc_g");
  private static final UserId OTHER_GHOST = World.user("irc_h");
  private static final RoomId NAMED = World.room("irc_room");
  private static final StreamOptions SERVICE = StreamOptions.DEFAULT.withService(
      ServiceNamespaces.of(patterns("@irc_"), patterns("!irc_"), patterns("#irc_")));

  private final Host host = new Host();
  private final MemoryRoomDirectory directory = MemoryRoomDirectory.create();
  private StreamToken start = StreamToken.of(0, 0, 0);

  @BeforeEach
  void start() {
    host.start(host.full().directory(directory));
    host.room(ROOM, ALICE, BOB);
    start = host.here();
  }

  @AfterEach
  void close() {
    host.close();
  }

  @Test
  void stream_roomWithNobodyOfTheService_isNotDue() {
    host.message(ROOM, ALICE);

    EventBatch batch = host.poll(SENDER, start, SERVICE);

    assertThat(batch.chunk()).isEmpty();
    assertThat(batch.end()).isEqualTo(host.here()).isNotEqualTo(start);
  }

  @Test
  void stream_ghostJoined_hasFromItsJoinToItsLeave() {
    host.message(ROOM, ALICE);
    EventId join = host.join(ROOM, GHOST);
    EventId message = message(ROOM);
    EventId leave = host.leave(ROOM, GHOST);
    host.message(ROOM, ALICE);

    assertThat(got(start)).containsExactly(join, message, leave);
  }

  @Test
  void stream_severalGhosts_goOnUntilTheLastHasLeft() {
    EventId first = host.join(ROOM, GHOST);
    EventId second = host.join(ROOM, OTHER_GHOST);
    EventId firstLeft = host.leave(ROOM, GHOST);
    EventId message = message(ROOM);
    EventId secondLeft = host.leave(ROOM, OTHER_GHOST);
    host.message(ROOM, ALICE);

    assertThat(got(start)).containsExactly(first, second, firstLeft, message, secondLeft);
  }

  @Test
  void stream_senderJoined_countsAsOneOfTheService() {
    EventId join = host.join(ROOM, SENDER);
    EventId message = message(ROOM);

    assertThat(got(start)).containsExactly(join, message);
  }

  @Test
  void stream_aGhostIsInvitedKickedAndBanned_isItsSubject() {
    List<EventId> about = new ArrayList<>();
    for (String membership : List.of("invite", "leave", "ban", "leave")) {
      about.add(append(host.world.member(ROOM, ALICE, GHOST, membership)));
      host.message(ROOM, ALICE);
    }

    assertThat(got(start)).containsExactlyElementsOf(about);
  }

  @Test
  void stream_aStateEventKeyedByAGhost_isNoMembershipOfIt() {
    append(host.world.event(ROOM, ALICE, "m.custom", "\"state_key\":\"" + GHOST + "\",", "{}"));

    assertThat(got(start)).isEmpty();
  }

  @Test
  void stream_roomMatchesById_hasAllOfIt() {
    host.room(NAMED, ALICE);
    EventId message = message(NAMED);

    assertThat(got(start)).hasSize(4).endsWith(message);
  }

  @Test
  void stream_roomMatchesByAlias_isAsOfNow() {
    EventId message = message(ROOM);
    RoomAlias alias = RoomAlias.parse("#irc_x:h");
    assertThat(got(start)).isEmpty();

    directory.addAlias(ROOM, alias);
    assertThat(got(start)).containsExactly(message);

    directory.removeAlias(alias);
    assertThat(got(start)).isEmpty();
  }

  @Test
  void stream_noDirectory_matchesNoAlias() {
    directory.addAlias(ROOM, RoomAlias.parse("#irc_x:h"));
    host.start(host.bare());
    host.message(ROOM, ALICE);

    assertThat(got(StreamToken.of(0, 0, 0))).isEmpty();
  }

  @Test
  void stream_historyIsForMembers_isNoFilter() {
    host.room(NAMED, ALICE);
    append(host.world.event(
        NAMED,
        ALICE,
        "m.room.history_visibility",
        "\"state_key\":\"\",",
        "{\"history_visibility\":\"joined\"}"));
    EventId message = message(NAMED);

    assertThat(got(start)).endsWith(message);
  }

  @Test
  void stream_senderIgnoresSomebody_isNoFilter() {
    host.settings.setIgnored(SENDER, Set.of(ALICE));
    EventId invite = append(host.world.member(ROOM, ALICE, SENDER, "invite"));
    EventId join = host.join(ROOM, SENDER);
    EventId message = message(ROOM);

    assertThat(got(start)).containsExactly(invite, join, message);
  }

  @Test
  void stream_outliers_areDueToTheirSubjectAlone() {
    EventId invite = outlier(host.world.member(NAMED, ALICE, GHOST, "invite"));
    outlier(host.world.member(NAMED, ALICE, BOB, "invite"));

    assertThat(got(start)).containsExactly(invite);
  }

  @Test
  void stream_outlierBecomesLive_isGivenOnce() {
    RoomEvent invite = host.world.member(ROOM, ALICE, GHOST, "invite");
    outlier(invite);
    host.world.append(invite);

    assertThat(got(start)).containsExactly(invite.id());
  }

  @Test
  void stream_limit_cutsAndGoesOn() {
    EventId join = host.join(ROOM, GHOST);
    EventId first = message(ROOM);
    host.room(World.room("other"), BOB);
    EventId second = message(ROOM);

    List<EventId> all = new ArrayList<>();
    StreamToken from = start;
    for (int i = 0; i < 3; i++) {
      EventBatch batch = host.poll(SENDER, from, SERVICE.withLimit(1));
      assertThat(batch.chunk()).hasSize(1);
      all.addAll(ids(batch));
      from = batch.end();
    }
    assertThat(all).containsExactly(join, first, second);
    assertThat(host.poll(SENDER, from, SERVICE.withLimit(1)).chunk()).isEmpty();
  }

  @Test
  void stream_asTheSenderWithoutTheOption_isAUsersStream() {
    host.join(ROOM, GHOST);
    host.message(ROOM, ALICE);

    assertThat(host.poll(SENDER, start).chunk()).isEmpty();
    assertThat(ids(host.poll(GHOST, start))).hasSize(2);
  }

  @Test
  void stream_withoutFrom_isNow() {
    host.join(ROOM, GHOST);
    CompletableFuture<EventBatch> poll = park(null);
    assertThat(poll).isNotDone();
    EventId message = message(ROOM);
    assertThat(ids(poll.join())).containsExactly(message);
  }

  @Test
  void parked_messageInARoomOfAGhost_isWoken() {
    host.join(ROOM, GHOST);
    CompletableFuture<EventBatch> poll = park(host.here());
    EventId message = message(ROOM);
    assertThat(ids(poll.join())).containsExactly(message);
  }

  @Test
  void parked_messageInANamedRoomOfStrangers_isWoken() {
    host.room(NAMED, ALICE);
    CompletableFuture<EventBatch> poll = park(host.here());
    EventId message = message(NAMED);
    assertThat(ids(poll.join())).containsExactly(message);
  }

  @Test
  void parked_messageInARoomOfAnAlias_isWoken() {
    directory.addAlias(ROOM, RoomAlias.parse("#irc_x:h"));
    CompletableFuture<EventBatch> poll = park(host.here());
    EventId message = message(ROOM);
    assertThat(ids(poll.join())).containsExactly(message);
  }

  @Test
  void parked_ghostJoinsOrIsInvited_isWoken() {
    CompletableFuture<EventBatch> poll = park(host.here());
    EventId invite = append(host.world.member(ROOM, ALICE, GHOST, "invite"));
    assertThat(ids(poll.join())).containsExactly(invite);

    poll = park(poll.join().end());
    EventId join = host.join(ROOM, GHOST);
    assertThat(ids(poll.join())).containsExactly(join);
  }

  @Test
  void parked_whatDoesNotConcernIt_leavesItParked() {
    CompletableFuture<EventBatch> poll = park(start);
    host.message(ROOM, ALICE);
    host.join(ROOM, World.user("c"));
    assertThat(poll).isNotDone();
    host.time.advance(Duration.ofSeconds(30));
    assertThat(poll.join().chunk()).isEmpty();
    assertThat(poll.join().end()).isEqualTo(host.here());
  }

  @Test
  void parked_engineCloses_isAnsweredWithNothing() {
    CompletableFuture<EventBatch> poll = park(start);
    assertThat(host.engine().parked()).isOne();
    host.engine().close();
    assertThat(poll.join().chunk()).isEmpty();
    assertThat(host.engine().parked()).isZero();
  }

  @Test
  void cancelled_leavesNothing() {
    park(start).cancel(true);
    assertThat(host.engine().parked()).isZero();
  }

  @Test
  void stream_typing_isOfItsRooms() {
    host.join(ROOM, GHOST);
    host.room(World.room("other"), ALICE);
    CompletableFuture<EventBatch> poll = park(host.here());
    host.types(World.room("other"), ALICE, Duration.ofHours(1));
    assertThat(poll).isNotDone();
    host.types(ROOM, ALICE, Duration.ofHours(1));
    assertThat(side(poll.join())).containsExactly(typing(ROOM, ALICE));
  }

  @Test
  void stream_receipts_areOfItsRooms() {
    host.room(NAMED, ALICE);
    CompletableFuture<EventBatch> poll = park(host.here());
    host.reads(ROOM, ALICE, "e1");
    assertThat(poll).isNotDone();
    host.reads(NAMED, ALICE, "e2");
    assertThat(side(poll.join())).containsExactly(receipt(NAMED, ALICE, "e2"));
  }

  @Test
  void stream_presence_isOfThoseInItsRooms() {
    host.room(NAMED, World.user("c"));
    StreamToken here = host.here();
    host.online(ALICE);
    host.online(World.user("c"));
    assertThat(side(host.poll(SENDER, here, SERVICE)))
        .containsExactly(present(World.user("c"), "online"));
  }

  @Test
  void stream_accountData_isNobodys() {
    host.join(ROOM, SENDER);
    CompletableFuture<EventBatch> poll = park(host.here());
    host.keeps(SENDER, ROOM, "m.tag", "{}");
    host.keeps(GHOST, null, "m.push", "{}");
    assertThat(poll).isNotDone();
  }

  @Test
  void stream_afterTheLastGhostLeft_hasNothingOfTheRoom() {
    host.join(ROOM, GHOST);
    StreamToken here = host.here();
    EventId leave = host.leave(ROOM, GHOST);
    host.types(ROOM, ALICE, Duration.ofHours(1));
    host.online(ALICE);
    host.reads(ROOM, ALICE, "e1");
    EventBatch batch = host.poll(SENDER, here, SERVICE);
    assertThat(ids(batch)).containsExactly(leave);
    assertThat(batch.end()).isEqualTo(host.here());
  }

  @Test
  void options_serviceInOneRoom_areRefused() {
    assertThatThrownBy(() -> SERVICE.inRoom(ROOM)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() ->
            StreamOptions.DEFAULT.inRoom(ROOM).withService(SERVICE.service().orElseThrow()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private CompletableFuture<EventBatch> park(@Nullable StreamToken from) {
    CompletableFuture<EventBatch> poll =
        host.engine().stream(SENDER, from, Duration.ofSeconds(30), SERVICE);
    assertThat(poll).isNotDone();
    return poll;
  }

  private List<EventId> got(StreamToken from) {
    return ids(host.poll(SENDER, from, SERVICE));
  }

  private static List<EventId> ids(EventBatch batch) {
    return batch.chunk().stream()
        .map(ClientEvent::id)
        .map(id -> id.orElseThrow())
        .toList();
  }

  private EventId message(RoomId room) {
    return append(host.world.message(room, ALICE));
  }

  private EventId append(RoomEvent event) {
    host.world.append(event);
    return event.id();
  }

  private EventId outlier(RoomEvent event) {
    host.events.append(List.of(Append.outlier(event)));
    return event.id();
  }

  private static List<Pattern> patterns(String regex) {
    return List.of(Pattern.compile(regex));
  }
}
