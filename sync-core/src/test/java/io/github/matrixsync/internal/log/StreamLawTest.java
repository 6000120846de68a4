package io.github.matrixsync.internal.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.EventKind;
import io.github.matrixsync.store.StoredEvent;
import io.github.matrixsync.store.memory.MemoryEventStore;
import io.github.matrixsync.world.World;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The law of the stream as a table. The reader is Bob, and Carol is whom he may ignore. */
class StreamLawTest {
  private static final UserId BOB = World.user("b");
  private static final UserId CAROL = World.user("c");
  private static final RoomId ROOM = World.room("r");

  private final World world = new World(MemoryEventStore.create());

  enum Sent {
    CAROLS_MESSAGE,
    OWN_MESSAGE,
    CAROLS_TOPIC,
    CAROLS_JOIN,
    INVITE_BY_CAROL,
    KICK_BY_CAROL
  }

  @ParameterizedTest
  @CsvSource(useHeadersInDisplayName = true, textBlock = """
      event,           kind,    joined, ignores Carol, subject knows, due
      CAROLS_MESSAGE,  LIVE,    true,   false,         false,         true
      CAROLS_MESSAGE,  LIVE,    true,   true,          false,         false
      CAROLS_MESSAGE,  LIVE,    false,  false,         false,         false
      CAROLS_MESSAGE,  OUTLIER, true,   false,         false,         false
      OWN_MESSAGE,     LIVE,    true,   false,         false,         true
      OWN_MESSAGE,     LIVE,    false,  false,         false,         true
      OWN_MESSAGE,     OUTLIER, false,  false,         false,         false
      CAROLS_TOPIC,    LIVE,    true,   true,          false,         true
      CAROLS_TOPIC,    LIVE,    false,  false,         false,         false
      CAROLS_JOIN,     LIVE,    true,   false,         false,         true
      CAROLS_JOIN,     LIVE,    true,   false,         true,          true
      CAROLS_JOIN,     LIVE,    false,  false,         false,         false
      CAROLS_JOIN,     OUTLIER, true,   false,         false,         false
      INVITE_BY_CAROL, LIVE,    false,  false,         false,         true
      INVITE_BY_CAROL, OUTLIER, false,  false,         false,         true
      INVITE_BY_CAROL, LIVE,    false,  false,         true,          false
      INVITE_BY_CAROL, LIVE,    false,  true,          false,         false
      KICK_BY_CAROL,   LIVE,    false,  true,          false,         true
      """)
  void isDue_eventAndReader_isAsTheTableSays(
      Sent sent,
      EventKind kind,
      boolean joined,
      boolean ignoresCarol,
      boolean subjectKnows,
      boolean due) {
    Set<UserId> ignored = ignoresCarol ? Set.of(CAROL) : Set.of();
    StoredEvent event = StoredEvents.stored(event(sent), kind, 1, subjectKnows);

    assertThat(StreamLaw.isDue(event, BOB, joined, ignored)).isEqualTo(due);
  }

  @ParameterizedTest
  @CsvSource(useHeadersInDisplayName = true, textBlock = """
      kind,    own subject, interested, subject knows, due
      LIVE,    false,       true,       false,         true
      LIVE,    false,       false,      false,         false
      OUTLIER, false,       true,       false,         false
      LIVE,    true,        false,      false,         true
      OUTLIER, true,        false,      false,         true
      LIVE,    true,        true,       true,          false
      LIVE,    false,       true,       true,          true
      """)
  void isDueToService_eventAndInterest_isAsTheTableSays(
      EventKind kind, boolean subject, boolean interested, boolean subjectKnows, boolean due) {
    StoredEvent invite = StoredEvents.stored(event(Sent.INVITE_BY_CAROL), kind, 1, subjectKnows);

    assertThat(StreamLaw.isDueToService(invite, subject, interested)).isEqualTo(due);
  }

  private RoomEvent event(Sent sent) {
    return switch (sent) {
      case CAROLS_MESSAGE -> world.message(ROOM, CAROL);
      case OWN_MESSAGE -> world.message(ROOM, BOB);
      case CAROLS_TOPIC ->
        world.event(ROOM, CAROL, "m.room.topic", "\"state_key\":\"\",", "{\"topic\":\"t\"}");
      case CAROLS_JOIN -> world.member(ROOM, CAROL, CAROL, "join");
      case INVITE_BY_CAROL -> world.member(ROOM, CAROL, BOB, "invite");
      case KICK_BY_CAROL -> world.member(ROOM, CAROL, BOB, "leave");
    };
  }
}
