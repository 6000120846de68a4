package io.github.matrixsync.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.matrixsync.store.StoreException;
import io.github.matrixsync.store.ephemeral.PresenceChange;
import io.github.matrixsync.store.ephemeral.PresenceState;
import io.github.matrixsync.store.model.Interest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Standbys, failovers and restored backups: no short answer, and no position is given twice. */
class FailoverTest {
  @TempDir
  private Path files;

  private final List<AutoCloseable> opened = new ArrayList<>();
  private final AtomicReference<OwnServer> reached = new AtomicReference<>();
  private OwnServer primary;

  @BeforeEach
  void start() {
    primary = keep(OwnServer.start(files));
    PostgresSchema.migrate(primary.dataSource());
    reached.set(primary);
  }

  @AfterEach
  void stop() throws Exception {
    for (int i = opened.size() - 1; i >= 0; i--) {
      opened.get(i).close();
    }
  }

  @Test
  void open_standby_isRefused() {
    OwnServer standby = keep(primary.standby(files, primary.port()));

    assertThatThrownBy(() -> PostgresStore.builder(standby.dataSource()).open())
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("standby");
  }

  @Test
  void read_standbyLags_failsAndGivesNoShortAnswer() {
    OwnServer standby = keep(primary.standby(files, primary.port()));
    PostgresStore store = open();
    append(store, "a");
    Sessions onStandby = new Sessions(standby.dataSource());
    awaitEvents(standby, 1);
    onStandby.execute("SELECT pg_wal_replay_pause()");
    append(store, "b");
    reached.set(standby);

    assertReadsFail(store);
    assertThatThrownBy(() -> append(store, "c"))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.isOutcomeKnown()).isTrue());
    assertThat(store.events().refresh()).isEqualTo(2);

    onStandby.execute("SELECT pg_wal_replay_resume()");
    awaitEvents(standby, 2);
    assertThat(Sample.names(Sample.log(store.events()))).containsExactly("a", "b");
  }

  @Test
  void append_standbyThatLostCommitsWasPromoted_noPositionIsGivenTwice() {
    TestProxy proxy = keep(new TestProxy(primary.port()));
    OwnServer standby = keep(primary.standby(files, proxy.port()));
    PostgresStore node = open();
    append(node, "a");
    awaitEvents(standby, 1);
    proxy.stall();
    append(node, "lost");
    long lost = append(node, "lost too");
    node.presence().set(presence("lost"));
    long lostPresence = node.presence().watermark();
    primary.stop("immediate");
    proxy.close();
    standby.promote();
    reached.set(standby);
    PostgresStore fresh = open();

    assertAhead(fresh, lost);
    assertReadsFail(node);
    // A host that repeats its latest append: nothing is new but the server.
    assertThat(append(node, "a")).isEqualTo(1);
    assertThat(Sample.names(Sample.log(node.events()))).containsExactly("a");
    assertThat(append(fresh, "b")).isGreaterThan(lost + 900_000);
    node.events().refresh();
    assertThat(Sample.names(Sample.log(node.events()))).containsExactly("a", "b");
    assertThat(append(node, "c")).isEqualTo(node.events().watermark());

    node.presence().set(presence("kept"));
    assertThat(node.presence().watermark()).isGreaterThan(lostPresence + 900_000);
    assertThat(node.presence().current(List.of(Sample.ALICE)))
        .singleElement()
        .returns(Optional.of("kept"), PresenceChange::statusMessage);
  }

  @Test
  void append_backupWasRestored_noPositionIsGivenTwice() {
    PostgresStore node = open();
    append(node, "a");
    OwnServer backup = keep(primary.backup(files));
    long lost = append(node, "lost");
    primary.stop("fast");
    backup.start();
    Sessions.await(
        "the backup is restored",
        () ->
            new Sessions(backup.dataSource()).text("SELECT pg_is_in_recovery()").equals("f"));
    reached.set(backup);

    assertAhead(open(), lost);
    assertReadsFail(node);
    assertThat(append(node, "b")).isGreaterThan(lost + 900_000);
    assertThat(Sample.names(Sample.log(node.events()))).containsExactly("a", "b");
  }

  @Test
  void append_copyOfTheFilesIsUsedAfterAJumpWasAskedFor_noPositionIsGivenTwice() {
    PostgresStore node = open();
    append(node, "a");
    primary.stop("fast");
    OwnServer copy = keep(primary.copyFiles(files));
    primary.start();
    long lost = append(node, "lost");
    primary.stop("fast");
    copy.start();
    reached.set(copy);
    PostgresSchema.jumpPositions(copy.dataSource(), PostgresSchema.DEFAULT_NAME);

    assertAhead(open(), lost);
    assertThat(append(node, "b")).isGreaterThan(lost + 900_000);
    assertThat(Sample.names(Sample.log(node.events()))).containsExactly("a", "b");
  }

  private static void assertAhead(PostgresStore fresh, long position) {
    assertThat(fresh.events().refresh()).isLessThan(position);
    assertThatThrownBy(() -> fresh.events().log(Interest.everything(), position, position, 10))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static void assertReadsFail(PostgresStore store) {
    assertThatThrownBy(() -> Sample.log(store.events()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("lags, or has lost");
    assertThatThrownBy(() -> Sample.read(store.events(), "a")).isInstanceOf(StoreException.class);
    assertThatThrownBy(
            () -> Sample.state(store.events(), Sample.ROOM, store.events().watermark()))
        .isInstanceOf(StoreException.class);
    assertThatThrownBy(
            () -> store.events().memberships(Sample.ALICE, store.events().watermark()))
        .isInstanceOf(StoreException.class);
  }

  private static void awaitEvents(OwnServer standby, int count) {
    Sessions sessions = new Sessions(standby.dataSource());
    Sessions.await(
        "the standby has " + count + " events",
        () -> sessions.number("SELECT count(*) FROM matrix_sync.event") == count);
  }

  /** Opens a node on the server that is reached at each moment. */
  private PostgresStore open() {
    return keep(PostgresStore.builder(
            new SuppliedSource(() -> reached.get().dataSource().getConnection()))
        .open());
  }

  private <C extends AutoCloseable> C keep(C resource) {
    opened.add(resource);
    return resource;
  }

  private static PresenceChange presence(String status) {
    return new PresenceChange(
        0,
        Sample.ALICE,
        PresenceState.ONLINE,
        Optional.of(status),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static long append(PostgresStore store, String name) {
    return store
        .events()
        .append(Sample.live(Sample.message(name.replace(' ', '-'))))
        .get(0);
  }
}
