package io.github.matrixsync.examples.guides;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.SyncEngine;
import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.call.StreamOptions;
import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.domain.event.RoomEvents;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomVersion;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.memory.MemoryEventStore;
import io.github.matrixsync.store.model.Append;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tables of the guide to the stream agree with what an engine answers. */
class StreamPromisesTest {
  private static final Path DOCUMENT = Path.of("docs", "guide", "what-the-stream-promises.md");
  private static final StreamToken BEGINNING = StreamToken.parse("s0_0_0");

  private final MemoryEventStore store = MemoryEventStore.create();
  private final SyncEngine engine = SyncEngine.builder(store).build();
  private final List<List<String>> events = table("| position | event |");

  /** Returns the cells of the rows below a header. */
  private static List<List<String>> table(String header) {
    String document = Documents.ofRepository().read(DOCUMENT);
    return document
        .substring(document.indexOf(header))
        .lines()
        .skip(2)
        .takeWhile(line -> line.startsWith("|"))
        .map(line -> Arrays.stream(line.split("\\|", -1)).map(String::strip).toList())
        .toList();
  }

  @BeforeEach
  void appendAll() {
    events.forEach(row ->
        store.append(List.of(Append.live(event(row.get(1), row.get(2), user(row.get(3)))))));
  }

  @AfterEach
  void close() {
    engine.close();
  }

  private static UserId user(String name) {
    return UserId.parse("@" + name + ":example.org");
  }

  private static RoomEvent event(String position, String what, UserId sender) {
    String rest;
    if (what.startsWith("say ")) {
      rest = "\"type\":\"m.room.message\",\"content\":{\"body\":" + what.substring(4) + "}";
    } else if (what.startsWith("create")) {
      rest = "\"type\":\"m.room.create\",\"state_key\":\"\",\"content\":{}";
    } else {
      String[] change = what.split(": ");
      rest = "\"type\":\"m.room.member\",\"state_key\":\"" + user(change[0])
          + "\",\"content\":{\"membership\":\"" + change[1] + "\"}";
    }
    String json = "{\"event_id\":\"$" + position + "\",\"room_id\":\"!r:example.org\",\"sender\":\""
        + sender + "\",\"origin_server_ts\":1," + rest + "}";
    return RoomEvents.parse(RawJson.of(json), RoomVersion.of("11"), Instant.EPOCH);
  }

  @ParameterizedTest
  @CsvSource({"alice, 4", "bob, 5", "carol, 6"})
  void stream_cutInAnyWay_hasTheEventsOfTheTable(String name, int column) {
    List<String> expected = events.stream()
        .filter(row -> row.get(column).equals("x"))
        .map(row -> row.get(1))
        .toList();

    for (int limit = 1; limit <= events.size(); limit++) {
      assertThat(streamed(user(name), limit)).as("limit %d", limit).isEqualTo(expected);
    }
  }

  private List<String> streamed(UserId user, int limit) {
    List<String> all = new ArrayList<>();
    StreamToken from = BEGINNING;
    EventBatch batch;
    do {
      batch = poll(user, from, limit);
      all.addAll(positions(batch));
      from = batch.end();
    } while (!batch.chunk().isEmpty());
    return all;
  }

  private EventBatch poll(UserId user, StreamToken from, int limit) {
    return engine.stream(user, from, Duration.ZERO, StreamOptions.DEFAULT.withLimit(limit))
        .join();
  }

  private static List<String> positions(EventBatch batch) {
    return batch.chunk().stream()
        .map(ClientEvent::id)
        .map(id -> id.orElseThrow().value().substring(1))
        .toList();
  }

  @Test
  void polls_ofBob_areThoseOfTheTable() {
    List<List<String>> polls = table("| from | events |");

    assertThat(polls).hasSize(3);
    for (List<String> row : polls) {
      EventBatch batch = poll(user("bob"), StreamToken.parse(row.get(1).replace("`", "")), 3);
      assertThat(String.join(", ", positions(batch))).isEqualTo(row.get(2));
      assertThat("`" + batch.end() + "`").isEqualTo(row.get(3));
    }
  }
}
