package io.github.matrixsync.law;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.store.EventStore;
import io.github.matrixsync.store.memory.MemoryEventStore;
import io.github.matrixsync.store.model.LogPage;
import io.github.matrixsync.store.model.StoredEvent;
import io.github.matrixsync.world.Report;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/**
 * Redacted content is in no answer to a later request, whatever the engine has cached. {@code -Dredaction.seeds=N} runs
 * more.
 */
class RedactionRaceTest {
  private static final int SEEDS = Integer.getInteger("redaction.seeds", 6);
  private static final int EVENTS = 400;

  @Test
  void answers_whileAWriterRedacts_neverShowWhatWasRedactedBefore() throws InterruptedException {
    List<String> problems = new ArrayList<>();
    long answers = 0;
    long redacted = 0;
    for (long seed = 1; seed <= SEEDS; seed++) {
      MemoryEventStore store = MemoryEventStore.create();
      RedactionRace race =
          new RedactionRace(seed, EVENTS, store, store, seed % 2 == 0 ? 10_000 : 12);
      problems.addAll(race.run());
      answers += race.answers();
      redacted += race.redacted();
      assertThat(race.prunedSeen()).isPositive();
    }
    Report.write(
        "redaction-race",
        String.format(
            "redaction race: seeds 1 to %d, %d events redacted, %d answers, %d of them wrong",
            SEEDS, redacted, answers, problems.size()));
    assertThat(problems).isEmpty();
  }

  /** The test can fail: it notices a store that goes on returning events without their redactions. */
  @Test
  void answers_ofAStoreThatForgetsRedactions_areNoticed() throws InterruptedException {
    MemoryEventStore store = MemoryEventStore.create();

    List<String> problems = new RedactionRace(1, EVENTS, store, asFirstSeen(store), 12).run();

    assertThat(problems).isNotEmpty();
  }

  private static EventStore asFirstSeen(EventStore store) {
    Map<EventId, StoredEvent> first = new ConcurrentHashMap<>();
    return (EventStore) Proxy.newProxyInstance(
        EventStore.class.getClassLoader(),
        new Class<?>[] {EventStore.class},
        (proxy, method, arguments) -> {
          try {
            Object answer = method.invoke(store, arguments);
            return answer instanceof LogPage page
                ? new LogPage(
                    page.events().stream()
                        .map(event -> first.computeIfAbsent(event.event().id(), id -> event))
                        .toList(),
                    page.through())
                : answer;
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        });
  }
}
