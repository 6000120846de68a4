package io.github.matrixsync.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.matrixsync.store.StoreException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** What a server can be set to that the store depends on. */
class ServerSettingsTest {
  @TempDir
  private Path files;

  @Test
  void open_crashesCanLoseData_warnsOnceAndHealthSaysSo() {
    try (OwnServer server = OwnServer.start(files)) {
      Sessions sessions = new Sessions(server.dataSource());
      PostgresSchema.migrate(server.dataSource());
      sessions.execute("ALTER SYSTEM SET fsync = off");
      sessions.execute("ALTER SYSTEM SET full_page_writes = off");
      sessions.execute("SELECT pg_reload_conf()");
      Sessions.await("it is set", () -> sessions.text("SHOW full_page_writes").equals("off"));
      try (Logged logged = new Logged();
          PostgresStore store = PostgresStore.builder(server.dataSource()).open()) {
        store.events().append(Sample.live(Sample.message("a")));

        assertThat(store.health().warnings())
            .hasSize(2)
            .anyMatch(warning -> warning.startsWith("fsync is off"))
            .anyMatch(warning -> warning.startsWith("full_page_writes is off"));
        assertThat(logged.messages())
            .filteredOn(message -> message.contains("is off"))
            .hasSize(2);
      }
    }
  }

  @Test
  void open_schemaMayNotBeUsed_namesIt() {
    String schema = TestServer.newSchema();
    PostgresSchema.migrate(TestServer.dataSource(), schema);
    new Sessions(TestServer.dataSource()).execute("CREATE ROLE " + schema + " LOGIN");
    PGSimpleDataSource source = (PGSimpleDataSource) TestServer.dataSource();
    source.setUser(schema);

    assertThatThrownBy(() -> PostgresStore.builder(source).schema(schema).open())
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(schema);
  }
}
