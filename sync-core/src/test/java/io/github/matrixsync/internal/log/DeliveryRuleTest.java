package io.github.matrixsync.internal.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.memory.MemoryEventStore;
import io.github.matrixsync.store.model.EventKind;
import io.github.matrixsync.store.model.StoredEvent;
import io.github.matrixsync.store.state.EntryChange;
import io.github.matrixsync.store.state.StateChange;
import io.github.matrixsync.world.World;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The delivery rule as a table. The reader is Bob, who may ignore Carol. */
class DeliveryRuleTest {
  private static final UserId BOB = World.user("b");
  private static final UserId CAROL = World.user("c");
  private static final RoomId ROOM = World.room("r");

  private final World world = new World(MemoryEventStore.create());

  enum Sent {
    CAROLS_MESSAGE,
    OWN_MESSAGE,
    CAROLS_TOPIC,
    OWN_TOPIC,
    CAROLS_JOIN,
    INVITE_BY_CAROL,
    KICK_BY_CAROL,
    OWN_LEAVE
  }

  // More than five parameters: one for each column of the table.
  @ParameterizedTest
  @CsvSource(useHeadersInDisplayName = true, textBlock = """
      event,           kind,    joined, ignores Carol, subject knows, lost,  due
      CAROLS_MESSAGE,  LIVE,    true,   false,         false,         false, true
      CAROLS_MESSAGE,  LIVE,    true,   true,          false,         false, false
      CAROLS_MESSAGE,  LIVE,    false,  false,         false,         false, false
      CAROLS_MESSAGE,  OUTLIER, true,   false,         false,         false, false
      OWN_MESSAGE,     LIVE,    true,   false,         false,         false, true
      OWN_MESSAGE,     LIVE,    false,  false,         false,         false, true
      OWN_MESSAGE,     OUTLIER, false,  false,         false,         false, false
      CAROLS_TOPIC,    LIVE,    true,   true,          false,         false, true
      CAROLS_TOPIC,    LIVE,    false,  false,         false,         false, false
      CAROLS_TOPIC,    LIVE,    true,   false,         false,         true,  false
      OWN_TOPIC,       LIVE,    true,   false,         false,         true,  true
      OWN_TOPIC,       LIVE,    false,  false,         false,         true,  true
      OWN_TOPIC,       OUTLIER, true,   false,         false,         true,  false
      CAROLS_JOIN,     LIVE,    true,   false,         false,         false, true
      CAROLS_JOIN,     LIVE,    true,   false,         true,          false, true
      CAROLS_JOIN,     LIVE,    false,  false,         false,         false, false
      CAROLS_JOIN,     OUTLIER, true,   false,         false,         false, false
      CAROLS_JOIN,     LIVE,    true,   false,         false,         true,  false
      INVITE_BY_CAROL, LIVE,    false,  false,         false,         false, true
      INVITE_BY_CAROL, OUTLIER, false,  false,         false,         false, true
      INVITE_BY_CAROL, OUTLIER, false,  false,         false,         true,  false
      INVITE_BY_CAROL, LIVE,    false,  false,         true,          false, false
      INVITE_BY_CAROL, LIVE,    false,  true,          false,         false, false
      INVITE_BY_CAROL, LIVE,    false,  false,         false,         true,  false
      KICK_BY_CAROL,   LIVE,    false,  true,          false,         false, true
      KICK_BY_CAROL,   LIVE,    true,   false,         false,         true,  false
      OWN_LEAVE,       LIVE,    true,   false,         false,         true,  true
      OWN_LEAVE,       LIVE,    true,   false,         true,          true,  false
      """)
  void isDue_eventAndReader_isAsTheTableSays(
      Sent sent,
      EventKind kind,
      boolean joined,
      boolean ignoresCarol,
      boolean subjectKnows,
      boolean lost,
      boolean due) {
    Set<UserId> ignored = ignoresCarol ? Set.of(CAROL) : Set.of();
    StoredEvent event = stored(sent, kind, subjectKnows, lost);

    assertThat(DeliveryRule.isDue(event, BOB, joined, ignored)).isEqualTo(due);
  }

  // More than five parameters: one for each column of the table.
  @ParameterizedTest
  @CsvSource(useHeadersInDisplayName = true, textBlock = """
      kind,    own subject, own sender, interested, subject knows, lost,  due
      LIVE,    false,       false,      true,       false,         false, true
      LIVE,    false,       false,      false,      false,         false, false
      OUTLIER, false,       false,      true,       false,         false, false
      LIVE,    true,        false,      false,      false,         false, true
      OUTLIER, true,        false,      false,      false,         false, true
      LIVE,    true,        false,      true,       true,          false, false
      LIVE,    false,       false,      true,       true,          false, true
      LIVE,    true,        false,      true,       false,         true,  false
      LIVE,    false,       false,      true,       false,         true,  false
      LIVE,    false,       true,       true,       false,         true,  true
      LIVE,    true,        true,       true,       true,          true,  false
      LIVE,    false,       true,       false,      false,         true,  false
      OUTLIER, true,        false,      true,       false,         true,  false
      """)
  void isDueToService_eventAndInterest_isAsTheTableSays(
      EventKind kind,
      boolean ownSubject,
      boolean ownSender,
      boolean interested,
      boolean subjectKnows,
      boolean lost,
      boolean due) {
    StoredEvent invite = stored(Sent.INVITE_BY_CAROL, kind, subjectKnows, lost);
    Predicate<UserId> owns = user -> user.equals(BOB) ? ownSubject : ownSender;

    assertThat(DeliveryRule.isDueToService(invite, owns, interested)).isEqualTo(due);
  }

  private StoredEvent stored(Sent sent, EventKind kind, boolean subjectKnows, boolean lost) {
    RoomEvent event = event(sent);
    StateChange[] changes = event.isState() && !lost
        ? new StateChange[] {
          new EntryChange(1, event.type(), event.stateKey().orElseThrow(), Optional.of(event.id()))
        }
        : new StateChange[0];
    return StoredEvents.stored(event, kind, 1, subjectKnows, changes);
  }

  private RoomEvent event(Sent sent) {
    return switch (sent) {
      case CAROLS_MESSAGE -> world.message(ROOM, CAROL);
      case OWN_MESSAGE -> world.message(ROOM, BOB);
      case CAROLS_TOPIC -> topic(CAROL);
      case OWN_TOPIC -> topic(BOB);
      case CAROLS_JOIN -> world.member(ROOM, CAROL, CAROL, "join");
      case INVITE_BY_CAROL -> world.member(ROOM, CAROL, BOB, "invite");
      case KICK_BY_CAROL -> world.member(ROOM, CAROL, BOB, "leave");
      case OWN_LEAVE -> world.member(ROOM, BOB, BOB, "leave");
    };
  }

  private RoomEvent topic(UserId sender) {
    return world.event(ROOM, sender, "m.room.topic", "\"state_key\":\"\",", "{\"topic\":\"t\"}");
  }
}
