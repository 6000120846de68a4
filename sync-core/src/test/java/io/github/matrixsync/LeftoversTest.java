package io.github.matrixsync;

import static io.github.matrixsync.world.Host.ALICE;
import static io.github.matrixsync.world.Host.BOB;
import static io.github.matrixsync.world.Host.ROOM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.call.StreamOptions;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.operation.PollSettings;
import io.github.matrixsync.operation.WatchSettings;
import io.github.matrixsync.world.Host;
import io.github.matrixsync.world.ServiceHost;
import io.github.matrixsync.world.World;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * After polls have ended, in whatever way, the engine references none of them: in no registry, index or timer. While
 * they are parked only the engine references them.
 */
class LeftoversTest {
  private static final RoomId OPEN = World.room("open");
  private static final Duration LONGEST = Duration.ofHours(2);

  private final Host host = new Host();
  private final List<WeakReference<CompletableFuture<EventBatch>>> polls = new ArrayList<>();

  @BeforeEach
  void rooms() {
    host.room(ROOM, ALICE, BOB);
    host.world.create(OPEN, ALICE, "world_readable");
    host.start(host.full()
        .watch(WatchSettings.DEFAULT.withFallbackInterval(LONGEST.multipliedBy(2)))
        .polls(PollSettings.DEFAULT.withPerUser(10_000)));
  }

  @AfterEach
  void close() {
    host.close();
  }

  /** Parks polls of members, strangers, peeking users and application services, with all kinds of deadlines. */
  private void park(int count) {
    StreamToken here = host.here();
    for (int i = 0; i < count; i++) {
      UserId user = switch (i % 4) {
        case 0 -> ALICE;
        case 1 -> BOB;
        default -> World.user("u" + i % 97);
      };
      StreamOptions options = switch (i % 5) {
        case 0 -> StreamOptions.DEFAULT.inRoom(OPEN);
        case 1 -> ServiceHost.SERVICE;
        default -> StreamOptions.DEFAULT;
      };
      Duration timeout = LONGEST.minusMillis(i * 500L);
      polls.add(new WeakReference<>(host.engine().stream(user, here, timeout, options)));
    }
    assertThat(host.engine().parked()).isEqualTo(count);
    assertThat(left()).isEqualTo(count);
  }

  private void endAll(Consumer<CompletableFuture<EventBatch>> end) {
    polls.forEach(poll -> end.accept(Objects.requireNonNull(poll.get())));
  }

  /** Returns how many polls are still referenced after a garbage collection. */
  private long left() {
    long before = -1;
    long left = polls.size();
    for (int i = 0; i < 20 && left > 0 && (left != before || i < 3); i++) {
      System.gc();
      before = left;
      left = polls.stream().filter(poll -> poll.get() != null).count();
    }
    return left;
  }

  private void assertNothingLeft() {
    assertThat(host.engine().parked()).isZero();
    assertThat(left()).isZero();
  }

  @Test
  void cancel_tenThousand_leavesNothing() {
    park(10_000);

    endAll(poll -> poll.cancel(true));

    assertNothingLeft();
  }

  @Test
  void cancel_heldForPresence_leavesNothingAndNoTimer() {
    int timers = host.time.waiting();
    StreamToken here = host.here();
    for (int i = 0; i < 1_000; i++) {
      polls.add(new WeakReference<>(host.park(ALICE, here)));
    }
    host.online(BOB);
    assertThat(host.engine().parked()).isEqualTo(1_000);
    assertThat(host.time.waiting()).isGreaterThan(timers + 1_000 - 1);

    endAll(poll -> poll.cancel(true));

    assertNothingLeft();
    host.time.advance(Duration.ofMinutes(1));
    assertThat(host.time.waiting()).isEqualTo(timers);
  }

  @Test
  void complete_byTheHost_leavesNothing() {
    park(1_000);

    endAll(poll -> poll.completeExceptionally(new IllegalStateException("test")));

    assertNothingLeft();
  }

  @Test
  void deadline_ofAll_leavesNothingAndNoTimer() {
    int timers = host.time.waiting();
    park(1_000);

    host.time.advance(LONGEST);

    assertNothingLeft();
    assertThat(host.time.waiting()).isEqualTo(timers);
  }

  @Test
  void event_dueToAll_leavesNothing() {
    park(1_000);
    host.message(ROOM, ALICE);
    host.message(OPEN, ALICE);
    for (int i = 0; i < 97; i++) {
      host.join(ROOM, World.user("u" + i));
    }

    assertNothingLeft();
  }

  @Test
  void close_allParked_leavesNothing() {
    park(1_000);

    host.engine().close();

    assertNothingLeft();
  }
}
