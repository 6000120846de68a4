package io.github.matrixsync;

import static io.github.matrixsync.world.Host.ALICE;
import static io.github.matrixsync.world.Host.BOB;
import static io.github.matrixsync.world.Host.ROOM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.domain.event.RoomEvents;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomVersion;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.world.Host;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A redaction that names one event at the place of old room versions and another at that of new ones. */
class RoomVersionsTest {
  private static final EventId VICTIM = EventId.parse("$victim:h");
  private static final EventId OWN = EventId.parse("$own:h");

  private final Host host = new Host();

  @AfterEach
  void end() {
    host.close();
  }

  @ParameterizedTest
  @CsvSource({"1, $victim:h", "10, $victim:h", "11, $own:h", "12, $own:h", "org.example, $own:h"})
  void redaction_ofAKnownVersion_countsForWhatThatVersionReads(String version, EventId redacted) {
    StreamToken before = begin();

    host.world.append(RoomEvents.parse(redaction(), RoomVersion.of(version), host.now()));

    assertThat(pruned(before)).containsExactly(redacted);
  }

  @Test
  void redaction_versionNotGiven_countsForNothing() {
    StreamToken before = begin();

    host.world.append(RoomEvents.parse(redaction(), host.now()));

    assertThat(pruned(before)).isEmpty();
    assertThat(host.engine()
            .getEvent(ALICE, EventId.parse("$red:h"))
            .orElseThrow()
            .json()
            .toString())
        .doesNotContain("redacts");
  }

  /** Creates a room with both events. */
  private StreamToken begin() {
    host.room(ROOM, ALICE, BOB);
    StreamToken before = host.here();
    message(VICTIM, ALICE);
    message(OWN, BOB);
    return before;
  }

  private void message(EventId id, UserId sender) {
    host.world.append(RoomEvents.parse(RawJson.of("""
        {"event_id":"%s","room_id":"%s","sender":"%s","type":"m.room.message","origin_server_ts":1,
         "content":{"body":"b"}}""".formatted(id, ROOM, sender)), host.now()));
  }

  private static RawJson redaction() {
    return RawJson.of("""
        {"event_id":"$red:h","room_id":"%s","sender":"%s","type":"m.room.redaction","origin_server_ts":1,
         "redacts":"%s","content":{"redacts":"%s"}}""".formatted(ROOM, BOB, VICTIM, OWN));
  }

  /** Returns the messages without a body in a poll after {@code before}. */
  private List<EventId> pruned(StreamToken before) {
    return host.poll(ALICE, before).chunk().stream()
        .filter(event -> event.type().equals("m.room.message"))
        .filter(event -> !event.content().toString().contains("body"))
        .map(event -> event.id().orElseThrow())
        .toList();
  }
}
