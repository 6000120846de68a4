package io.github.matrixsync;

import static io.github.matrixsync.world.Host.ALICE;
import static io.github.matrixsync.world.Host.BOB;
import static io.github.matrixsync.world.Host.CAROL;
import static io.github.matrixsync.world.Host.ROOM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.domain.event.EventForm;
import io.github.matrixsync.domain.event.RoomEvents;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.HistoryVisibility;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.EventStore;
import io.github.matrixsync.store.model.Append;
import io.github.matrixsync.world.Answers;
import io.github.matrixsync.world.CountingEvents;
import io.github.matrixsync.world.Host;
import io.github.matrixsync.world.World;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Caches are used, and never return stale data. Each test asks an engine with caches twice, before and after a change,
 * and an engine without caches: the answers are the same bytes.
 */
class CachesTest {
  private static final RoomId OTHER_ROOM = World.room("other");
  private static final List<UserId> USERS = List.of(ALICE, BOB, CAROL);

  private final Host host = new Host();
  private final CountingEvents counting = new CountingEvents(host.events, true);
  private SyncEngine engine;
  private Answers cached;

  @BeforeEach
  void start() {
    host.room(ROOM, ALICE, BOB);
    for (int i = 0; i < 3; i++) {
      host.message(ROOM, ALICE);
    }
    engine = host.start(host.bare(counting.store()));
    cached = new Answers(engine);
  }

  @AfterEach
  void close() {
    host.close();
  }

  @Test
  void initialSync_nothingChanged_readsNothingAgain() {
    cached.initialSync(BOB, 5);

    assertThat(readsOfInitialSync(BOB)).isEmpty();
  }

  @Test
  void initialSync_anotherRoomChanged_readsNothingOfThisOne() {
    cached.initialSync(BOB, 5);
    host.room(OTHER_ROOM, ALICE);

    assertThat(readsOfInitialSync(BOB)).isEmpty();
  }

  @Test
  void initialSync_secondMember_readsNoStateOrMessages() {
    cached.initialSync(ALICE, 5);

    assertThat(readsOfInitialSync(BOB)).containsExactlyInAnyOrder("memberships", "timelines");
  }

  @Test
  void initialSync_message_readsNoStateAgain() {
    cached.initialSync(BOB, 5);
    host.message(ROOM, ALICE);

    assertThat(readsOfInitialSync(BOB)).containsExactly("latest");
  }

  @Test
  void initialSync_leftLongAgo_readsNothingAgain() {
    host.leave(ROOM, BOB);
    host.message(ROOM, ALICE);
    cached.initialSync(BOB, 5);
    host.message(ROOM, ALICE);

    assertThat(readsOfInitialSync(BOB)).isEmpty();
  }

  @Test
  void getEvent_nothingChanged_readsNothingAgain() {
    EventId id = said("hello");
    cached.event(BOB, id, EventForm.V1);
    counting.reads.clear();

    assertThat(cached.event(BOB, id, EventForm.V1)).contains("hello");
    assertThat(reads()).isEmpty();
  }

  @Test
  void all_redactionOfAMessage_targetIsPruned() {
    EventId id = said("secret");

    change(id, () -> redact(id));

    assertThat(cached.initialSync(BOB, 5)).doesNotContain("secret");
    assertThat(cached.event(BOB, id, EventForm.V1)).doesNotContain("secret");
  }

  @Test
  void all_redactionOfAReplacedState_successorShowsItPruned() {
    topic("secret");
    EventId successor = topic("fine");
    assertSameAsPlain(successor);
    assertThat(cached.initialSync(BOB, 5)).contains("secret");

    redact(previousOf(successor));

    assertSameAsPlain(successor);
    assertThat(cached.initialSync(BOB, 5)).doesNotContain("secret");
  }

  @Test
  void all_redactionOfTheState_stateIsPruned() {
    EventId id = topic("secret");
    for (int i = 0; i < 5; i++) {
      host.message(ROOM, ALICE);
    }

    change(id, () -> redact(id));

    assertThat(cached.initialSync(BOB, 3)).doesNotContain("secret");
  }

  @Test
  void all_redactionAfterTheViewerLeft_targetIsPrunedThereToo() {
    EventId id = said("secret");
    host.leave(ROOM, BOB);
    assertSameAsPlain(id);
    assertThat(cached.initialSync(BOB, 5)).contains("secret");

    redact(id);

    assertSameAsPlain(id);
    assertThat(cached.initialSync(BOB, 5)).doesNotContain("secret");
  }

  @Test
  void all_redactionByBackfill_targetIsPruned() {
    EventId id = said("secret");

    change(
        id,
        () -> host.events.append(List.of(Append.backfill(
            host.world.redaction(ROOM, ALICE, id), Optional.of(HistoryVisibility.SHARED)))));

    assertThat(cached.initialSync(BOB, 5)).doesNotContain("secret");
  }

  @Test
  void all_backfill_isShownWhereItBelongs() {
    EventId id = said("new");

    change(id, () -> backfill(ALICE, "old", 2, HistoryVisibility.SHARED));

    assertThat(cached.initialSync(BOB, 20)).contains("old");
  }

  /**
   * An event of unknown visibility is hidden from all but its sender, so the sender must not get the others' cached
   * list.
   */
  @Test
  void all_backfillOfUnknownVisibility_onlyItsSenderSeesIt() {
    EventId id = said("new");

    change(id, () -> backfill(BOB, "mine", 1_000_000, null));

    assertThat(cached.initialSync(ALICE, 20)).doesNotContain("mine");
    assertThat(cached.initialSync(BOB, 20)).contains("mine");
    assertSameAsPlain(id);
  }

  @Test
  void all_purge_purgedMessagesAreGone() {
    EventId id = said("gone");
    host.message(ROOM, ALICE);

    change(id, () -> host.events.purge(host.events.watermark() - 1));

    assertThat(cached.initialSync(BOB, 20)).doesNotContain("gone");
  }

  @Test
  void all_visibilityChanges_newcomersSeeByTheNewOne() {
    EventId id = said("before");
    assertSameAsPlain(id);
    showsToTheJoinedAlone();

    EventId hidden = said("hidden");
    host.join(ROOM, CAROL);

    assertSameAsPlain(hidden);
    assertThat(cached.initialSync(CAROL, 20)).contains("before").doesNotContain("hidden");
    assertThat(cached.initialSync(BOB, 20)).contains("hidden");
    assertSameAsPlain(hidden);
  }

  @Test
  void all_leaveThenMore_leaverSeesNoneOfIt() {
    EventId id = said("before");
    assertSameAsPlain(id);

    host.leave(ROOM, BOB);
    topic("later");
    EventId later = said("later");

    assertSameAsPlain(later);
    assertThat(cached.initialSync(BOB, 20)).contains("before").doesNotContain("later");
    assertThat(cached.event(BOB, later, EventForm.V1)).startsWith("404");
  }

  /** The leave is the last event at first, and is followed by another event then. */
  @Test
  void all_leaveIsTheLastEvent_leaverSeesNoneOfWhatComes() {
    host.leave(ROOM, BOB);
    EventId last = host.join(OTHER_ROOM, BOB);
    assertSameAsPlain(last);
    host.leave(OTHER_ROOM, BOB);

    change(last, () -> host.message(OTHER_ROOM, ALICE));
  }

  @Test
  void all_banAfterTheLeave_isShownInThePlaceOfTheLeave() {
    EventId id = said("before");
    host.leave(ROOM, BOB);
    assertSameAsPlain(id);

    RoomEvent ban = host.world.member(ROOM, ALICE, BOB, "ban");
    host.world.append(ban);

    assertSameAsPlain(ban.id());
    assertThat(cached.initialSync(BOB, 5)).contains(ban.id().value());
    assertThat(cached.roomInitialSync(BOB, ROOM, 5, EventForm.V1))
        .contains(ban.id().value());
  }

  @Test
  void all_inviteAndRejoin_areShownAtOnce() {
    EventId id = said("before");
    host.leave(ROOM, BOB);
    assertSameAsPlain(id);

    host.world.append(host.world.member(ROOM, ALICE, BOB, "invite"));
    assertSameAsPlain(id);
    host.join(ROOM, BOB);
    assertSameAsPlain(id);
  }

  @Test
  void all_outlierInvite_isListedAtOnce() {
    EventId id = said("before");

    change(
        id,
        () -> host.events.append(
            List.of(Append.outlier(host.world.member(OTHER_ROOM, ALICE, BOB, "invite")))));

    assertThat(cached.initialSync(BOB, 5)).contains(OTHER_ROOM.value());
  }

  @Test
  void getEvent_outlierBecomesLive_isShownToTheRoom() {
    host.room(OTHER_ROOM, ALICE);
    RoomEvent invite = host.world.member(OTHER_ROOM, ALICE, BOB, "invite");
    host.events.append(List.of(Append.outlier(invite)));
    assertSameAsPlain(invite.id());
    assertThat(cached.event(ALICE, invite.id(), EventForm.V1)).startsWith("404");

    host.world.append(invite);

    assertSameAsPlain(invite.id());
    assertThat(cached.event(ALICE, invite.id(), EventForm.V1)).startsWith("200");
  }

  @Test
  void getEvent_outlierBecomesLive_isShownAsItCameThen() {
    host.room(OTHER_ROOM, ALICE, BOB);
    EventId leave = host.leave(OTHER_ROOM, BOB);
    RoomEvent invite = host.world.member(OTHER_ROOM, ALICE, BOB, "invite");
    host.events.append(List.of(Append.outlier(invite)));
    assertSameAsPlain(invite.id());
    assertThat(cached.event(BOB, invite.id(), EventForm.V1)).doesNotContain("replaces_state");
    String json = invite.json().toString().replaceFirst("\\{", "{\"more\":1,");

    host.world.append(RoomEvents.parse(RawJson.of(json), World.NOW));

    assertSameAsPlain(invite.id());
    assertThat(cached.event(BOB, invite.id(), EventForm.V1))
        .contains("\"more\":1", "\"replaces_state\":\"" + leave);
  }

  @Test
  void all_ignoredSender_isLeftOutForThatViewerAlone() {
    EventId id = said("annoying");

    change(id, () -> host.settings.setIgnored(BOB, Set.of(ALICE)));

    assertThat(cached.initialSync(BOB, 5)).doesNotContain("annoying");
    assertThat(cached.initialSync(ALICE, 5)).contains("annoying");
    host.settings.setIgnored(BOB, Set.of());
    assertSameAsPlain(id);
  }

  @Test
  void all_erasedSender_isPrunedForWhoWasNotThere() {
    topic("erased topic");
    EventId id = said("erased message");
    host.join(ROOM, CAROL);
    assertSameAsPlain(id);
    assertThat(cached.initialSync(CAROL, 5)).contains("erased message").contains("erased topic");
    assertThat(cached.initialSync(CAROL, 0)).contains("erased topic");

    host.settings.erase(ALICE);

    assertSameAsPlain(id);
    assertThat(cached.initialSync(CAROL, 5)).doesNotContain("erased");
    assertThat(cached.initialSync(CAROL, 0)).doesNotContain("erased");
    assertThat(cached.initialSync(BOB, 5)).contains("erased message").contains("erased topic");
    assertSameAsPlain(id);
  }

  @Test
  void all_forgottenRoom_isNotListed() {
    EventId id = said("before");
    host.leave(ROOM, BOB);

    change(id, () -> host.settings.forget(BOB, ROOM));

    assertThat(cached.initialSync(BOB, 5)).doesNotContain(ROOM.value());
  }

  /** Both ranges end at the same position, but one begins in the middle of the other. */
  @Test
  void initialSync_viewersOfDifferentRanges_eachSeesTheirOwn() {
    showsToTheJoinedAlone();
    said("early");
    host.join(ROOM, CAROL);
    said("late");

    for (int round = 0; round < 2; round++) {
      for (int limit : new int[] {1, 2, 20}) {
        assertThat(cached.initialSync(BOB, limit)).isEqualTo(plain(BOB, limit));
        assertThat(cached.initialSync(CAROL, limit)).isEqualTo(plain(CAROL, limit));
      }
    }
    assertThat(cached.initialSync(CAROL, 20)).doesNotContain("early").contains("late");
    assertThat(cached.initialSync(BOB, 20)).contains("early");
  }

  /** Takes a snapshot, checks it, and returns the store reads that it took. */
  private List<String> readsOfInitialSync(UserId user) {
    counting.reads.clear();
    String answer = cached.initialSync(user, 5);
    List<String> reads = reads();
    assertThat(answer).isEqualTo(plain(user, 5));
    return reads;
  }

  /** Returns the store reads except those of the log, by which the engine follows it. */
  private List<String> reads() {
    return counting.reads.stream().filter(read -> !read.equals("log")).toList();
  }

  private EventId said(String what) {
    return append("m.room.message", "", "{\"body\":\"" + what + "\"}");
  }

  private EventId topic(String what) {
    return append("m.room.topic", "\"state_key\":\"\",", "{\"topic\":\"" + what + "\"}");
  }

  private void showsToTheJoinedAlone() {
    append(
        "m.room.history_visibility", "\"state_key\":\"\",", "{\"history_visibility\":\"joined\"}");
  }

  private void redact(EventId target) {
    host.world.append(host.world.redaction(ROOM, ALICE, target));
  }

  private EventId append(String type, String more, String content) {
    RoomEvent event = host.world.event(ROOM, ALICE, type, more, content);
    host.world.append(event);
    return event.id();
  }

  private EventId previousOf(EventId state) {
    return host.events
        .events(List.of(state))
        .values()
        .iterator()
        .next()
        .replaces()
        .orElseThrow();
  }

  private void backfill(
      UserId sender, String what, long depth, @Nullable HistoryVisibility visibility) {
    RoomEvent event = host.world.event(
        ROOM, sender, "m.room.message", "\"depth\":" + depth + ",", "{\"body\":\"" + what + "\"}");
    host.events.append(List.of(Append.backfill(event, Optional.ofNullable(visibility))));
  }

  /** Compares all answers, also about this event, before and after a change. */
  private void change(EventId id, Runnable change) {
    assertSameAsPlain(id);
    change.run();
    assertSameAsPlain(id);
  }

  private void assertSameAsPlain(EventId id) {
    try (SyncEngine plain = engineWithout(host.events)) {
      Answers expected = new Answers(plain);
      for (UserId user : USERS) {
        for (EventForm form : EventForm.values()) {
          for (int limit : new int[] {0, 3, 5, 20}) {
            assertThat(cached.initialSync(user, limit, form))
                .isEqualTo(expected.initialSync(user, limit, form));
            assertThat(cached.roomInitialSync(user, ROOM, limit, form))
                .isEqualTo(expected.roomInitialSync(user, ROOM, limit, form));
          }
          assertThat(cached.event(user, id, form)).isEqualTo(expected.event(user, id, form));
        }
        assertThat(cached.messages(user, ROOM, 4)).isEqualTo(expected.messages(user, ROOM, 4));
      }
    }
  }

  private String plain(UserId user, int limit) {
    try (SyncEngine plain = engineWithout(host.events)) {
      return new Answers(plain).initialSync(user, limit);
    }
  }

  private SyncEngine engineWithout(EventStore store) {
    return host.bare(store).cacheBytes(0).build();
  }
}
