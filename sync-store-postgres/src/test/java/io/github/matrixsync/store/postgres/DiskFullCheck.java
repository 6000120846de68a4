package io.github.matrixsync.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A disk that is full. Needs a directory on a small file system that belongs to the user of a server on this machine,
 * and so is not run with the other tests: {@code mvn test -pl sync-store-postgres -am -Dtest=DiskFullCheck
 * -Dsurefire.failIfNoSpecifiedTests=false -Dpostgres.small=/mnt/small -Dpostgres.url=jdbc:postgresql:...}.
 */
class DiskFullCheck {
  private static final Sessions SESSIONS = new Sessions(TestServer.dataSource());
  private static final int MANY = 10_000;

  @Test
  void append_diskIsFull_failsKnownAndWorksAfterwards() {
    String schema = TestServer.newSchema();
    PostgresSchema.migrate(TestServer.dataSource(), schema);
    SESSIONS.execute(
        "CREATE TABLESPACE " + schema + " LOCATION '" + System.getProperty("postgres.small") + "'");
    SESSIONS.execute("ALTER TABLE " + schema + ".event SET TABLESPACE " + schema);
    try (PostgresStore store =
        PostgresStore.builder(TestServer.dataSource()).schema(schema).open()) {
      List<String> acknowledged = new ArrayList<>();
      StoreException failed = catchThrowableOfType(StoreException.class, () -> {
        for (int i = 0; i < MANY; i++) {
          append(store, "a" + i);
          acknowledged.add("a" + i);
        }
      });

      assertThat(failed.isOutcomeKnown()).isTrue();
      assertThat(failed).hasMessageContaining("53100");
      assertThat(Sample.names(Sample.log(store.events()))).isEqualTo(acknowledged);
      SESSIONS.execute("ALTER TABLE " + schema + ".event SET TABLESPACE pg_default");
      append(store, "last");
      acknowledged.add("last");
      assertThat(Sample.names(Sample.log(store.events()))).isEqualTo(acknowledged);
    } finally {
      SESSIONS.execute("DROP SCHEMA " + schema + " CASCADE");
      SESSIONS.execute("DROP TABLESPACE " + schema);
    }
  }

  private static void append(PostgresStore store, String name) {
    RawJson json = RawJson.of("{\"body\":\"" + OddValuesTest.random(60_000) + "\"}");
    store
        .events()
        .append(Sample.live(Sample.event(name, Sample.ROOM, Sample.ALICE, "m.room.message")
            .json(json)
            .build()));
  }
}
