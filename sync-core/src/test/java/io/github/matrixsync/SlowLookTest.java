package io.github.matrixsync;

import static io.github.matrixsync.world.Host.ALICE;
import static io.github.matrixsync.world.Host.BOB;
import static io.github.matrixsync.world.Host.CAROL;
import static io.github.matrixsync.world.Host.ROOM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.world.HookedEvents;
import io.github.matrixsync.world.Host;
import io.github.matrixsync.world.World;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The window advances past the end of a look while the look reads a store: the answer is checked as of its own end. */
class SlowLookTest {
  private static final int WINDOW = 4;
  private static final RoomId OTHER = World.room("other");

  private final Host host = new Host();
  private final HookedEvents events = new HookedEvents(host.events);
  private StreamToken start = StreamToken.of(0, 0, 0, 0, 0);

  @BeforeEach
  void start() {
    host.room(ROOM, ALICE);
    host.room(OTHER, ALICE, BOB, CAROL);
    host.start(SmallLimits.window(WINDOW, host.bare(events.store()))
        .typing(host.typing)
        .receipts(host.receipts));
    start = host.here();
    host.poll(BOB, null);
    host.types(ROOM, ALICE, Duration.ofMinutes(1));
    host.reads(ROOM, ALICE, "read");
    fillTheWindow();
  }

  @AfterEach
  void close() {
    host.close();
  }

  @Test
  void stream_readerComesInAfterTheEnd_isNotToldOfTheRoom() {
    beforeTheLog(() -> {
      host.join(ROOM, BOB);
      fillTheWindow();
    });

    EventBatch batch = host.poll(BOB, start);

    assertThat(batch.end().room()).isLessThan(host.events.watermark());
    assertThat(Host.side(batch)).isEmpty();
  }

  @Test
  void stream_typistLeavesAfterTheEnd_isStillShown() {
    host.types(OTHER, CAROL, Duration.ofMinutes(1));
    host.poll(CAROL, null);
    beforeTheLog(() -> {
      host.leave(OTHER, CAROL);
      fillTheWindow();
    });

    EventBatch batch = host.poll(BOB, start);

    assertThat(Host.side(batch)).containsExactly(Host.typing(OTHER, CAROL));
  }

  private void fillTheWindow() {
    for (int i = 0; i <= WINDOW; i++) {
      host.message(OTHER, ALICE);
    }
  }

  /** Runs {@code hook} before the first read of the log. */
  private void beforeTheLog(Runnable hook) {
    events.before("log", () -> {
      events.calm();
      hook.run();
    });
  }
}
