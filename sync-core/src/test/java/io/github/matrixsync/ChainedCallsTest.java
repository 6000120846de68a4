package io.github.matrixsync;

import static io.github.matrixsync.world.Host.ALICE;
import static io.github.matrixsync.world.Host.BOB;
import static io.github.matrixsync.world.Host.ROOM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.call.InitialSync;
import io.github.matrixsync.call.MessagesOptions;
import io.github.matrixsync.call.SnapshotOptions;
import io.github.matrixsync.call.StreamOptions;
import io.github.matrixsync.domain.appservice.ServiceNamespaces;
import io.github.matrixsync.domain.event.EventForm;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.store.model.Append;
import io.github.matrixsync.world.HookedDirectory;
import io.github.matrixsync.world.Host;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Calls made in the callback of the answer before, on an executor that runs tasks on the caller's thread: the stack
 * does not grow, not even after tens of thousands of answers.
 */
class ChainedCallsTest {
  private static final int MANY = 20_000;
  private static final int DEEP = 4_000;
  private static final int LOOKED_AT = 16;
  private static final long TIMEOUT_SECONDS = 120;
  private static final Duration LONG = Duration.ofSeconds(30);

  private final Host host = new Host();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicInteger deepest = new AtomicInteger();
  private int most = MANY;
  private StreamToken start = StreamToken.of(0, 0, 0, 0, 0);

  @AfterEach
  void close() {
    host.close();
  }

  private void fill(int events, int window) {
    host.start(SmallLimits.window(window, host.bare()));
    host.room(ROOM, ALICE, BOB);
    start = host.here();
    List<Append> batch = new ArrayList<>();
    for (int i = 0; i < events; i++) {
      batch.add(Append.live(host.world.message(ROOM, ALICE)));
      if (batch.size() == 1_000) {
        host.events.append(batch);
        batch.clear();
      }
    }
    host.here();
  }

  @Test
  void stream_eachHasOneEventOfTheWindow_allAreAnswered() throws Exception {
    most = 100_000;
    fill(most, 2 * most);
    pump(StreamOptions.DEFAULT.withLimit(1));
  }

  @Test
  void stream_eachReadsTheStore_allAreAnswered() throws Exception {
    fill(MANY, 10);
    pump(StreamOptions.DEFAULT.withLimit(1));
  }

  @Test
  void stream_ofOneRoom_allAreAnswered() throws Exception {
    fill(MANY, 2 * MANY);
    pump(StreamOptions.DEFAULT.withLimit(1).inRoom(ROOM));
  }

  private void pump(StreamOptions options) throws Exception {
    next(start, options);
    assertAllAnswered();
  }

  private void next(StreamToken from, StreamOptions options) {
    then(host.engine().stream(BOB, from, LONG, options), batch -> {
      assertThat(batch.chunk()).hasSize(1);
      if (isNotTheLast()) {
        next(batch.end(), options);
      }
    });
  }

  @Test
  void stream_ofAnApplicationService_allAreAnswered() throws Exception {
    fill(0, 100);
    ServiceNamespaces bobs =
        ServiceNamespaces.of(List.of(Pattern.compile("@b.*")), List.of(), List.of());
    StreamOptions options = StreamOptions.DEFAULT.withService(bobs);
    again(() -> host.engine().stream(BOB, start, Duration.ZERO, options));
  }

  /** A bot sends an event in every callback, which wakes the next poll. */
  @Test
  void stream_eachIsWokenByWhatTheLastOneHadSent_allAreAnswered() throws Exception {
    fill(0, 100);
    sendAndPoll(host.here());
    host.message(ROOM, ALICE);
    assertAllAnswered();
  }

  private void sendAndPoll(StreamToken from) {
    then(host.engine().stream(BOB, from, LONG), batch -> {
      assertThat(batch.chunk()).hasSize(1);
      if (isNotTheLast()) {
        sendAndPoll(batch.end());
        host.message(ROOM, ALICE);
      }
    });
  }

  @Test
  void stream_withoutWaiting_allAreAnswered() throws Exception {
    fill(0, 100);
    again(() -> host.engine().stream(BOB, start, Duration.ZERO));
  }

  @Test
  void events_allAreRead() throws Exception {
    fill(0, 100);
    EventId unknown = EventId.parse("$unknown:h");
    again(() -> host.engine().getEventAsync(BOB, unknown, EventForm.V1));
  }

  @Test
  void pages_allAreRead() throws Exception {
    fill(0, 100);
    again(() -> host.engine().messagesAsync(BOB, ROOM, MessagesOptions.backward(1)));
  }

  @Test
  void snapshots_allAreTaken() throws Exception {
    fill(0, 100);
    again(() -> host.engine().initialSyncAsync(BOB, 1, SnapshotOptions.DEFAULT));
  }

  /** Each snapshot is requested while the one before is taken, which is answered before the next one begins. */
  @Test
  void snapshots_eachAskedForDuringTheLast_areAnsweredInTurn() {
    HookedDirectory directory = new HookedDirectory();
    host.start(host.bare().directory(directory));
    host.room(ROOM, ALICE, BOB);
    List<CompletableFuture<InitialSync>> asked = new ArrayList<>();
    List<Long> answered = new ArrayList<>();
    directory.after(() -> {
      answered.add(asked.stream().filter(CompletableFuture::isDone).count());
      if (asked.size() < 5) {
        asked.add(host.engine().initialSyncAsync(BOB, 1, SnapshotOptions.DEFAULT));
      }
    });

    host.engine().initialSync(BOB, 1);

    assertThat(asked).allMatch(CompletableFuture::isDone);
    assertThat(answered).containsExactly(0L, 0L, 1L, 2L, 3L, 4L);
  }

  private void again(Supplier<? extends CompletableFuture<?>> call) throws Exception {
    repeat(call);
    assertAllAnswered();
  }

  private void repeat(Supplier<? extends CompletableFuture<?>> call) {
    then(call.get(), answer -> {
      if (isNotTheLast()) {
        repeat(call);
      }
    });
  }

  private boolean isNotTheLast() {
    if (calls.incrementAndGet() < most) {
      return true;
    }
    ended.complete(null);
    return false;
  }

  /** Runs {@code step} in the callback of an answer, and checks the depth of the stack now and then. */
  private <V> void then(CompletableFuture<V> answer, Consumer<V> step) {
    CompletableFuture<?> unused = answer.whenComplete((value, failure) -> {
      try {
        if (calls.get() % LOOKED_AT == 0) {
          deepest.accumulateAndGet(depth(), Math::max);
        }
        assertThat(failure).isNull();
        step.accept(value);
      } catch (Throwable e) {
        ended.completeExceptionally(e);
      }
    });
  }

  private static int depth() {
    return StackWalker.getInstance().<Long>walk(Stream::count).intValue();
  }

  private void assertAllAnswered() throws Exception {
    ended.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    assertThat(calls).hasValue(most);
    assertThat(deepest).hasValueLessThan(DEEP);
  }
}
