package io.github.matrixsync.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.SyncEngine;
import io.github.matrixsync.SyncEngineBuilder;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.memory.MemoryReceiptStore;
import io.github.matrixsync.world.ManualScheduler;
import io.github.matrixsync.world.Report;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sends each row of the table of all parameters in {@code parameters.md} as a request to a real engine. */
class ParameterTableTest {
  private static final Duration TICK = Duration.ofMillis(4);

  private final TestRoom room = new TestRoom();
  private final ManualScheduler time = new ManualScheduler();

  /** One row, with its cells stripped of blanks and backticks. */
  // More than five parameters: one for each column of the table.
  record Row(String about, String who, String request, String answer, String after, String body) {
    static Row of(String line) {
      String[] cells = line.split("\\|", -1);
      assertThat(cells).as(line).hasSize(8);
      for (int i = 0; i < cells.length; i++) {
        cells[i] = cells[i].strip().replace("`", "");
      }
      return new Row(cells[1], cells[2], cells[3], cells[4], cells[5], cells[6]);
    }

    UserId user() {
      return who.startsWith("bob") ? TestRoom.BOB : TestRoom.ALICE;
    }
  }

  static List<Row> rows() {
    try (InputStream table =
        Objects.requireNonNull(ParameterTableTest.class.getResourceAsStream("parameters.md"))) {
      return new String(table.readAllBytes(), UTF_8)
          .lines()
          .filter(line -> line.startsWith("| ") && !line.startsWith("| about"))
          .map(Row::of)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void get_row_isAnsweredAsWritten(Row row) {
    room.open();
    try (SyncEngine engine = engine(row)) {
      CompletableFuture<RestResponse> answer = ask(RestEdge.of(engine), row);
      if (!row.after().isEmpty()) {
        pass(answer, Duration.ofMillis(Long.parseLong(row.after())));
      }

      assertThat(answer).isCompleted();
      Reply reply = Reply.of(answer.join());
      assertThat(reply.status() == 200 ? "200" : reply.status() + " " + reply.errcode())
          .isEqualTo(row.answer());
      assertThat(written(answer.join())).contains(row.body());
    }
  }

  @Test
  void rows_counted_areAllThere() {
    Map<String, Integer> counts = new TreeMap<>();
    rows().forEach(row -> counts.merge(row.about(), 1, Integer::sum));

    Report.write("parameters", "rows: " + counts);
    assertThat(counts)
        .containsOnlyKeys("tokens", "timeout", "room, limit, direction", "snapshots", "errors");
    assertThat(rows()).doesNotHaveDuplicates();
  }

  /** Checks that there is no answer until a tick before {@code wait} has passed, and then advances the clock to it. */
  private void pass(CompletableFuture<RestResponse> answer, Duration wait) {
    if (wait.compareTo(TICK) > 0) {
      time.advance(wait.minus(TICK).minusNanos(1));
      assertThat(answer).isNotDone();
      time.advance(TICK.plusNanos(1));
    } else {
      time.advance(wait);
    }
  }

  private SyncEngine engine(Row row) {
    SyncEngineBuilder builder = SyncEngine.builder(room.store)
        .executor(Runnable::run)
        .scheduler(time)
        .clock(() -> Instant.EPOCH);
    if (row.who().endsWith("receipts")) {
      builder.receipts(MemoryReceiptStore.create());
    }
    return builder.build();
  }

  private static CompletableFuture<RestResponse> ask(RestEdge edge, Row row) {
    int end = row.request().indexOf('?');
    String path = end < 0 ? row.request() : row.request().substring(0, end);
    Map<String, List<String>> query = new LinkedHashMap<>();
    for (String pair :
        end < 0 ? new String[0] : row.request().substring(end + 1).split("&")) {
      String[] parts = pair.split("=", 2);
      query
          .computeIfAbsent(URLDecoder.decode(parts[0], UTF_8), name -> new ArrayList<>())
          .add(parts.length < 2 ? "" : URLDecoder.decode(parts[1], UTF_8));
    }
    return edge.get(new RestRequest(path, query, row.user())).orElseThrow();
  }

  private static String written(RestResponse response) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      response.writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString(UTF_8);
  }
}
