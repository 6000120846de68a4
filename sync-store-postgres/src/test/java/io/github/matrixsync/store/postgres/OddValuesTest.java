package io.github.matrixsync.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.StoreException;
import io.github.matrixsync.store.model.Append;
import io.github.matrixsync.store.model.Direction;
import io.github.matrixsync.store.model.HistoryPoint;
import io.github.matrixsync.store.model.HistorySlice;
import io.github.matrixsync.store.model.Interest;
import io.github.matrixsync.store.model.Ranges;
import io.github.matrixsync.store.model.StoredEvent;
import io.github.matrixsync.store.state.StateEntry;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Values as clients can choose them, and arguments that name nothing. */
class OddValuesTest {
  private static final TestDatabase DATABASE = new TestDatabase();
  private static final Sessions SESSIONS = new Sessions(TestServer.dataSource());
  private static final String NUL_AND_SURROGATES = "a\0b\uD800c\uDC00";
  private static final RoomId NO_ROOM = RoomId.parse("!none:example.org");
  private static final UserId NOBODY = UserId.parse("@nobody:example.org");

  private final String schema = DATABASE.newSchema();

  @AfterAll
  static void close() {
    DATABASE.close();
  }

  @Test
  void append_stateKeyOf60Kilobytes_isReadBack() {
    readsBack(state("a", "m.room.odd", random(60_000)));
  }

  @Test
  void append_typeAndStateKeyOfAnyText_areReadBackAndAreDistinct() {
    try (PostgresStore store = DATABASE.open(schema)) {
      List<RoomEvent> events = List.of(
          state("a", NUL_AND_SURROGATES, NUL_AND_SURROGATES),
          state("b", NUL_AND_SURROGATES, "a"),
          state("c", "a\0", "b"),
          state("d", "a", "\0b"),
          state("e", "t", "\uD800"),
          state("f", "t", "\uDC00"),
          state("g", "t", "?"));
      store.events().append(events.stream().map(Append::live).toList());
      long upTo = store.events().watermark();

      assertThat(Sample.state(store.events(), Sample.ROOM, upTo))
          .extracting(StoredEvent::event)
          .containsExactlyInAnyOrderElementsOf(events);
      RoomEvent next = state("h", "t", "\uDC00");
      store.events().append(Sample.live(next));
      assertThat(Sample.read(store.events(), "h").replaces()).contains(Sample.id("f"));
    }
  }

  @Test
  void append_eventsOf64KibibytesAnd8Mebibytes_areReadBack() {
    readsBack(Sample.event("a", Sample.ROOM, Sample.ALICE, "m.room.message")
        .json(RawJson.of("{\"body\":\"" + random(64 << 10) + "\"}"))
        .build());
    readsBack(Sample.event("b", Sample.ROOM, Sample.ALICE, "m.room.message")
        .json(RawJson.of("{\"body\":\"" + random(8 << 20) + "\"}"))
        .build());
  }

  @Test
  void append_greatestDepth_isReadBackAndTheNextHasItToo() {
    try (PostgresStore store = DATABASE.open(schema)) {
      store.events().append(Sample.live(Sample.message("a", Long.MAX_VALUE), Sample.message("b")));

      assertThat(Sample.read(store.events(), "b").depth()).isEqualTo(Long.MAX_VALUE);
      Map<RoomId, List<StoredEvent>> latest =
          store.events().latest(Map.of(Sample.ROOM, Ranges.everything(2)), 10);
      assertThat(Sample.names(latest.getOrDefault(Sample.ROOM, List.of())))
          .containsExactly("a", "b");
    }
  }

  @Test
  void append_10000EntriesByOneEvent_areReadBack() {
    try (PostgresStore store = DATABASE.open(schema)) {
      List<Append> batch = new ArrayList<>();
      List<StateEntry> entries = new ArrayList<>();
      for (int i = 0; i < 10_000; i++) {
        RoomEvent event = state("e" + i, "m.room.odd", "key" + i);
        batch.add(Append.live(event, List.of()));
        entries.add(StateEntry.of(event));
      }
      store.events().append(batch);
      assertThat(Sample.state(store.events(), Sample.ROOM, 10_000)).isEmpty();

      store.events().append(List.of(Append.live(Sample.message("a"), entries)));
      assertThat(Sample.state(store.events(), Sample.ROOM, 10_001)).hasSize(10_000);
      assertThat(Sample.read(store.events(), "a").changes()).hasSize(10_000);
    }
  }

  @Test
  void read_emptyCollections_isEmpty() {
    try (PostgresStore store = DATABASE.open(schema)) {
      assertThat(store.events().append(List.of())).isEmpty();
      assertThat(store.events().events(List.of())).isEmpty();
      assertThat(store.events().state(Map.of())).isEmpty();
      assertThat(store.events().memberships(List.of(), 0)).isEmpty();
      assertThat(store.events().joinedMembers(List.of(), 0)).isEmpty();
      assertThat(store.events().timelines(Sample.ALICE, List.of(), 0)).isEmpty();
      assertThat(store.events().latest(Map.of(), 10)).isEmpty();
    }
  }

  @Test
  void read_unknownRoomsUsersAndEvents_isEmpty() {
    try (PostgresStore store = DATABASE.open(schema)) {
      store.events().append(Sample.live(Sample.message("a")));

      assertThat(store.events().events(List.of(EventId.parse("$none")))).isEmpty();
      assertThat(Sample.state(store.events(), NO_ROOM, 1)).isEmpty();
      assertThat(store.events().memberships(NOBODY, 1)).isEmpty();
      assertThat(store.events().joinedMembers(List.of(NO_ROOM), 1))
          .isEqualTo(Map.of(NO_ROOM, Set.of()));
      assertThat(store.events().timelines(NOBODY, List.of(NO_ROOM), 1)).containsOnlyKeys(NO_ROOM);
      assertThat(store.events().latest(Map.of(NO_ROOM, Ranges.everything(1)), 10))
          .isEqualTo(Map.of(NO_ROOM, List.of()));
      assertThat(store
              .events()
              .history(
                  new HistorySlice(
                      NO_ROOM, Ranges.everything(1), HistoryPoint.START, HistoryPoint.END),
                  Direction.BACKWARD,
                  10))
          .isEmpty();
      assertThat(store.events().log(Interest.of(NO_ROOM), 0, 1, 10).events()).isEmpty();
      assertThat(store.events().log(Interest.of(NOBODY), 0, 1, 10).events()).isEmpty();
    }
  }

  /** The server's message has the row's values, of a constraint that fails. */
  @Test
  void append_serverRefusesTheRow_noContentIsTold() {
    SESSIONS.execute(
        "ALTER TABLE " + schema + ".event ADD CONSTRAINT odd CHECK (length(json) < 2)");
    RoomEvent event = Sample.event("a", Sample.ROOM, Sample.ALICE, "m.secret")
        .json(RawJson.of("{\"body\":\"secret\"}"))
        .build();
    try (Logged logged = new Logged();
        PostgresStore store = DATABASE.open(schema)) {
      StoreException failed = catchThrowableOfType(
          StoreException.class, () -> store.events().append(Sample.live(event)));
      StringWriter told = new StringWriter();
      failed.printStackTrace(new PrintWriter(told));

      assertThat(failed.isOutcomeKnown()).isTrue();
      assertThat(failed).hasMessageContaining("\"odd\"");
      assertThat(told.toString()).doesNotContain("secret").doesNotContain("736563726574");
      assertThat(logged.messages()).noneMatch(message -> message.contains("secret"));
    }
  }

  private void readsBack(RoomEvent event) {
    String name = event.id().value().substring(1);
    try (PostgresStore store = DATABASE.open(schema)) {
      store.events().append(Sample.live(event));
      StoredEvent read = Sample.read(store.events(), name);

      assertThat(read.event().equals(event)).isTrue();
      assertThat(Sample.log(store.events()).contains(read)).isTrue();
    }
  }

  private static RoomEvent state(String name, String type, String stateKey) {
    return Sample.event(name, Sample.ROOM, Sample.ALICE, type)
        .stateKey(stateKey)
        .build();
  }

  /** Returns letters that cannot be compressed to fit an index. */
  static String random(int length) {
    return new SplittableRandom(1)
        .ints(length, 'a', 'z' + 1)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
