package io.github.matrixsync.store.tck.rules.event;

import static io.github.matrixsync.store.tck.support.Events.ALICE;
import static io.github.matrixsync.store.tck.support.Events.BOB;
import static io.github.matrixsync.store.tck.support.Events.ROOM;
import static io.github.matrixsync.store.tck.support.Events.id;
import static io.github.matrixsync.store.tck.support.StoreReads.last;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.HistoryVisibility;
import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.Relation;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomVersion;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.model.Direction;
import io.github.matrixsync.store.model.EventKind;
import io.github.matrixsync.store.model.Interest;
import io.github.matrixsync.store.model.Ranges;
import io.github.matrixsync.store.model.Redaction;
import io.github.matrixsync.store.model.StoredEvent;
import io.github.matrixsync.store.tck.support.Events;
import io.github.matrixsync.store.tck.support.StoreReads;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tests that events are returned as they were stored: the rule V1. */
public interface ValueRules extends EventStoreFixture {
  /** A number that a double cannot represent. */
  long UNEVEN = (1L << 53) + 1;

  @Test
  default void v1_everyRead_everyPart_comesBack() {
    List<RoomEvent> events = List.of(plain(), rich(), odd(), knock(), visible());
    long end = last(fill(events));

    reads(end).forEach((read, found) -> {
      for (RoomEvent event : events) {
        if (!read.equals("state") || event.isState()) {
          StoredEvent stored = StoreReads.one(found, Events.name(event.id()));
          assertSame(stored.event(), event, event.id() + " as " + read + " gives it");
          assertLive(stored, read);
        }
      }
    });
  }

  @Test
  default void v1_events_depthAndTimeAboveFiftyThreeBits_areWhole() {
    RoomEvent event = Events.event("a", ROOM, ALICE, "m.room.message")
        .depth(UNEVEN)
        .originServerTs(UNEVEN + 2)
        .build();
    long at = fill(event).get(0);
    StoredEvent read = StoreReads.event(tested(), "a");

    assertThat(read.depth()).as("the depth of the stored event").isEqualTo(UNEVEN);
    assertThat(read.event().depth()).as("the depth of the event").hasValue(UNEVEN);
    assertThat(read.event().originServerTs()).as("the origin_server_ts").isEqualTo(UNEVEN + 2);
    assertThat(tested().pointAt(ROOM, at).depth()).as("the depth of pointAt").isEqualTo(UNEVEN);
  }

  @Test
  default void v1_events_instant_isWholeToTheMillisecond() {
    RoomEvent event = Events.event("a", ROOM, ALICE, "m.room.message")
        .ageSince(Instant.ofEpochSecond(1_450_000_000L, 987_654_321))
        .build();
    fill(event);

    assertThat(StoreReads.event(tested(), "a").event().ageSince())
        .as("the instant that the age counts from")
        .contains(Instant.ofEpochMilli(1_450_000_000_987L));
  }

  @Test
  default void v1_events_jsonOf64KiB_comesBackByteForByte() {
    RawJson json = RawJson.of("{\"content\":{\"body\":\"" + "ü".repeat(32_760) + "\"}}          ");
    fill(Events.event("a", ROOM, ALICE, "m.room.message").json(json).build());

    assertThat(StoreReads.event(tested(), "a").event().json().toByteArray())
        .as("the JSON of $a, %d bytes", json.length())
        .isEqualTo(json.toByteArray());
  }

  @Test
  default void v1_everyRead_anyJavaString_comesBack() {
    List<RoomEvent> events = new ArrayList<>();
    for (String text : Events.ANY_TEXTS) {
      events.add(
          Events.event("text" + events.size(), ROOM, ALICE, text).stateKey(text).build());
    }
    long end = last(fill(events));

    Ranges all = Ranges.everything(end);
    Map<String, Collection<StoredEvent>> reads = Map.of(
        "events", tested().events(events.stream().map(RoomEvent::id).toList()).values(),
        "log", StoreReads.log(tested(), Interest.everything(), start(), end),
        "state", StoreReads.state(tested(), ROOM, end),
        "latest", StoreReads.latest(tested(), ROOM, all, StoreReads.ALL));
    reads.forEach((read, found) -> events.forEach(event -> {
      StoredEvent stored = StoreReads.one(found, Events.name(event.id()));
      assertSame(stored.event(), event, event.id() + " as " + read + " gives it");
      assertThat(stored.changes())
          .as("the entries that %s changes, as %s gives it", event.id(), read)
          .extracting(change -> List.of(change.type(), change.stateKey()))
          .containsExactly(List.of(event.type(), event.type()));
    }));
  }

  @Test
  default void v1_events_redaction_comesWithAllItsParts() {
    RoomEvent redaction = Events.event("r", ROOM, BOB, "m.room.redaction")
        .redacts(id("a"))
        .depth(7)
        .json(RawJson.of("{ \"redacts\" : \"$a\", \"content\":{\"reason\":\"\\u0000\"}}"))
        .build();
    fill(Events.message("a"), redaction);

    Redaction read = StoreReads.require(
        StoreReads.event(tested(), "a").redaction().orElse(null), "the redaction of $a");
    assertSame(read.event(), redaction, "the redaction of $a");
  }

  private Map<String, Collection<StoredEvent>> reads(long end) {
    Ranges all = Ranges.everything(end);
    List<EventId> ids = List.of(id("plain"), id("rich"), id("odd"), id("knock"), id("visible"));
    Map<String, Collection<StoredEvent>> reads = new LinkedHashMap<>();
    reads.put("events", tested().events(ids).values());
    reads.put("log", StoreReads.log(tested(), Interest.everything(), start(), end));
    reads.put("state", StoreReads.state(tested(), ROOM, end));
    reads.put("latest", StoreReads.latest(tested(), ROOM, all, StoreReads.ALL));
    reads.put(
        "history", tested().history(StoreReads.wholeRoom(all), Direction.BACKWARD, StoreReads.ALL));
    return reads;
  }

  private static RoomEvent plain() {
    return RoomEvent.builder(id("plain"), ROOM, ALICE, "m.room.message").build();
  }

  private static RoomEvent rich() {
    return Events.event("rich", ROOM, UserId.parse("@Zoë+/=:tck.example:8448"), "ü.\"'\\")
        .stateKey("\uD83D\uDE00 'key' \\")
        .originServerTs(1_450_000_000_999L)
        .roomVersion(RoomVersion.of("11"))
        .depth(4_000_000_000_000L)
        .redacts(id("plain"))
        .relation(new Relation("ü\0 \uD800", id("plain")))
        .json(RawJson.of("{\"b\":1.50,\"a\":\"\\u0000 \uD83D\uDE00\",\"b\":1e2,  \"c\":[]}\r\n"))
        .build();
  }

  private static RoomEvent odd() {
    return Events.event("odd", ROOM, BOB, "  ")
        .originServerTs(-1)
        .roomVersion(RoomVersion.of("org.example.new"))
        .ageSince(Instant.ofEpochMilli(-1))
        .json(RawJson.of("\t{\"a\":\"\\\" '\u2028\",\"\":null}\n"))
        .build();
  }

  private static RoomEvent knock() {
    return Events.event("knock", ROOM, BOB, RoomEvent.MEMBER)
        .stateKey(BOB.value())
        .membership(Membership.KNOCK)
        .build();
  }

  private static RoomEvent visible() {
    return Events.event("visible", ROOM, BOB, RoomEvent.HISTORY_VISIBILITY)
        .stateKey("")
        .historyVisibility(HistoryVisibility.WORLD_READABLE)
        .build();
  }

  private static void assertSame(RoomEvent read, RoomEvent written, String what) {
    Map<String, Object> expected = parts(written);
    parts(read)
        .forEach((part, value) ->
            assertThat(value).as("%s of %s", part, what).isEqualTo(expected.get(part)));
    assertThat(read.json().toByteArray())
        .as("JSON of %s", what)
        .isEqualTo(written.json().toByteArray());
  }

  private static Map<String, Object> parts(RoomEvent event) {
    Map<String, Object> parts = new LinkedHashMap<>();
    parts.put("room", event.room());
    parts.put("sender", event.sender());
    parts.put("type", event.type());
    parts.put("state key", event.stateKey());
    parts.put("origin_server_ts", event.originServerTs());
    parts.put("version of the room", event.roomVersion());
    parts.put("depth", event.depth());
    parts.put("redacts", event.redacts());
    parts.put("relation", event.relation());
    parts.put("membership", event.membership());
    parts.put("subject", event.subject());
    parts.put("history visibility", event.historyVisibility());
    parts.put("age's instant", event.ageSince());
    parts.put("JSON", event.json());
    return parts;
  }

  private static void assertLive(StoredEvent stored, String read) {
    String what = stored.event().id() + " as " + read + " gives it";
    assertThat(stored.kind()).as("kind of %s", what).isEqualTo(EventKind.LIVE);
    assertThat(stored.visibility()).as("visibility of backfill of %s", what).isEmpty();
    assertThat(stored.subjectKnows()).as("whether the subject knows %s", what).isFalse();
  }
}
