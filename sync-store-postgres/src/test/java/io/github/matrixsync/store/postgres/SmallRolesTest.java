package io.github.matrixsync.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomAlias;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.StoreException;
import io.github.matrixsync.store.ephemeral.AccountDataChange;
import io.github.matrixsync.store.ephemeral.PresenceChange;
import io.github.matrixsync.store.ephemeral.PresenceState;
import io.github.matrixsync.store.ephemeral.ReceiptChange;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The small roles: what no contract of one role shows. */
class SmallRolesTest {
  private static final UserId ALICE = UserId.parse("@alice:example");
  private static final UserId BOB = UserId.parse("@bob:example");
  private static final RoomId ROOM = RoomId.parse("!room:example");
  private static final EventId EVENT = EventId.parse("$event");
  private static final RoomAlias ALIAS = RoomAlias.parse("#alias:example");
  private static final Instant SOON = Instant.ofEpochMilli(1_000_999);

  /** No column of type text takes this, and no index entry has room for it. */
  private static final String TEXT = "\u0000\ud800" + "x".repeat(60_000);

  private static final TestDatabase DATABASE = new TestDatabase();

  @AfterAll
  static void closeDatabase() {
    DATABASE.close();
  }

  @Test
  void open_again_everyRoleIsAsItWas() {
    String schema = DATABASE.newSchema();
    try (PostgresStore store = DATABASE.openUnhearing(schema)) {
      setAll(store);
    }

    try (PostgresStore store = DATABASE.openUnhearing(schema)) {
      assertThat(store.presence().changes(0, store.presence().watermark(), 9)).hasSize(1);
      assertThat(store.receipts().changes(0, store.receipts().watermark(), 9)).hasSize(1);
      assertThat(store.accountData().changes(0, store.accountData().watermark(), 9))
          .hasSize(1);
      assertThat(store.typing().changes(0, store.typing().watermark(), 9)).hasSize(1);
      assertThat(store.typing().nextDeadline()).contains(SOON);
      assertThat(store.settings().ignored(ALICE)).containsExactly(BOB);
      assertThat(store.directory().resolve(ALIAS)).contains(ROOM);
    }
  }

  @Test
  void close_everyRole_refusesEveryCall() {
    PostgresStore store = DATABASE.openUnhearing(DATABASE.newSchema());
    store.close();
    store.close();

    List<Runnable> calls = List.of(
        () -> store.presence().watermark(),
        () -> store.presence().set(presence(ALICE, "x")),
        () -> store.receipts().refresh(),
        () -> store.accountData().current(List.of(ALICE)),
        () -> store.typing().nextDeadline(),
        () -> store.typing().expire(SOON),
        () -> store.settings().erased(List.of()),
        () -> store.settings().erase(ALICE),
        () -> store.directory().published(),
        () -> store.directory().removeAlias(ALIAS));
    for (Runnable call : calls) {
      assertThatThrownBy(call::run).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void set_textOfEveryCharacter_comesBack() {
    try (PostgresStore store = DATABASE.openUnhearing(DATABASE.newSchema())) {
      store.presence().set(presence(ALICE, TEXT));
      store.receipts().set(new ReceiptChange(0, ROOM, ALICE, TEXT, EVENT, SOON));
      store.accountData().set(accountData(TEXT));
      store.accountData().set(accountData(TEXT + "y"));

      assertThat(store.presence().current(List.of(ALICE)))
          .extracting(PresenceChange::statusMessage)
          .containsExactly(Optional.of(TEXT));
      assertThat(store.receipts().current(List.of(ROOM)))
          .extracting(ReceiptChange::type)
          .containsExactly(TEXT);
      assertThat(store.accountData().current(List.of(ALICE)))
          .extracting(AccountDataChange::type)
          .containsExactlyInAnyOrder(TEXT, TEXT + "y");
    }
  }

  @Test
  void set_instantThatMillisecondsCannotTell_isRefused() {
    try (PostgresStore store = DATABASE.openUnhearing(DATABASE.newSchema())) {
      assertThatThrownBy(() ->
              store.receipts().set(new ReceiptChange(0, ROOM, ALICE, "m.read", EVENT, Instant.MAX)))
          .isInstanceOf(IllegalArgumentException.class);
      store.typing().start(ROOM, ALICE, Instant.MAX);
      store.typing().expire(Instant.MAX);

      assertThat(store.typing().nextDeadline()).isEmpty();
    }
  }

  @Test
  void everyCall_moreKeys_takesNoMoreStatements() {
    String schema = DATABASE.newSchema();
    StatementRecorder recorder = new StatementRecorder(DATABASE.dataSource());
    try (PostgresStore store = PostgresStore.builder(recorder.dataSource())
        .schema(schema)
        .hints(false)
        .lookInterval(Duration.ofHours(1))
        .open()) {
      List<Integer> few = statementsOfAll(store, recorder, 10);

      assertThat(statementsOfAll(store, recorder, 1_000)).isEqualTo(few);
      assertThat(few).startsWith(1, 1, 1, 1, 1, 1, 1, 1, 1).allMatch(count -> count <= 2);
    }
  }

  /** Returns how many round trips each call takes, reads first. */
  private static List<Integer> statementsOfAll(
      PostgresStore store, StatementRecorder recorder, int keys) {
    List<UserId> users = IntStream.range(0, keys)
        .mapToObj(i -> UserId.parse("@u" + i + ":example"))
        .toList();
    List<RoomId> rooms = IntStream.range(0, keys)
        .mapToObj(i -> RoomId.parse("!r" + i + ":example"))
        .toList();
    rooms.forEach(room -> store.typing().start(room, ALICE, SOON.minusMillis(1)));
    List<Runnable> calls = List.of(
        () -> store.presence().current(users),
        () -> store.receipts().current(rooms),
        () -> store.accountData().current(users),
        () -> store.typing().current(rooms),
        () -> store.typing().changes(0, store.typing().watermark(), keys),
        () -> store.settings().erased(users),
        () -> store.directory().published(rooms),
        () -> store.directory().aliases(rooms),
        () -> store.presence().refresh(),
        () -> store.presence().set(presence(ALICE, "with " + keys)),
        () -> store.typing().expire(SOON),
        () -> store.settings().setIgnored(ALICE, Set.copyOf(users)));
    List<Integer> counts = new ArrayList<>();
    for (Runnable call : calls) {
      recorder.clear();
      call.run();
      counts.add(recorder.statementsOfThisThread().size());
    }
    return counts;
  }

  @Test
  void set_connectionEndsBeforeTheCommit_isKnownNotToBeStored() {
    try (PostgresStore store = DATABASE.openUnhearing(DATABASE.newSchema())) {
      List<Runnable> writes = List.of(
          () -> store.presence().set(presence(ALICE, "x")),
          () -> store.typing().start(ROOM, ALICE, SOON),
          () -> store.settings().forget(ALICE, ROOM));
      for (Runnable write : writes) {
        assertThatThrownBy(() -> DATABASE.beforeCommit(SmallRolesTest::endWriters, write))
            .asInstanceOf(type(StoreException.class))
            .matches(StoreException::isOutcomeKnown);
      }

      assertThat(store.presence().current(List.of(ALICE))).isEmpty();
      assertThat(store.typing().current(List.of(ROOM))).isEmpty();
      assertThat(store.settings().forgotten(ALICE)).isEmpty();
    }
  }

  @Test
  void set_answerOfTheCommitIsLost_isFoundStored() {
    try (PostgresStore store = DATABASE.openUnhearing(DATABASE.newSchema())) {
      DATABASE.loseAnswer(() -> {}, () -> store.presence().set(presence(ALICE, "x")));
      DATABASE.loseAnswer(() -> {}, () -> store.typing().start(ROOM, ALICE, SOON));
      DATABASE.loseAnswer(() -> {}, () -> store.settings().forget(ALICE, ROOM));
      DATABASE.loseAnswer(() -> {}, () -> store.settings().unforget(ALICE, ROOM));
      DATABASE.loseAnswer(() -> {}, () -> store.directory().setAliases(ROOM, Set.of(ALIAS)));

      assertThat(store.presence().watermark()).isEqualTo(1);
      assertThat(store.typing().nextDeadline()).contains(SOON);
      assertThat(store.settings().forgotten(ALICE)).isEmpty();
      assertThat(store.directory().resolve(ALIAS)).contains(ROOM);
    }
  }

  @Test
  void set_answerLostAndSetByAnotherSince_outcomeIsUnknown() {
    String schema = DATABASE.newSchema();
    try (PostgresStore store = DATABASE.openUnhearing(schema);
        PostgresStore other = DATABASE.openUnhearing(schema)) {
      assertThatThrownBy(() -> DATABASE.loseAnswer(
              () -> other.presence().set(presence(ALICE, "other")),
              () -> store.presence().set(presence(ALICE, "x"))))
          .asInstanceOf(type(StoreException.class))
          .matches(e -> !e.isOutcomeKnown());
    }
  }

  @Test
  void set_serverWasPromotedOrRestored_positionsJump() throws SQLException {
    String schema = DATABASE.newSchema();
    try (PostgresStore store = DATABASE.openUnhearing(schema)) {
      setAll(store);
      execute("UPDATE " + schema + ".stream SET timeline = 'earlier'");

      assertThat(store.presence().set(presence(BOB, "x"))).isGreaterThan(1_000_000);
      assertThat(store.receipts().set(new ReceiptChange(0, ROOM, BOB, "m.read", EVENT, SOON)))
          .isGreaterThan(1_000_000);
      store.typing().expire(Instant.EPOCH);
      assertThat(store.typing().watermark()).isGreaterThan(1_000_000);
      assertThat(store.typing().nextDeadline()).contains(SOON);
      assertThat(store.presence().set(presence(BOB, "y"))).isLessThan(2_000_000);
    }
  }

  @Test
  void look_manySettingsChangedWhileCutOff_everyUserIsTold() {
    String schema = DATABASE.newSchema();
    try (PostgresStore store = DATABASE.openUnhearing(schema);
        PostgresStore other = DATABASE.openUnhearing(schema)) {
      List<UserId> told = new ArrayList<>();
      store.settings().onChange(told::add);
      for (int i = 0; i < 1_010; i++) {
        other.settings().erase(UserId.parse("@u" + i + ":example"));
      }
      assertThat(told).isEmpty();
      store.presence().refresh();

      assertThat(told).hasSize(1_010).doesNotHaveDuplicates();
    }
  }

  @Test
  void expire_deadlineOfAnotherNode_endsItAndKnowsTheNext() {
    String schema = DATABASE.newSchema();
    try (PostgresStore store = DATABASE.openUnhearing(schema);
        PostgresStore other = DATABASE.openUnhearing(schema)) {
      other.typing().start(ROOM, ALICE, SOON);
      other.typing().start(ROOM, BOB, SOON.plusMillis(1));
      store.typing().expire(SOON);

      assertThat(store.typing().nextDeadline()).contains(SOON.plusMillis(1));
      other.typing().expire(SOON.plusMillis(1));
      store.typing().expire(SOON.plusMillis(1));
      assertThat(store.typing().nextDeadline()).isEmpty();
      assertThat(store.typing().current(List.of(ROOM)).get(0).users()).isEmpty();
    }
  }

  private static void setAll(PostgresStore store) {
    store.presence().set(presence(ALICE, "x"));
    store.receipts().set(new ReceiptChange(0, ROOM, ALICE, "m.read", EVENT, SOON));
    store.accountData().set(accountData("m.test"));
    store.typing().start(ROOM, ALICE, SOON);
    store.settings().setIgnored(ALICE, Set.of(BOB));
    store.directory().addAlias(ROOM, ALIAS);
  }

  private static PresenceChange presence(UserId user, String status) {
    return new PresenceChange(
        0,
        user,
        PresenceState.ONLINE,
        Optional.of(status),
        Optional.of(SOON),
        Optional.empty(),
        Optional.empty());
  }

  private static AccountDataChange accountData(String type) {
    return new AccountDataChange(0, ALICE, Optional.of(ROOM), type, RawJson.of("{}"));
  }

  /** Ends the connections that hold a lock of a stream. */
  private static void endWriters() {
    try {
      execute(
          "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted"
              + " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void execute(String sql) throws SQLException {
    try (Connection connection = TestServer.dataSource().getConnection()) {
      connection.prepareStatement(sql).execute();
    }
  }
}
