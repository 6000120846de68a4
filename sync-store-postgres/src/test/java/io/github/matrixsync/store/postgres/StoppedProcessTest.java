package io.github.matrixsync.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.matrixsync.store.StoreException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Appenders whose process is killed or stopped, and one whose network stops in the middle of an append. */
class StoppedProcessTest {
  private static final TestDatabase DATABASE = new TestDatabase();
  private static final Sessions SESSIONS = new Sessions(TestServer.dataSource());

  private final String schema = DATABASE.newSchema();

  @AfterAll
  static void close() {
    DATABASE.close();
  }

  @Test
  void append_processIsKilled_whatItWasToldIsStoredOnceAndOthersGoOn()
      throws IOException, InterruptedException {
    List<String> told = new ArrayList<>();
    try (PostgresStore store = DATABASE.open(schema);
        Child child = new Child(Child.Work.APPEND, schema)) {
      for (int i = 0; i < 50; i++) {
        told.add(child.next());
      }
      child.signal("KILL");
      told.addAll(child.rest());
      store.events().append(Sample.live(Sample.message("other")));
      Sessions.await(
          "the server has ended the killed process's sessions",
          () -> SESSIONS.number(
                  "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'child'")
              == 0);
      store.events().refresh();

      List<String> stored = Sample.names(Sample.log(store.events()));
      assertThat(stored).containsAll(told).doesNotHaveDuplicates();
      assertThat(stored).hasSizeBetween(told.size() + 1, told.size() + 2);
      assertThat(store.events().watermark()).isEqualTo(stored.size());
    }
  }

  @Test
  void append_processIsStoppedHoldingTheLock_healthNamesItAndOthersGoOnAfterTheLimit()
      throws IOException, InterruptedException {
    try (PostgresStore store = DATABASE.open(schema);
        Child child = new Child(Child.Work.HOLD, schema)) {
      assertThat(child.next()).isEqualTo("holds");
      child.signal("STOP");
      Sessions.await("the holder is shown", () -> !store.health().lockHolders().isEmpty());
      PostgresHealth.LockHolder holder = store.health().lockHolders().get(0);

      assertThat(holder.pid()).isEqualTo((int) SESSIONS.awaitLock(schema, true));
      assertThat(holder.application()).contains("child");
      assertThat(holder.stream()).isEqualTo("events");
      assertThat(holder.age()).isBetween(Duration.ofMillis(500), Duration.ofMinutes(1));

      child.signal("CONT");
      child.goOn();
      assertThat(child.next()).isEqualTo("is idle");
      child.signal("STOP");
      assertThat(store.events().append(Sample.live(Sample.message("a")))).containsExactly(1L);
      child.signal("CONT");
      child.goOn();
      assertThat(child.next()).isIn("25P03", "08006");
      assertThat(Sample.names(Sample.log(store.events()))).containsExactly("a");
    }
  }

  @Test
  void append_networkStopsBeforeTheCommitArrives_othersGoOnAndNothingIsStored() {
    try (TestProxy proxy = TestProxy.to(TestServer.dataSource());
        PostgresStore stalled = PostgresStore.builder(proxy.source(TestServer.dataSource()))
            .schema(schema)
            .open();
        PostgresStore other = DATABASE.open(schema)) {
      CompletableFuture<Boolean> isHeld = new CompletableFuture<>();
      proxy.atNextCommit(TestProxy.Commit.HOLD, () -> isHeld.complete(true));
      CompletableFuture<List<Long>> append = CompletableFuture.supplyAsync(
          () -> stalled.events().append(Sample.live(Sample.message("a"))), OwnThread.EACH);
      assertThat(isHeld.join()).isTrue();
      assertThat(other.events().append(Sample.live(Sample.message("b")))).containsExactly(1L);
      proxy.resume();

      assertThatThrownBy(append::join)
          .cause()
          .asInstanceOf(InstanceOfAssertFactories.type(StoreException.class))
          .returns(true, StoreException::isOutcomeKnown);
      stalled.events().append(Sample.live(Sample.message("a")));
      assertThat(Sample.names(Sample.log(stalled.events()))).containsExactly("b", "a");
    }
  }
}
