package io.github.matrixsync.testkit;

import static io.github.matrixsync.testkit.MatrixAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.event.RoomId;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Worlds at the same time and one after another share nothing, and leave neither threads nor objects behind. */
class ManyWorldsTest {
  private static final Pattern WAITING = Pattern.compile(
      "Thread\\.sleep|Awaitility|await\\(\\)\\.|System\\.(nanoTime|currentTimeMillis)|"
          + "Instant\\.now\\(|Clock\\.system|parkNanos|\\.get\\([0-9]+, |orTimeout");

  @Test
  void worlds_madeUsedAndClosed_leaveNoThread() {
    use();
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    for (int i = 0; i < 1_000; i++) {
      use();
    }

    assertThat(Thread.getAllStackTraces().keySet())
        .filteredOn(thread -> thread.getName().contains("matrix"))
        .isEmpty();
    assertThat(Thread.getAllStackTraces().keySet()).hasSizeLessThanOrEqualTo(before.size() + 2);
  }

  private static void use() {
    try (MatrixWorld world = MatrixWorld.create()) {
      TestUser alice = world.user("alice");
      TestUser bot = world.user("relay");
      TestRoom here = alice.creates("here").with(bot);
      Map<RoomId, RoomId> pairs =
          Map.of(here.id(), alice.creates("there").with(bot).id());
      try (Relay relay = new Relay(world.engine(), bot.id(), pairs, bot::says)) {
        relay.start();
        alice.says(here, "hi");
      }
      assertThat(alice).sawMessages("hi", "@alice:test: hi");
    }
  }

  @Test
  void world_closed_canBeGarbageCollected() {
    List<WeakReference<MatrixWorld>> worlds = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      MatrixWorld world = MatrixWorld.create();
      world.user("alice").creates("here");
      worlds.add(new WeakReference<>(world));
      world.close();
    }
    for (int i = 0; i < 50 && worlds.stream().anyMatch(world -> !world.refersTo(null)); i++) {
      System.gc();
    }

    assertThat(worlds).allMatch(world -> world.refersTo(null));
  }

  @Test
  void worlds_sideBySide_haveTheSameIds() {
    try (MatrixWorld one = MatrixWorld.create();
        MatrixWorld two = MatrixWorld.create()) {
      TestRoom first = one.user("alice").creates("here");
      TestRoom second = two.user("alice").creates("here");
      one.time().advance(Duration.ofHours(1));

      assertThat(one.user("alice").says(first, "x")).isEqualTo(two.user("alice").says(second, "x"));
      assertThat(two.time().instant()).hasToString("2026-01-01T00:00:00Z");
    }
  }

  @Test
  void sources_ofKitAndTestsInProcess_waitForNothing() throws IOException {
    List<String> waiting = new ArrayList<>();
    try (Stream<Path> files = Files.walk(Path.of("src"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        boolean isThis = file.endsWith("ManyWorldsTest.java");
        boolean isOverHttp = file.getParent().endsWith("http");
        if (!isThis && !isOverHttp && WAITING.matcher(Files.readString(file)).find()) {
          waiting.add(file.toString());
        }
      }
    }

    assertThat(waiting).isEmpty();
  }
}
