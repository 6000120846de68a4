package io.github.matrixsync;

import static io.github.matrixsync.world.Host.ALICE;
import static io.github.matrixsync.world.Host.BOB;
import static io.github.matrixsync.world.Host.ROOM;
import static io.github.matrixsync.world.Host.answered;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.world.Host;
import io.github.matrixsync.world.World;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A woken poll whose presence, typing, receipts and account data are in memory looks once, in the task that wakes it. A
 * look that must read a store is made again in a task of its own.
 */
class LooksInMemoryTest {
  private static final int MEMBERS = 20;
  private static final UserId STRANGER = World.user("stranger");

  private final Host host = new Host();
  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private final List<CompletableFuture<EventBatch>> polls = new ArrayList<>();
  private int ofMessage;

  @BeforeEach
  void park() {
    host.room(ROOM, ALICE, BOB, STRANGER);
    for (int i = 0; i < MEMBERS; i++) {
      host.join(ROOM, World.user("m" + i));
    }
    host.online(ALICE);
    host.types(ROOM, BOB, Duration.ofMinutes(1));
    host.reads(ROOM, ALICE, "read");
    host.keeps(BOB, null, "a", "{}");
    host.start(host.full().executor(tasks::add));
    parkAll();
    host.message(ROOM, ALICE);
    ofMessage = runTasks();
    assertAnswered(1);
    parkAll();
  }

  @AfterEach
  void close() {
    host.close();
  }

  @Test
  void typing_ofAUserInMemory_isAnsweredByTheTaskThatWakes() {
    host.types(ROOM, World.user("m0"), Duration.ofMinutes(1));

    assertThat(runTasks()).isEqualTo(ofMessage);
    assertAnswered(1);
  }

  @Test
  void receipts_areAnsweredByTheTaskThatWakes() {
    host.reads(ROOM, BOB, "read");

    assertThat(runTasks()).isEqualTo(ofMessage);
    assertAnswered(1);
  }

  /** An answer of presence alone is held back for a while, so a message comes with it. */
  @Test
  void messageAfterPresence_ofAUserInMemory_isAnsweredByTheTaskThatWakes() {
    host.online(World.user("m0"));
    runTasks();
    host.message(ROOM, ALICE);

    assertThat(runTasks()).isEqualTo(ofMessage);
    assertAnswered(2);
  }

  /** Nobody polls for the one who types, so each look must read where that user is. */
  @Test
  void typing_ofAUserNotInMemory_isAnsweredAfterARead() {
    host.types(ROOM, STRANGER, Duration.ofMinutes(1));

    assertThat(runTasks()).isGreaterThan(ofMessage);
    assertAnswered(1);
    assertThat(Host.side(answered(polls.get(0)))).containsExactly(Host.typing(ROOM, BOB, STRANGER));
  }

  /** A message and more that came while nobody looked are in one answer of one look. */
  @Test
  void message_withTypingAndReceipts_isOneAnswer() {
    host.types(ROOM, World.user("m0"), Duration.ofMinutes(1));
    host.reads(ROOM, BOB, "read");
    host.message(ROOM, ALICE);
    int tasksOfAll = runTasks();

    assertThat(tasksOfAll).isLessThanOrEqualTo(3 * ofMessage);
    assertThat(polls).allMatch(CompletableFuture::isDone);
  }

  private void parkAll() {
    runTasks();
    polls.clear();
    CompletableFuture<EventBatch> first = host.engine().stream(BOB, null, Duration.ZERO);
    runTasks();
    StreamToken here = answered(first).end();
    for (int i = 0; i < MEMBERS; i++) {
      polls.add(host.park(World.user("m" + i), here));
    }
    runTasks();
    assertThat(polls).noneMatch(CompletableFuture::isDone);
  }

  private int runTasks() {
    int count = 0;
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
      count++;
    }
    return count;
  }

  private void assertAnswered(int entries) {
    assertThat(polls).allSatisfy(poll -> assertThat(answered(poll).chunk()).hasSize(entries));
  }
}
