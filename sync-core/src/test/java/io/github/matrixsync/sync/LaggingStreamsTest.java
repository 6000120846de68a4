package io.github.matrixsync.sync;

import static io.github.matrixsync.world.Host.ALICE;
import static io.github.matrixsync.world.Host.BOB;
import static io.github.matrixsync.world.Host.ROOM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.store.ephemeral.AccountDataStore;
import io.github.matrixsync.store.ephemeral.PresenceStore;
import io.github.matrixsync.store.memory.MemoryTypingStore;
import io.github.matrixsync.world.Host;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Answers of {@code /sync} while a stream has entries above its watermark, and after a stream was restarted. */
class LaggingStreamsTest {
  private static final Duration WAIT = Duration.ofSeconds(5);

  private final Host host = new Host();

  /** The highest watermark that the lagging stores return. */
  private long shown = Long.MAX_VALUE;

  @BeforeEach
  void room() {
    host.room(ROOM, ALICE, BOB);
  }

  @AfterEach
  void close() {
    host.close();
  }

  /** Returns a store that has changes above its watermark. */
  private <T> T lagging(Class<T> type, T store) {
    Object lagging = Proxy.newProxyInstance(
        type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
          try {
            Object got = method.invoke(store, arguments);
            return method.getName().equals("watermark") ? Math.min(shown, (long) got) : got;
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        });
    return type.cast(lagging);
  }

  private SyncResponse sync(@Nullable StreamToken since) {
    return host.engine().sync(ALICE, since, Duration.ZERO, SyncOptions.DEFAULT).join();
  }

  private CompletableFuture<SyncResponse> park(StreamToken since) {
    return host.engine().sync(ALICE, since, WAIT, SyncOptions.DEFAULT);
  }

  private static List<String> types(List<ClientEvent> entries) {
    return entries.stream().map(entry -> entry.json().toString().split("\"")[3]).toList();
  }

  @Test
  @DisplayName("https://github.com/matrix-org/synapse/issues/5503, /15824")
  void sync_entriesAboveTheWatermark_areSentWhenItReachesThemWithAnotherToken() {
    host.start(host.bare()
        .presence(lagging(PresenceStore.class, host.presence))
        .accountData(lagging(AccountDataStore.class, host.accountData)));
    host.online(ALICE);
    host.keeps(ALICE, null, "x", "{}");
    StreamToken since = sync(null).nextBatch();
    shown = 1;
    host.online(BOB);
    host.keeps(ALICE, null, "y", "{}");

    assertThat(types(sync(null).accountData())).containsExactly("x");
    assertThat(sync(null).presence()).hasSize(1);
    assertThat(sync(null).nextBatch()).isEqualTo(since);
    assertThat(sync(since).isEmpty()).isTrue();
    CompletableFuture<SyncResponse> poll = park(since);
    assertThat(poll).isNotDone();

    shown = Long.MAX_VALUE;
    host.online(BOB);
    host.keeps(ALICE, null, "z", "{}");

    SyncResponse told = sync(since);
    assertThat(types(told.accountData())).containsExactly("y", "z");
    assertThat(told.presence()).hasSize(1);
    assertThat(told.nextBatch().isAheadOf(since)).isTrue();
    assertThat(sync(told.nextBatch()).isEmpty()).isTrue();
    assertThat(poll.join().isEmpty()).isFalse();
    assertThat(poll.join().nextBatch().isAheadOf(since)).isTrue();
  }

  @Test
  @DisplayName("https://github.com/matrix-org/synapse/issues/4127, /1097")
  void sync_typingStreamRestartedAtAHigherPosition_isSentOnceAndThenAPollWaits() {
    host.types(ROOM, BOB, WAIT.multipliedBy(6));
    StreamToken since = sync(null).nextBatch();
    MemoryTypingStore restarted = MemoryTypingStore.startingAt(100);
    restarted.start(ROOM, BOB, host.now().plus(WAIT.multipliedBy(6)));
    host.start(host.full().typing(restarted));

    SyncResponse answer = sync(since);
    assertThat(answer.rooms().join().get(ROOM).ephemeral()).hasSize(1);

    CompletableFuture<SyncResponse> poll = park(answer.nextBatch());
    host.time.advance(WAIT.minusMillis(1));
    assertThat(poll).isNotDone();
    host.time.advance(Duration.ofMillis(1));
    assertThat(poll.join().isEmpty()).isTrue();
  }
}
