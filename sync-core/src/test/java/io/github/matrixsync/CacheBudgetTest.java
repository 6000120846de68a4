package io.github.matrixsync;

import static io.github.matrixsync.world.Host.ALICE;
import static io.github.matrixsync.world.Host.BOB;
import static io.github.matrixsync.world.Host.ROOM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.call.MessagesOptions;
import io.github.matrixsync.call.RoomSnapshot;
import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.operation.EngineStatistics;
import io.github.matrixsync.world.Host;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the budget of window and caches, down to nothing, answers are the same and the budget holds. */
class CacheBudgetTest {
  private static final int MESSAGES = 40;

  private final Host host = new Host();
  private final Host plenty = new Host();

  @AfterEach
  void close() {
    host.close();
    plenty.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 9, 500, 2_000, 20_000, 1 << 20})
  void answers_anyBudget_areTheSame(long budget) {
    host.start(host.full().cacheBytes(budget));
    plenty.start(plenty.full());

    assertThat(answers(host)).isEqualTo(answers(plenty)).hasSizeGreaterThan(2 * MESSAGES);
  }

  /** Polls that are parked, that come back from far behind, snapshots, pages and single events. */
  private static List<String> answers(Host its) {
    List<String> answers = new ArrayList<>();
    its.room(ROOM, ALICE, BOB);
    StreamToken start = its.here();
    StreamToken here = start;
    for (int i = 0; i < MESSAGES; i++) {
      CompletableFuture<EventBatch> parked = its.park(BOB, here);
      its.message(ROOM, ALICE);
      EventBatch batch = Host.answered(parked);
      answers.addAll(Host.json(batch.chunk()));
      here = batch.end();
    }
    EventBatch all = its.poll(BOB, start);
    answers.addAll(Host.json(all.chunk()));
    for (ClientEvent event : all.chunk()) {
      answers.add(
          its.engine().getEvent(BOB, event.id().orElseThrow()).orElseThrow().json() + "");
    }
    for (int twice = 0; twice < 2; twice++) {
      for (RoomSnapshot room : its.engine().initialSync(BOB, 3).rooms()) {
        answers.addAll(Host.json(room.state()));
        answers.addAll(Host.json(room.messages().orElseThrow().chunk()));
      }
      answers.addAll(Host.json(
          its.engine().messages(BOB, ROOM, MessagesOptions.backward(5)).chunk()));
    }
    return answers;
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 9, 2_000, 20_000})
  void memory_anyBudget_isNotExceeded(long budget) {
    host.start(host.full().cacheBytes(budget));
    answers(host);

    EngineStatistics statistics = host.engine().statistics();

    assertThat(statistics.window().bytes()).isLessThanOrEqualTo(budget * 2 / 9);
    assertThat(statistics.caches().stream()
            .mapToLong(EngineStatistics.CacheUse::bytes)
            .sum())
        .isLessThanOrEqualTo(budget);
    if (budget == 0) {
      assertThat(statistics.window().events()).isZero();
      assertThat(statistics.caches())
          .allSatisfy(cache -> assertThat(cache.entries()).isZero());
    }
  }
}
