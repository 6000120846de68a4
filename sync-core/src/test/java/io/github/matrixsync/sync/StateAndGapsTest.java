package io.github.matrixsync.sync;

import static io.github.matrixsync.sync.SyncHost.AFTER;
import static io.github.matrixsync.sync.SyncHost.entry;
import static io.github.matrixsync.sync.SyncHost.number;
import static io.github.matrixsync.sync.SyncHost.timeline;
import static io.github.matrixsync.world.Host.ALICE;
import static io.github.matrixsync.world.Host.BOB;
import static io.github.matrixsync.world.Host.CAROL;
import static io.github.matrixsync.world.Host.ROOM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.SmallLimits;
import io.github.matrixsync.call.MessagesOptions;
import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.HistoryVisibility;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.store.model.Append;
import io.github.matrixsync.store.state.StateEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults that servers had with state and gaps, each as a scenario. */
class StateAndGapsTest {
  private static final StateEntry[] NO_CHANGE = {};

  private final SyncHost host = new SyncHost();

  @BeforeEach
  void createTheRoom() {
    host.host.room(ROOM, ALICE, BOB);
  }

  @AfterEach
  void close() {
    host.close();
  }

  @Test
  @DisplayName("https://github.com/element-hq/synapse/issues/16928")
  void sync_stateBeforeALimitedTimelineOfOtherTypes_isInState() {
    StreamToken token = host.first(BOB);
    EventId topic = host.state(ROOM, ALICE, "m.room.topic", "{\"topic\":\"t\"}");
    EventId message = host.message(ROOM, ALICE);
    host.append(host.host.world.event(ROOM, ALICE, "x", "", "{}"));

    SyncResponse answer = host.sync(BOB, token, timeline("\"limit\":1,\"not_types\":[\"x\"]"));

    assertThat(SyncText.of(answer, ROOM))
        .startsWith("join [" + number(message) + "] limited")
        .endsWith(" state " + number(topic));
  }

  @Test
  @DisplayName("https://github.com/element-hq/synapse/issues/16941")
  void sync_entryChangesWithoutAnEventOfItsOwn_isInState() {
    RoomEvent name = host.stateEvent(ROOM, ALICE, "m.room.name", "{\"name\":\"n\"}");
    host.append(name, NO_CHANGE);
    StreamToken token = host.first(BOB);
    EventId message =
        host.append(host.host.world.message(ROOM, ALICE), entry("m.room.name", "", name.id()));

    for (SyncOptions options : List.of(SyncOptions.DEFAULT, AFTER)) {
      JoinedRoom room = host.sync(BOB, token, options).rooms().join().get(ROOM);

      assertThat(SyncText.numbers(room.timeline().events())).isEqualTo(number(message));
      assertThat(room.timeline().limited()).isFalse();
      assertThat(SyncText.numbers(room.state())).isEqualTo(number(name.id()));
    }
  }

  @Test
  @DisplayName("https://github.com/element-hq/synapse/issues/16940")
  void sync_stateEventThatLost_isInStateOnlyOnceItIsEffective() {
    RoomEvent name = host.stateEvent(ROOM, ALICE, "m.room.name", "{\"name\":\"n\"}");
    host.append(name, NO_CHANGE);
    host.message(ROOM, ALICE);

    SyncResponse first = host.sync(BOB, null, timeline("\"limit\":1"));
    host.append(host.host.world.message(ROOM, ALICE), entry("m.room.name", "", name.id()));
    SyncResponse next = host.sync(BOB, first.nextBatch());

    assertThat(SyncText.numbers(first.rooms().join().get(ROOM).state()).split(" "))
        .doesNotContain(number(name.id()));
    assertThat(SyncText.numbers(next.rooms().join().get(ROOM).state()))
        .isEqualTo(number(name.id()));
  }

  @Test
  @DisplayName("https://github.com/matrix-org/synapse/issues/10081")
  void sync_stateThatTheTimelineFilterLeavesOut_isInStateThoughNotLimited() {
    StreamToken token = host.first(BOB);
    EventId topic = host.state(ROOM, ALICE, "m.room.topic", "{\"topic\":\"t\"}");
    EventId message = host.message(ROOM, ALICE);

    SyncResponse answer = host.sync(BOB, token, timeline("\"types\":[\"m.room.message\"]"));

    assertThat(SyncText.of(answer, ROOM))
        .matches("join \\[" + number(message) + "] from s\\d+ state " + number(topic));
  }

  @Test
  @DisplayName("https://github.com/matrix-org/synapse/issues/2735")
  void sync_stateGoesBackToAnOlderEvent_isInStateAfter() {
    EventId old = host.state(ROOM, ALICE, "m.room.topic", "{\"topic\":\"1\"}");
    host.state(ROOM, ALICE, "m.room.topic", "{\"topic\":\"2\"}");
    StreamToken token = host.first(BOB);
    EventId message =
        host.append(host.host.world.message(ROOM, ALICE), entry("m.room.topic", "", old));

    SyncResponse answer = host.sync(BOB, token, AFTER);

    assertThat(SyncText.of(answer, ROOM))
        .matches("join \\[" + number(message) + "] from s\\d+ state " + number(old));
  }

  @Test
  @DisplayName("https://github.com/element-hq/synapse/issues/18793")
  void sync_changeInsideABatch_isToldOnce() {
    StreamToken before = host.first(BOB);
    RoomEvent message = host.host.world.message(ROOM, ALICE);
    RoomEvent member = host.host.world.member(ROOM, BOB, BOB, "join");
    host.host.events.append(List.of(Append.live(message), Append.live(member)));

    SyncResponse answer = host.sync(BOB, before, AFTER);
    SyncResponse next = host.sync(BOB, answer.nextBatch(), AFTER);

    assertThat(SyncText.numbers(answer.rooms().join().get(ROOM).state()))
        .isEqualTo(number(member.id()));
    assertThat(next.isEmpty()).isTrue();
  }

  @Test
  @DisplayName("https://github.com/matrix-org/complement/pull/699")
  void sync_lateEventOfLowDepth_isAmongTheNewestByArrival() {
    for (int i = 0; i < 4; i++) {
      host.message(ROOM, ALICE);
    }
    StreamToken token = host.first(BOB);
    EventId late =
        host.append(host.host.world.message(ROOM, ALICE).toBuilder().depth(1).build());
    EventId next = host.message(ROOM, ALICE);
    EventId last = host.message(ROOM, ALICE);

    SyncResponse answer = host.sync(BOB, token, timeline("\"limit\":3"));

    assertThat(SyncText.of(answer, ROOM))
        .startsWith("join [" + number(late) + " " + number(next) + " " + number(last) + "] from");
  }

  @Test
  @DisplayName("https://github.com/matrix-org/dendrite/issues/634")
  void sync_moreThanTheLimit_isTheNewestAscending() {
    StreamToken token = host.first(BOB);
    List<String> numbers = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      numbers.add(number(host.message(ROOM, ALICE)));
    }

    SyncResponse answer = host.sync(BOB, token);

    assertThat(SyncText.of(answer, ROOM))
        .startsWith("join [" + String.join(" ", numbers.subList(20, 30)) + "] limited");
  }

  @Test
  @DisplayName("https://github.com/matrix-org/synapse/issues/12864")
  void sync_tokenAtARedactionOfAnUnknownEvent_isAnswered() {
    host.append(host.host.world.redaction(ROOM, ALICE, EventId.parse("$unknown:h")));
    StreamToken token = host.first(BOB);
    for (int i = 0; i < 11; i++) {
      host.message(ROOM, ALICE);
    }

    JoinedRoom room = host.sync(BOB, token).rooms().join().get(ROOM);

    assertThat(room.timeline().events()).hasSize(10);
    assertThat(room.timeline().limited()).isTrue();
  }

  @Test
  @DisplayName("https://github.com/element-hq/synapse/issues/17050")
  void sync_memberChangesWithoutAnEventOfTheirOwn_isInStateUnderLazyLoading() {
    EventId join = host.member(ROOM, CAROL, CAROL, "join");
    host.member(ROOM, CAROL, CAROL, "join");
    SyncOptions lazy = SyncHost.lazy(10);
    StreamToken token = host.first(BOB, lazy);
    host.append(host.host.world.message(ROOM, ALICE), entry("m.room.member", CAROL.value(), join));

    for (SyncOptions options : List.of(lazy, lazy.withStateMode(StateMode.AFTER))) {
      JoinedRoom room = host.sync(BOB, token, options).rooms().join().get(ROOM);

      assertThat(room.timeline().limited()).isFalse();
      assertThat(SyncText.numbers(room.state()).split(" ")).contains(number(join));
    }
  }

  @Test
  @DisplayName("a late event of depth 1 and three messages, limit 4, with and without a window")
  void sync_lateEvent_windowOrNot_isTheSame() {
    for (int window : new int[] {0, 100}) {
      host.host.start(SmallLimits.window(window, host.host.full()));
      StreamToken token = host.first(BOB);
      List<String> numbers = new ArrayList<>();
      RoomEvent late = host.host.world.message(ROOM, ALICE).toBuilder().depth(1).build();
      numbers.add(number(host.append(late)));
      for (int i = 0; i < 3; i++) {
        numbers.add(number(host.message(ROOM, ALICE)));
      }

      SyncResponse answer = host.sync(BOB, token, timeline("\"limit\":4"));

      assertThat(SyncText.of(answer, ROOM))
          .startsWith("join [" + String.join(" ", numbers) + "] from");
    }
  }

  @Test
  @DisplayName("Synapse test_state_reset_room_comes_down_incremental_sync")
  void sync_memberEntryIsTakenAway_isALeftRoomUpToThere() {
    StreamToken token = host.first(BOB);
    EventId before = host.message(ROOM, ALICE);
    host.append(
        host.host.world.message(ROOM, ALICE),
        new StateEntry("m.room.member", BOB.value(), Optional.empty()));
    host.message(ROOM, ALICE);

    assertThat(SyncText.of(host.sync(BOB, token), ROOM))
        .startsWith("leave [" + number(before) + "] from");
  }

  @Test
  @DisplayName("https://github.com/matrix-org/synapse/issues/16463")
  void sync_eventsAreMissingInBetween_beginsBehindThem() {
    host.host.start(host.host.full().gaps(host.host.events));
    StreamToken before = host.first(BOB);
    EventId early = host.message(ROOM, ALICE);
    StreamToken after = host.first(BOB);
    RoomEvent late = host.host.world.message(ROOM, ALICE);
    long position =
        host.host.events.append(List.of(Append.live(late).afterGap())).get(0);

    for (StreamToken token : List.of(before, after)) {
      assertThat(SyncText.of(host.sync(BOB, token, timeline("\"limit\":20")), ROOM))
          .isEqualTo("join [" + number(late.id()) + "] limited from s" + (position - 1) + " state");
    }
    assertThat(early).isNotEqualTo(late.id());
  }

  /** A gap makes a timeline limited even if the filter wants none of its events, in the window and outside of it. */
  @ParameterizedTest
  @ValueSource(ints = {0, 100})
  void sync_eventsAreMissingAndNoneIsWanted_isLimited(int window) {
    host.host.start(SmallLimits.window(window, host.host.full().gaps(host.host.events)));
    StreamToken token = host.first(BOB);
    host.host.events.append(
        List.of(Append.live(host.host.world.message(ROOM, ALICE)).afterGap()));

    assertThat(SyncText.of(host.sync(BOB, token, timeline("\"types\":[]")), ROOM))
        .startsWith("join [] limited");
  }

  @Test
  @DisplayName("https://github.com/matrix-org/synapse/issues/1602")
  void messages_fromThePreviousBatch_beginBeforeTheTimeline() {
    EventId before = host.message(ROOM, ALICE);
    StreamToken token = host.first(BOB);
    host.message(ROOM, ALICE);

    Timeline timeline = host.sync(BOB, token).rooms().join().get(ROOM).timeline();

    assertThat(before(timeline, 1)).containsExactly(before);
  }

  @Test
  @DisplayName("https://github.com/element-hq/synapse/issues/1509")
  void messages_beforeAFirstTimelineThatIsWhole_areNone() {
    Timeline timeline = host.sync(BOB, null).rooms().join().get(ROOM).timeline();

    assertThat(timeline.limited()).isFalse();
    assertThat(before(timeline, 10)).isEmpty();
  }

  private List<EventId> before(Timeline timeline, int limit) {
    return host
        .engine()
        .messages(
            BOB,
            ROOM,
            MessagesOptions.DEFAULT
                .withFrom(timeline.previousBatch().orElseThrow())
                .withLimit(limit))
        .chunk()
        .stream()
        .flatMap(event -> event.id().stream())
        .toList();
  }

  @Test
  @DisplayName("https://github.com/matrix-org/synapse/issues/12281")
  void sync_backfillBetweenInvitationAndJoin_isNotInFrontOfVisibleHistory() {
    host.state(ROOM, ALICE, "m.room.history_visibility", "{\"history_visibility\":\"invited\"}");
    host.member(ROOM, ALICE, CAROL, "invite");
    StreamToken invited = host.first(CAROL);
    RoomEvent old = host.host.world.message(ROOM, ALICE);
    host.host.events.append(List.of(Append.backfill(old, Optional.of(HistoryVisibility.INVITED))));
    host.host.join(ROOM, CAROL);

    JoinedRoom room = host.sync(CAROL, invited, AFTER).rooms().join().get(ROOM);

    assertThat(room.state()).hasSize(5);
    assertThat(SyncText.numbers(room.timeline().events()).split(" "))
        .doesNotContain(number(old.id()));
  }

  @Test
  void sync_redactionOfAPurgedEvent_isAppliedInTheWindow() {
    StreamToken token = host.first(BOB);
    EventId message = host.message(ROOM, ALICE);
    EventId redacted = host.message(ROOM, ALICE);
    EventId redaction = host.append(host.host.world.redaction(ROOM, BOB, redacted));
    host.host.events.purge(host.host.events.watermark());
    host.append(host.host.world.redaction(ROOM, ALICE, message));
    host.append(host.host.world.redaction(ROOM, ALICE, redaction));

    List<ClientEvent> shown =
        host.sync(BOB, token).rooms().join().get(ROOM).timeline().events();

    assertThat(shown).hasSize(5).allMatch(event -> !event.content().toString().contains("hi"));
    assertThat(shown.get(0).json().toString()).contains("redacted_because");
  }
}
