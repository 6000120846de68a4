package io.github.matrixsync;

import static io.github.matrixsync.world.Host.ALICE;
import static io.github.matrixsync.world.Host.BOB;
import static io.github.matrixsync.world.Host.CAROL;
import static io.github.matrixsync.world.Host.ROOM;
import static io.github.matrixsync.world.Host.answered;
import static io.github.matrixsync.world.Host.present;
import static io.github.matrixsync.world.Host.receipt;
import static io.github.matrixsync.world.Host.side;
import static io.github.matrixsync.world.Host.typing;
import static io.github.matrixsync.world.ServiceHost.GHOST;
import static io.github.matrixsync.world.ServiceHost.ids;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.call.RoomNotReadableException;
import io.github.matrixsync.call.RoomSnapshot;
import io.github.matrixsync.call.StreamOptions;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.model.Append;
import io.github.matrixsync.store.model.EventKind;
import io.github.matrixsync.store.state.StateEntry;
import io.github.matrixsync.world.Host;
import io.github.matrixsync.world.ServiceHost;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A host that resolves state: events that lose state resolution, and state entries that another event sets, resets or
 * removes, both in the window and in the store.
 */
class StateResolutionTest {
  private static final int WINDOW = 10_000;
  private static final int NO_WINDOW = 0;

  private final Host host = new Host();

  @AfterEach
  void close() {
    host.close();
  }

  private void start(int window) {
    host.start(SmallLimits.window(window, host.full()));
  }

  @ParameterizedTest
  @ValueSource(ints = {WINDOW, NO_WINDOW})
  void stream_kickThatLost_isTheSendersAlone(int window) {
    start(window);
    host.room(ROOM, ALICE, BOB, CAROL);
    StreamToken here = host.here();

    EventId kick = lose(host.world.member(ROOM, ALICE, BOB, "leave"));
    EventId after = append(host.world.message(ROOM, CAROL));

    assertThat(ids(host.poll(ALICE, here))).containsExactly(kick, after);
    assertThat(ids(host.poll(BOB, here))).containsExactly(after);
    assertThat(ids(host.poll(CAROL, here))).containsExactly(after);
  }

  @ParameterizedTest
  @ValueSource(ints = {WINDOW, NO_WINDOW})
  void stream_stateThatLost_isTheSendersAloneAlsoInOneRoom(int window) {
    start(window);
    host.world.create(ROOM, ALICE, "world_readable");
    host.join(ROOM, BOB);
    StreamToken here = host.here();

    EventId topic = lose(topic(ALICE, "lost"));
    EventId visibility = lose(
        host.world.event(ROOM, ALICE, "m.room.history_visibility", "\"state_key\":\"\",", "{}"));

    for (UserId other : List.of(BOB, CAROL)) {
      assertThat(host.poll(other, here).chunk()).isEmpty();
      assertThat(host.poll(other, here, StreamOptions.DEFAULT.inRoom(ROOM)).chunk())
          .isEmpty();
    }
    assertThat(ids(host.poll(ALICE, here))).containsExactly(topic, visibility);
    assertThat(ids(host.poll(ALICE, here, StreamOptions.DEFAULT.inRoom(ROOM))))
        .containsExactly(topic, visibility);
  }

  @Test
  void history_eventThatLost_standsThere() {
    host.room(ROOM, ALICE, BOB);
    EventId kick = lose(host.world.member(ROOM, ALICE, BOB, "leave"));

    RoomSnapshot room = host.engine().initialSync(BOB, 1).rooms().get(0);

    assertThat(room.membership()).contains(Membership.JOIN);
    assertThat(room.messages().orElseThrow().chunk().get(0).id()).contains(kick);
    assertThat(room.state()).noneMatch(event -> event.id().equals(Optional.of(kick)));
    assertThat(host.engine().getEvent(BOB, kick)).isPresent();
  }

  @Test
  void stream_inviteThatLost_leadsNowhere() {
    host.room(ROOM, ALICE);
    StreamToken here = host.here();

    lose(host.world.member(ROOM, ALICE, BOB, "invite"));

    assertThat(host.poll(BOB, here).chunk()).isEmpty();
    assertThat(host.engine().initialSync(BOB, 1).rooms()).isEmpty();
  }

  @Test
  void stream_parkedWhileAnEventLoses_isNotAnswered() {
    host.room(ROOM, ALICE, BOB);
    CompletableFuture<EventBatch> subject = host.park(BOB, null);
    CompletableFuture<EventBatch> sender = host.park(ALICE, null);

    EventId kick = lose(host.world.member(ROOM, ALICE, BOB, "leave"));

    assertThat(ids(answered(sender))).containsExactly(kick);
    assertThat(subject).isNotDone();
  }

  @Test
  void stream_afterTopicThatLost_replacedIsTheOneThatStood() {
    host.room(ROOM, ALICE, BOB);
    EventId first = append(topic(ALICE, "first"));
    lose(topic(ALICE, "lost"));
    StreamToken here = host.here();

    append(topic(ALICE, "next"));

    assertThat(Host.json(host.poll(BOB, here).chunk()).get(0))
        .contains("\"replaces_state\":\"" + first + "\"")
        .contains("\"prev_content\":{\"topic\":\"first\"}");
  }

  @ParameterizedTest
  @ValueSource(ints = {WINDOW, NO_WINDOW})
  void stream_outlierThatChangedNothing_isNobodysUntilItIsLive(int window) {
    start(window);
    host.room(ROOM, ALICE);
    StreamToken here = host.here();
    RoomEvent invite = host.world.member(ROOM, ALICE, BOB, "invite");
    host.events.append(List.of(new Append(invite, EventKind.OUTLIER, List.of(), Optional.empty())));
    assertThat(host.poll(BOB, here).chunk()).isEmpty();

    append(invite);

    assertThat(ids(host.poll(BOB, here))).containsExactly(invite.id());
  }

  @Test
  void stream_eventToldAsOutlierLosesWhenItIsLive_isNotRepeated() {
    host.room(ROOM, ALICE);
    StreamToken here = host.here();
    RoomEvent join = host.world.member(ROOM, BOB, BOB, "join");
    host.events.append(List.of(Append.outlier(join)));

    lose(join);

    assertThat(ids(host.poll(BOB, here))).containsExactly(join.id());
  }

  @ParameterizedTest
  @ValueSource(ints = {WINDOW, NO_WINDOW})
  void stream_eventWhoseEntryWasSetBefore_isGivenToMembers(int window) {
    start(window);
    host.room(ROOM, ALICE, BOB);
    StreamToken here = host.here();
    RoomEvent topic = topic(ALICE, "set before");
    RoomEvent message = host.world.message(ROOM, ALICE);

    host.events.append(
        List.of(Append.live(message, List.of(StateEntry.of(topic))), Append.live(topic)));

    assertThat(ids(host.poll(BOB, here))).containsExactly(message.id(), topic.id());
  }

  @ParameterizedTest
  @ValueSource(ints = {WINDOW, NO_WINDOW})
  void stream_movedInByAnothersEvent_getsThatAndWhatFollows(int window) {
    start(window);
    host.room(ROOM, ALICE);
    RoomEvent join = host.world.member(ROOM, BOB, BOB, "join");
    lose(join);
    StreamToken here = host.here();
    CompletableFuture<EventBatch> parked = host.park(BOB, here);

    EventId moved = move(host.world.message(ROOM, ALICE), StateEntry.of(join));
    EventId after = append(host.world.message(ROOM, ALICE));

    assertThat(ids(answered(parked))).containsExactly(moved);
    assertThat(ids(host.poll(BOB, here))).containsExactly(moved, after);
    assertThat(host.engine().initialSync(BOB, 1).rooms().get(0).membership())
        .contains(Membership.JOIN);
  }

  @ParameterizedTest
  @ValueSource(ints = {WINDOW, NO_WINDOW})
  void stream_movedInByAnEventThatLost_getsWhatTheRoomShowsBesides(int window) {
    start(window);
    host.room(ROOM, ALICE);
    RoomEvent join = host.world.member(ROOM, BOB, BOB, "join");
    lose(join);
    host.online(ALICE);
    host.types(ROOM, ALICE, Duration.ofSeconds(9));
    host.reads(ROOM, ALICE, "e1");
    StreamToken here = host.here();

    move(topic(ALICE, "lost"), StateEntry.of(join));

    EventBatch batch = host.poll(BOB, here);
    assertThat(batch.chunk()).hasSize(3);
    assertThat(side(batch))
        .containsExactly(present(ALICE, "online"), typing(ROOM, ALICE), receipt(ROOM, ALICE, "e1"));
  }

  @ParameterizedTest
  @ValueSource(ints = {WINDOW, NO_WINDOW})
  void stream_otherMovedByAnEventThatLost_showsThemComeAndGo(int window) {
    start(window);
    host.room(ROOM, ALICE, BOB);
    RoomEvent join = host.world.member(ROOM, CAROL, CAROL, "join");
    lose(join);
    host.online(CAROL);
    host.types(ROOM, CAROL, Duration.ofSeconds(9));
    StreamToken here = host.here();
    CompletableFuture<EventBatch> parked = host.park(BOB, here);

    move(topic(ALICE, "lost"), StateEntry.of(join));

    assertThat(side(answered(parked)))
        .containsExactly(present(CAROL, "online"), typing(ROOM, CAROL));

    move(topic(ALICE, "lost too"), gone(CAROL));

    assertThat(side(host.poll(BOB, answered(parked).end()))).containsExactly(typing(ROOM));
  }

  @Test
  void stream_movedOutByAnothersEvent_getsNothingMoreAndTheSnapshotSaysSo() {
    host.room(ROOM, ALICE, BOB);
    StreamToken here = host.here();
    CompletableFuture<EventBatch> peek =
        host.engine().stream(BOB, here, Duration.ofSeconds(30), StreamOptions.DEFAULT.inRoom(ROOM));

    move(host.world.message(ROOM, ALICE), gone(BOB));
    append(host.world.message(ROOM, ALICE));

    assertThatThrownBy(peek::join).hasCauseInstanceOf(RoomNotReadableException.class);
    assertThat(host.poll(BOB, here).chunk()).isEmpty();
    assertThat(host.engine().initialSync(BOB, 1).rooms()).isEmpty();
  }

  @Test
  void snapshot_ownEntryBackToAnOlderEvent_showsThatEvent() {
    host.room(ROOM, ALICE);
    RoomEvent invite = host.world.member(ROOM, ALICE, BOB, "invite");
    append(invite);
    append(host.world.member(ROOM, ALICE, BOB, "ban"));
    StreamToken here = host.here();

    move(host.world.message(ROOM, ALICE), StateEntry.of(invite));

    assertThat(host.poll(BOB, here).chunk()).isEmpty();
    RoomSnapshot room = host.engine().initialSync(BOB, 1).rooms().get(0);
    assertThat(room.membership()).contains(Membership.INVITE);
    assertThat(room.inviter()).contains(ALICE);
    assertThat(room.invite().orElseThrow().id()).contains(invite.id());
  }

  @ParameterizedTest
  @ValueSource(ints = {WINDOW, NO_WINDOW})
  void service_eventThatLost_isGivenOnlyIfOneOfItsUsersSentIt(int window) {
    try (ServiceHost service = new ServiceHost()) {
      Host its = service.host;
      its.start(SmallLimits.window(window, its.full()).directory(service.directory));
      StreamToken before = its.here();
      lose(its, its.world.member(ROOM, ALICE, GHOST, "invite"));
      assertThat(service.got(before)).isEmpty();

      EventId join = its.join(ROOM, GHOST);
      lose(its, its.world.member(ROOM, ALICE, GHOST, "leave"));
      EventId own = lose(
          its,
          its.world.event(ROOM, GHOST, "m.room.topic", "\"state_key\":\"\",", "{\"topic\":\"x\"}"));

      assertThat(service.got(before)).containsExactly(join, own);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {WINDOW, NO_WINDOW})
  void service_firstOfItsUsersMovedInByAnEventThatLost_getsWhatTheRoomShowsBesides(int window) {
    try (ServiceHost service = new ServiceHost()) {
      Host its = service.host;
      its.start(SmallLimits.window(window, its.full()).directory(service.directory));
      its.online(BOB);
      RoomEvent join = its.world.member(ROOM, GHOST, GHOST, "join");
      lose(its, join);
      StreamToken here = its.here();

      its.events.append(List.of(Append.live(
          its.world.event(ROOM, ALICE, "m.room.topic", "\"state_key\":\"\",", "{}"),
          List.of(StateEntry.of(join)))));

      assertThat(side(service.poll(here))).containsExactly(present(BOB, "online"));
    }
  }

  private RoomEvent topic(UserId sender, String text) {
    return host.world.event(
        ROOM, sender, "m.room.topic", "\"state_key\":\"\",", "{\"topic\":\"" + text + "\"}");
  }

  private static StateEntry gone(UserId user) {
    return new StateEntry(RoomEvent.MEMBER, user.value(), Optional.empty());
  }

  private EventId append(RoomEvent event) {
    host.world.append(event);
    return event.id();
  }

  /** Appends a state event that loses state resolution. */
  private EventId lose(RoomEvent event) {
    return lose(host, event);
  }

  private static EventId lose(Host host, RoomEvent event) {
    return move(host, event);
  }

  /** Appends an event that changes these state entries and no others. */
  private EventId move(RoomEvent event, StateEntry... entries) {
    return move(host, event, entries);
  }

  private static EventId move(Host host, RoomEvent event, StateEntry... entries) {
    host.events.append(List.of(Append.live(event, List.of(entries))));
    return event.id();
  }
}
