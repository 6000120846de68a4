package io.github.matrixsync.examples.homeserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.SyncEngine;
import io.github.matrixsync.call.InitialSync;
import io.github.matrixsync.domain.event.RoomEvents;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.store.model.Append;
import io.github.matrixsync.store.postgres.PostgresSchema;
import io.github.matrixsync.store.postgres.PostgresStore;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** The README's example of the PostgreSQL store is the code below, and runs. */
class ReadmeTest {
  private static final Path ROOT = Path.of("..", "..");
  private static final String BEGIN = "// From here on as in the README.";
  private static final String END = "// Until here.";

  @Test
  void postgresExample_ofTheReadme_runs() throws IOException {
    try (EmbeddedPostgres server = Database.start()) {
      DataSource dataSource = server.getPostgresDatabase();
      RoomEvent join = RoomEvents.parse(RawJson.of("""
          {"event_id": "$1:example.org", "room_id": "!r:example.org", "type": "m.room.member",
           "sender": "@alice:example.org", "state_key": "@alice:example.org",
           "origin_server_ts": 1443000000000, "content": {"membership": "join"}}
          """), Instant.now());
      // From here on as in the README.
      PostgresSchema.migrate(dataSource);
      try (PostgresStore store = PostgresStore.builder(dataSource).open();
          SyncEngine engine = SyncEngine.builder(store.events())
              .presence(store.presence())
              .typing(store.typing())
              .receipts(store.receipts())
              .accountData(store.accountData())
              .settings(store.settings())
              .directory(store.directory())
              .build()) {
        store.events().append(List.of(Append.live(join)));
        InitialSync snapshot = engine.initialSync(join.sender(), 10);
        // Until here.
        assertThat(snapshot.rooms()).hasSize(1);
      }
    }
  }

  @Test
  void postgresExample_ofTheReadme_isTheOneThatRuns() throws IOException {
    String test = Files.readString(
        Path.of("src", "test", "java", "io/github/matrixsync/examples/homeserver/ReadmeTest.java"));
    String code = test.substring(test.lastIndexOf(BEGIN) + BEGIN.length(), test.lastIndexOf(END));

    assertThat(Files.readString(ROOT.resolve("README.md")))
        .containsIgnoringWhitespaces(code.strip());
  }
}
