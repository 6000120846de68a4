package io.github.matrixsync;

import static io.github.matrixsync.world.Host.ALICE;
import static io.github.matrixsync.world.Host.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.operation.EngineStatistics.StoreCallTimes;
import io.github.matrixsync.world.Host;
import io.github.matrixsync.world.World;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The store calls of a snapshot: few, and no more for many rooms than for a page of them. */
class SnapshotReadsTest {
  private static final int FIRST_PAGE = 32;
  private static final int LIMIT = 20;

  private final Host host = new Host();

  @AfterEach
  void close() {
    host.close();
  }

  @Test
  void initialSync_ofOnePage_readsEachListOnce() {
    assertThat(callsOfSnapshot(FIRST_PAGE)).containsAllEntriesOf(calls(1));
  }

  /** The first page shows how large rooms are, so the second has all the others. Who is erased is read for both. */
  @Test
  void initialSync_ofManyRooms_readsTwoPages() {
    assertThat(callsOfSnapshot(1_000)).containsAllEntriesOf(calls(2));
  }

  @Test
  void initialSync_again_readsSettingsAlone() {
    Map<String, Long> first = callsOfSnapshot(100);
    host.engine().initialSync(ALICE, LIMIT);

    Map<String, Long> both = returned();
    both.keySet().removeIf(call -> call.startsWith("settings."));
    first.keySet().removeIf(call -> call.startsWith("settings."));
    assertThat(both).isEqualTo(first);
  }

  private static Map<String, Long> calls(long pages) {
    return Map.of(
        "events.memberships", 1L,
        "events.timelines", 1L,
        "events.latest", pages,
        "events.state", pages,
        "settings.erased", 1L);
  }

  private Map<String, Long> callsOfSnapshot(int rooms) {
    for (int i = 0; i < rooms; i++) {
      host.room(World.room("room" + i), ALICE, BOB);
    }
    host.start(host.bare());
    assertThat(host.engine().initialSync(ALICE, LIMIT).rooms()).hasSize(rooms);
    return returned();
  }

  private Map<String, Long> returned() {
    Map<String, Long> returned = new TreeMap<>();
    for (StoreCallTimes call : host.engine().statistics().storeCalls()) {
      if (call.returned() > 0 && !call.call().endsWith(".refresh")) {
        returned.put(call.call(), call.returned());
      }
    }
    return returned;
  }
}
