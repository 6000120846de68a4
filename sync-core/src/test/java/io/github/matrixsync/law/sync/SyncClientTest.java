package io.github.matrixsync.law.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The model of a client, by answers that are made by hand. */
class SyncClientTest {
  private static final String ROOM = "!r:h";
  private static final SyncAnswer.Event OLD = topic("$1:h");
  private static final SyncAnswer.Event NEW = topic("$2:h");

  private static SyncAnswer.Event topic(String id) {
    return new SyncAnswer.Event(
        Map.of("event_id", id, "type", "m.room.topic", "state_key", "", "content", Map.of()));
  }

  private static SyncAnswer answer(String next, SyncAnswer.Room told) {
    return new SyncAnswer(next, Map.of(ROOM, told), Map.of(), null);
  }

  private static SyncAnswer.Room room(
      Section section, List<SyncAnswer.Event> state, List<SyncAnswer.Event> timeline) {
    return new SyncAnswer.Room(
        section, state, timeline, false, "s1_0_0", Map.of(), List.of(), List.of(), null);
  }

  private static SyncClient client(boolean isAfter) {
    return new SyncClient("@a:h", SyncWish.ALL.withAfter(isAfter));
  }

  private static @Nullable String topic(SyncClient client) {
    return client.room(ROOM).orElseThrow().entries.get("m.room.topic|");
  }

  @Test
  void apply_stateBeforeTheTimeline_timelineChangesIt() {
    SyncClient client = client(false);

    client.apply(answer("s2_0_0", room(Section.JOIN, List.of(OLD), List.of(NEW))));

    assertThat(topic(client)).isEqualTo("$2:h");
    assertThat(client.token()).isEqualTo("s2_0_0");
  }

  @Test
  void apply_stateAfterTheTimeline_timelineChangesNothing() {
    SyncClient client = client(true);

    client.apply(answer("s2_0_0", room(Section.JOIN, List.of(OLD), List.of(NEW))));

    assertThat(topic(client)).isEqualTo("$1:h");
  }

  @Test
  void apply_limited_beginsTheTimelineAnew() {
    SyncClient client = client(true);
    SyncAnswer.Room told = room(Section.JOIN, List.of(), List.of(OLD));
    client.apply(answer("s1_0_0", told));

    client.apply(answer("s2_0_0", told.with(List.of(), List.of(NEW), true)));

    assertThat(client.rooms.get(ROOM).timeline).containsExactly(NEW);
    assertThat(client.rooms.get(ROOM).gap)
        .isEqualTo(new SyncClient.Gap("s1_0_0", "s1_0_0", List.of("$2:h"), false));
    assertThat(client.rooms.get(ROOM).told).containsExactlyInAnyOrder("$1:h", "$2:h");
  }

  @Test
  void apply_limitedAfterAHistoryToken_beginsTheHistoryAnew() {
    SyncClient client = client(true);
    client.apply(answer("s1_0_0", room(Section.JOIN, List.of(), List.of(OLD))));

    client.apply(answer(
        "s2_0_0",
        new SyncAnswer.Room(
            Section.JOIN,
            List.of(),
            List.of(NEW),
            true,
            "t2-1_0_0",
            Map.of(),
            List.of(),
            List.of(),
            null)));

    assertThat(client.rooms.get(ROOM).told).containsExactly("$2:h");
    assertThat(client.rooms.get(ROOM).gaps)
        .containsExactly(new SyncClient.Gap("s1_0_0", "t2-1_0_0", List.of("$2:h"), true));
  }

  @Test
  void apply_sections_theLastCounts() {
    SyncClient client = client(true);
    client.apply(answer("s1_0_0", room(Section.INVITE, List.of(OLD), List.of())));
    assertThat(client.rooms.get(ROOM).stripped).containsExactly(OLD);
    assertThat(client.rooms.get(ROOM).entries).isEmpty();

    client.apply(answer("s2_0_0", room(Section.LEAVE, List.of(NEW), List.of())));

    assertThat(client.rooms.get(ROOM).section).isEqualTo(Section.LEAVE);
    assertThat(client.rooms.get(ROOM).stripped).isEmpty();
  }
}
