package io.github.matrixsync.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.store.StoreException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that is restarted, or crashes, while two nodes append. */
class ServerRestartTest {
  private static final int CALLERS = 4;

  @TempDir
  private Path files;

  private OwnServer server;

  @BeforeEach
  void start() {
    server = OwnServer.start(files);
    PostgresSchema.migrate(server.dataSource());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void append_serverIsRestarted_nothingAcknowledgedIsLostAndNodesGoOn() {
    appendAcross("fast");
  }

  @Test
  void append_serverCrashes_nothingAcknowledgedIsLostAndNodesGoOn() {
    appendAcross("immediate");
  }

  private void appendAcross(String mode) {
    Map<String, Long> acknowledged = new ConcurrentHashMap<>();
    AtomicBoolean isOver = new AtomicBoolean();
    AtomicInteger failed = new AtomicInteger();
    ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
    try (PostgresStore one = open();
        PostgresStore two = open()) {
      List<CompletableFuture<Void>> running = new ArrayList<>();
      for (int i = 0; i < CALLERS; i++) {
        String prefix = mode + i + "-";
        PostgresStore store = i % 2 == 0 ? one : two;
        running.add(CompletableFuture.runAsync(
            () -> {
              for (int n = 0; !isOver.get(); n++) {
                try {
                  acknowledged.put(prefix + n, append(store, prefix + n));
                } catch (StoreException e) {
                  failed.incrementAndGet();
                }
              }
            },
            callers));
      }
      Sessions.await("appends are under way", () -> acknowledged.size() > 100);
      server.stop(mode);
      Sessions.await("appends fail", () -> failed.get() > 0);
      server.start();
      int before = acknowledged.size();
      Sessions.await("nodes go on", () -> acknowledged.size() > before + 100);
      isOver.set(true);
      running.forEach(CompletableFuture::join);

      append(one, "last");
      Sessions.await("hints arrive again", () -> isWell(one) && isWell(two));
      Sessions.await(
          "the other node knows", () -> two.events().watermark() == one.events().watermark());
      assertStored(one, acknowledged);
      assertStored(two, acknowledged);
    } finally {
      callers.shutdownNow();
    }
  }

  private static void assertStored(PostgresStore store, Map<String, Long> acknowledged) {
    Map<String, Long> stored = new ConcurrentHashMap<>();
    Sample.log(store.events())
        .forEach(event -> stored.put(event.event().id().value().substring(1), event.position()));
    assertThat(stored).containsAllEntriesOf(acknowledged);
    assertThat(stored).hasSize((int) store.events().watermark());
  }

  private static boolean isWell(PostgresStore store) {
    PostgresHealth health = store.health();
    return health.hints() == PostgresHealth.Hints.ARRIVE && health.failure().isEmpty();
  }

  private PostgresStore open() {
    return PostgresStore.builder(server.dataSource()).open();
  }

  private static long append(PostgresStore store, String name) {
    return store.events().append(Sample.live(Sample.message(name))).get(0);
  }
}
