package io.github.matrixsync.store.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.store.ExpiredPositionException;
import io.github.matrixsync.store.model.Append;
import io.github.matrixsync.store.model.Interest;
import io.github.matrixsync.store.model.LogPage;
import io.github.matrixsync.store.model.StoredEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Tests concurrent writers and readers. The operations follow from a seed that a failure shows; their interleaving does
 * not.
 */
class MemoryEventStoreRaceTest {
  private static final int WRITERS = 3;
  private static final int BATCHES = 400;
  private static final int MAX_BATCH = 5;

  private final long seed = System.nanoTime();
  private final MemoryEventStore store = MemoryEventStore.create();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger writing = new AtomicInteger(WRITERS);

  @AfterEach
  void endThreads() throws InterruptedException {
    threads.shutdownNow();
    assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void p2_a1_w1_followers_readEveryBatchWholeAndEveryEventOnce() throws Exception {
    Map<EventId, Long> appended = new ConcurrentHashMap<>();
    List<Callable<List<StoredEvent>>> tasks = new ArrayList<>();
    for (int writer = 0; writer < WRITERS; writer++) {
      int number = writer;
      tasks.add(() -> write(number, appended));
    }
    tasks.add(() -> follow(1));
    tasks.add(() -> follow(2));

    List<List<StoredEvent>> results = runAll(tasks);

    List<StoredEvent> log = store
        .log(Interest.everything(), 0, store.watermark(), Integer.MAX_VALUE)
        .events();
    assertThat(log).as("seed %d", seed).hasSize(appended.size());
    assertThat(log)
        .allSatisfy(
            stored -> assertThat(appended).containsEntry(stored.event().id(), stored.position()));
    assertThat(results.get(WRITERS)).as("seed %d", seed).isEqualTo(log);
    assertThat(results.get(WRITERS + 1)).as("seed %d", seed).isEqualTo(log);
  }

  @Test
  void a1_events_whileBatchesAreAppended_allOfABatchOrNothing() throws Exception {
    Map<EventId, Long> appended = new ConcurrentHashMap<>();
    List<Callable<List<StoredEvent>>> tasks = new ArrayList<>();
    for (int writer = 0; writer < WRITERS; writer++) {
      int number = writer;
      tasks.add(() -> write(number, appended));
      tasks.add(() -> readBatches(number));
    }

    assertThat(runAll(tasks)).hasSize(2 * WRITERS);
  }

  @Test
  void l1_listener_lastCall_seesTheLastWatermark() throws Exception {
    AtomicLong seen = new AtomicLong();
    store.onAdvance(() -> seen.accumulateAndGet(store.watermark(), Math::max));
    List<Callable<List<StoredEvent>>> tasks = new ArrayList<>();
    for (int writer = 0; writer < WRITERS; writer++) {
      int number = writer;
      tasks.add(() -> write(number, new ConcurrentHashMap<>()));
    }

    runAll(tasks);

    assertThat(seen).as("seed %d", seed).hasValue(store.watermark());
  }

  @Test
  void r2_log_purgeOvertakesTheReader_expiredOrComplete() throws Exception {
    List<Callable<List<StoredEvent>>> tasks = new ArrayList<>();
    for (int writer = 0; writer < WRITERS; writer++) {
      int number = writer;
      tasks.add(() -> write(number, new ConcurrentHashMap<>()));
    }
    tasks.add(this::purge);
    tasks.add(this::readFromRetained);

    assertThat(runAll(tasks)).hasSize(WRITERS + 2);
  }

  private List<StoredEvent> write(int writer, Map<EventId, Long> appended) {
    Random random = new Random(seed + writer);
    try {
      for (int batch = 0; batch < BATCHES; batch++) {
        append(batchOf(writer, batch, 1 + random.nextInt(MAX_BATCH)), appended);
      }
      return List.of();
    } finally {
      writing.decrementAndGet();
    }
  }

  private void append(List<RoomEvent> events, Map<EventId, Long> appended) {
    List<Long> positions = store.append(events.stream().map(Append::live).toList());
    assertThat(store.watermark()).isGreaterThanOrEqualTo(positions.get(events.size() - 1));
    for (int i = 0; i < events.size(); i++) {
      assertThat(positions.get(i)).isEqualTo(positions.get(0) + i);
      appended.put(events.get(i).id(), positions.get(i));
    }
  }

  private static List<RoomEvent> batchOf(int writer, int batch, int size) {
    List<RoomEvent> events = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      events.add(Sample.event(
              name(writer, batch, i),
              i % 2 == 0 ? Sample.ROOM : Sample.OTHER_ROOM,
              Sample.ALICE,
              "m.batch-of-" + size)
          .stateKey("")
          .build());
    }
    return events;
  }

  private static String name(int writer, int batch, int i) {
    return writer + "-" + batch + "-" + i;
  }

  private List<StoredEvent> follow(int salt) {
    Random random = new Random(seed - salt);
    List<StoredEvent> seen = new ArrayList<>();
    long after = 0;
    boolean last;
    do {
      last = writing.get() == 0;
      long upTo = store.watermark();
      assertThat(upTo).isGreaterThanOrEqualTo(after);
      while (after < upTo) {
        LogPage page = store.log(Interest.everything(), after, upTo, 1 + random.nextInt(20));
        assertThat(page.through()).isGreaterThan(after);
        seen.addAll(page.events());
        after = page.through();
      }
      assertThat(seen).hasSize((int) after);
    } while (!last);
    return seen;
  }

  private List<StoredEvent> readBatches(int writer) {
    for (int batch = 0; batch < BATCHES; batch++) {
      List<EventId> ids = new ArrayList<>();
      for (int i = 0; i < MAX_BATCH; i++) {
        ids.add(Sample.id(name(writer, batch, i)));
      }
      Collection<StoredEvent> found;
      boolean last;
      do {
        last = writing.get() == 0;
        found = store.events(ids).values();
      } while (found.isEmpty() && !last);
      assertThat(found)
          .isNotEmpty()
          .extracting(stored -> stored.event().type())
          .containsOnly("m.batch-of-" + found.size());
    }
    return List.of();
  }

  private List<StoredEvent> purge() {
    Random random = new Random(seed);
    while (writing.get() > 0) {
      long retained = store.retainedAfter();
      store.purge(retained + (long) (random.nextDouble() * (store.watermark() - retained)));
    }
    return List.of();
  }

  private List<StoredEvent> readFromRetained() {
    while (writing.get() > 0) {
      long after = store.retainedAfter();
      long upTo = store.watermark();
      try {
        LogPage page = store.log(Interest.everything(), after, upTo, Integer.MAX_VALUE);
        assertThat((long) page.events().size())
            .as("seed %d", seed)
            .isEqualTo(page.through() - after);
      } catch (ExpiredPositionException overtaken) {
        assertThat(overtaken.retainedAfter()).isGreaterThan(after);
      }
    }
    return List.of();
  }

  private List<List<StoredEvent>> runAll(List<Callable<List<StoredEvent>>> tasks) throws Exception {
    List<List<StoredEvent>> results = new ArrayList<>();
    for (Future<List<StoredEvent>> future : tasks.stream().map(threads::submit).toList()) {
      try {
        results.add(future.get(60, TimeUnit.SECONDS));
      } catch (ExecutionException e) {
        throw new AssertionError("seed " + seed, e.getCause());
      }
    }
    return results;
  }
}
