package io.github.matrixsync.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.SyncEngine;
import io.github.matrixsync.domain.filter.FilterSpec;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.world.Host;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The README's example of {@code /sync} is the code below, and runs. */
class ReadmeTest {
  private static final String BEGIN = "// From here on as in the README.";
  private static final String END = "// Until here.";

  @Test
  void syncExample_ofTheReadme_runs() {
    try (Host host = new Host()) {
      UserId alice = Host.ALICE;
      host.room(Host.ROOM, alice);
      SyncEngine engine = host.engine();
      host.time.advance(Duration.ofSeconds(1));
      // From here on as in the README.
      SyncOptions lazy = SyncOptions.DEFAULT.withFilter(
          FilterSpec.parse("{\"room\":{\"state\":{\"lazy_load_members\":true}}}"));
      SyncResponse first = engine.sync(alice, null, Duration.ZERO, lazy).join();
      host.message(Host.ROOM, alice);
      SyncResponse next =
          engine.sync(alice, first.nextBatch(), Duration.ofSeconds(30), lazy).join();
      // Until here.
      assertThat(first.rooms().join()).containsOnlyKeys(Host.ROOM);
      assertThat(next.rooms().join()).containsOnlyKeys(Host.ROOM);
    }
  }

  @Test
  void syncExample_ofTheReadme_isTheOneThatRuns() throws IOException {
    String test = Files.readString(
        Path.of("src", "test", "java", "io/github/matrixsync/sync/ReadmeTest.java"));
    String code = test.substring(test.indexOf(BEGIN, test.indexOf("_runs")) + BEGIN.length());
    String shown =
        code.substring(0, code.indexOf(END)).replace("host.message(Host.ROOM, alice);", "");

    assertThat(Files.readString(Path.of("..", "README.md")))
        .containsIgnoringWhitespaces(shown.strip());
  }
}
