package io.github.matrixsync;

import static io.github.matrixsync.world.Host.ALICE;
import static io.github.matrixsync.world.Host.BOB;
import static io.github.matrixsync.world.Host.CAROL;
import static io.github.matrixsync.world.Host.ROOM;
import static io.github.matrixsync.world.Host.answered;
import static io.github.matrixsync.world.Host.present;
import static io.github.matrixsync.world.Host.side;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.operation.PollSettings;
import io.github.matrixsync.store.StoreException;
import io.github.matrixsync.store.ephemeral.PresenceState;
import io.github.matrixsync.world.HookedEvents;
import io.github.matrixsync.world.Host;
import io.github.matrixsync.world.Logged;
import io.github.matrixsync.world.World;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Presence changes of users without a poll. Their rooms must be read before polls can be woken; nothing else waits for
 * that.
 */
class UnreadPresenceTest {
  private static final RoomId OTHER = World.room("other");
  private static final int MANY = 250;
  private static final int SECONDS = 20;

  private final Host host = new Host();
  private final HookedEvents events = new HookedEvents(host.events);
  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private final ExecutorService pool = Executors.newCachedThreadPool();
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);
  private final AtomicInteger reads = new AtomicInteger();
  private boolean threaded;

  @RegisterExtension
  final Logged logged = new Logged();

  @BeforeEach
  void start() {
    host.room(ROOM, ALICE, BOB);
    host.room(OTHER, CAROL, unread(0), unread(1));
    host.start(host.bare(events.store())
        .presence(host.presence)
        .polls(PollSettings.DEFAULT.withPresenceHold(Duration.ZERO))
        .executor(this::execute));
    runTasks();
  }

  @AfterEach
  void close() {
    released.countDown();
    host.close();
    pool.shutdownNow();
  }

  /** Queues a task until the test runs it, or runs it on a thread of its own. */
  private void execute(Runnable task) {
    if (threaded) {
      pool.execute(task);
    } else {
      tasks.add(task);
    }
  }

  private void runTasks() {
    while (!tasks.isEmpty()) {
      tasks.remove().run();
    }
  }

  private static UserId unread(int number) {
    return World.user("unread" + number);
  }

  private CompletableFuture<EventBatch> parked(UserId user) {
    CompletableFuture<EventBatch> poll = host.park(user, null);
    runTasks();
    assertThat(poll).isNotDone();
    return poll;
  }

  /** Changes the presence of a user without a poll; the read of the user's rooms blocks until it is released. */
  private void changeOfOneWhoseRoomsDoNotCome() throws Exception {
    threaded = true;
    events.before("memberships", this::hang);
    host.online(unread(0));
    assertThat(begun.await(SECONDS, TimeUnit.SECONDS)).isTrue();
  }

  private void hang() {
    begun.countDown();
    try {
      released.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void message_whileTheRoomsOfOneDoNotCome_isDelivered() throws Exception {
    CompletableFuture<EventBatch> bob = parked(BOB);
    changeOfOneWhoseRoomsDoNotCome();
    host.message(ROOM, ALICE);

    assertThat(bob.get(SECONDS, TimeUnit.SECONDS).chunk()).hasSize(1);
    assertThat(released.getCount()).isOne();
  }

  @Test
  void presence_whileTheRoomsOfOneDoNotCome_isDeliveredWhenTheyDo() throws Exception {
    CompletableFuture<EventBatch> bob = parked(BOB);
    CompletableFuture<EventBatch> carol = parked(CAROL);
    changeOfOneWhoseRoomsDoNotCome();
    host.online(BOB);
    host.message(OTHER, CAROL);
    EventBatch message = carol.get(SECONDS, TimeUnit.SECONDS);
    assertThat(side(message)).isEmpty();
    assertThat(bob).isNotDone();

    released.countDown();

    assertThat(side(bob.get(SECONDS, TimeUnit.SECONDS))).containsExactly(present(BOB, "online"));
    assertThat(side(host.engine().stream(CAROL, message.end(), Duration.ofSeconds(30))
            .get(SECONDS, TimeUnit.SECONDS)))
        .containsExactly(present(unread(0), "online"));
  }

  @Test
  void presence_ofOneNobodyReadsFor_wakesWhoIsInTheirRooms() {
    CompletableFuture<EventBatch> bob = parked(BOB);
    CompletableFuture<EventBatch> carol = parked(CAROL);
    host.online(unread(0));
    runTasks();

    assertThat(side(answered(carol))).containsExactly(present(unread(0), "online"));
    assertThat(bob).isNotDone();
  }

  @Test
  void presence_ofManyNobodyReadsFor_costsFewReadsOnce() {
    CompletableFuture<EventBatch> bob = parked(BOB);
    events.before("memberships", reads::incrementAndGet);
    changeMany();
    assertThat(reads).hasValue(3);

    changeMany();

    assertThat(reads).hasValue(3);
    assertThat(bob).isNotDone();
  }

  @Test
  void presence_whileNobodyPolls_costsNoRead() {
    CompletableFuture<EventBatch> ended = parked(BOB);
    ended.cancel(true);
    events.before("memberships", reads::incrementAndGet);
    changeMany();

    assertThat(reads).hasValue(0);
  }

  @Test
  void presence_roomsCannotBeRead_wakesAll() {
    CompletableFuture<EventBatch> bob = parked(BOB);
    CompletableFuture<EventBatch> carol = parked(CAROL);
    events.before("memberships", () -> {
      if (reads.incrementAndGet() == 1) {
        throw StoreException.failed("broken", null);
      }
    });
    host.online(unread(0));
    runTasks();

    assertThat(side(answered(carol))).containsExactly(present(unread(0), "online"));
    assertThat(bob).isNotDone();
    assertThat(reads).hasValueGreaterThan(1);
    assertThat(logged.entries())
        .singleElement()
        .asString()
        .contains("rooms of users whose presence changed cannot be read");
  }

  @Test
  void presence_moreThanIsKeptWhileTheRoomsDoNotCome_wakesAll() {
    CompletableFuture<EventBatch> carol = parked(CAROL);
    AtomicInteger changes = new AtomicInteger();
    events.before("memberships", () -> {
      if (changes.getAndSet(1) == 0) {
        List<UserId> others =
            IntStream.range(0, 10_001).mapToObj(i -> World.user("other" + i)).toList();
        others.forEach(host::online);
        while (!tasks.isEmpty()) {
          tasks.remove().run();
        }
      }
    });
    host.online(unread(1));
    runTasks();

    assertThat(side(answered(carol))).contains(present(unread(1), "online"));
  }

  private void changeMany() {
    IntStream.range(2, 2 + MANY).forEach(i -> host.online(unread(i)));
    IntStream.range(2, 2 + MANY).forEach(i -> host.presence(unread(i), PresenceState.UNAVAILABLE));
    runTasks();
  }
}
