package io.github.matrixsync.store.postgres;

import io.github.matrixsync.store.tck.timeline.RelationsTck;
import io.github.matrixsync.store.tck.timeline.SettableNotificationCountsTck;
import io.github.matrixsync.store.tck.timeline.TimelineGapsTck;
import io.github.matrixsync.store.timeline.Relations;
import io.github.matrixsync.store.timeline.SettableNotificationCounts;
import io.github.matrixsync.store.timeline.TimelineGaps;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;

/** The contracts of relations and gaps, which the event store implements, and of unread counts. */
class TimelineContractTest {
  private static final TestDatabase DATABASE = new TestDatabase();

  @AfterAll
  static void closeDatabase() {
    DATABASE.close();
  }

  @Nested
  class OfRelations extends RelationsTck<PostgresEventStore> {
    private final Opened<PostgresEventStore> opened = new Opened<>(DATABASE, PostgresStore::events);

    @Override
    protected PostgresEventStore open() {
      return opened.openAlone();
    }

    @Override
    protected Relations relations() {
      return store();
    }

    @Override
    protected void close(PostgresEventStore store) {
      opened.close(store);
    }
  }

  @Nested
  class OfGaps extends TimelineGapsTck<PostgresEventStore> {
    private final Opened<PostgresEventStore> opened = new Opened<>(DATABASE, PostgresStore::events);

    @Override
    protected PostgresEventStore open() {
      return opened.openAlone();
    }

    @Override
    protected TimelineGaps gaps() {
      return store();
    }

    @Override
    protected void close(PostgresEventStore store) {
      opened.close(store);
    }
  }

  @Nested
  class OfCounts extends SettableNotificationCountsTck<SettableNotificationCounts> {
    private final StatementRecorder statements = new StatementRecorder(DATABASE.dataSource());
    private @Nullable PostgresStore opened;

    @Override
    protected SettableNotificationCounts open() {
      PostgresStore store = PostgresStore.builder(statements.dataSource())
          .schema(DATABASE.newSchema())
          .hints(false)
          .lookInterval(Duration.ofHours(1))
          .open();
      opened = store;
      return store.notificationCounts();
    }

    @Override
    protected long storageReads() {
      return statements.statementsOfThisThread().size();
    }

    @Override
    protected void close(SettableNotificationCounts store) {
      Objects.requireNonNull(opened).close();
    }
  }
}
