package io.github.matrixsync;

import static io.github.matrixsync.world.Host.ALICE;
import static io.github.matrixsync.world.Host.BOB;
import static io.github.matrixsync.world.Host.ROOM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.matrixsync.call.MessagePage;
import io.github.matrixsync.call.MessagesOptions;
import io.github.matrixsync.call.SnapshotOptions;
import io.github.matrixsync.domain.event.EventForm;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.store.EventStore;
import io.github.matrixsync.store.Registration;
import io.github.matrixsync.store.UserSettings;
import io.github.matrixsync.store.ephemeral.AccountDataStore;
import io.github.matrixsync.store.ephemeral.PresenceStore;
import io.github.matrixsync.store.ephemeral.ReceiptStore;
import io.github.matrixsync.store.ephemeral.TypingStore;
import io.github.matrixsync.world.HookedEvents;
import io.github.matrixsync.world.Host;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What all calls have in common: they refuse wrong arguments on the caller's thread, and asynchronous calls give the
 * same answers as blocking ones.
 */
class SyncEngineCallsTest {
  private static final EventId UNKNOWN = EventId.parse("$unknown:h");

  private final Host host = new Host();

  @AfterEach
  void close() {
    host.close();
  }

  static Stream<Arguments> calls() {
    return Stream.of(
        call("stream", e -> e.stream(ALICE, null, Duration.ZERO)),
        call("initialSync", e -> e.initialSync(ALICE, 1)),
        call("initialSyncAsync", e -> e.initialSyncAsync(ALICE, 1, SnapshotOptions.DEFAULT)),
        call("roomInitialSync", e -> e.roomInitialSync(ALICE, ROOM, 1)),
        call("roomInitialSyncAsync", e -> e.roomInitialSyncAsync(ALICE, ROOM, 1, EventForm.V1)),
        call("getEvent", e -> e.getEvent(ALICE, UNKNOWN)),
        call("getEventAsync", e -> e.getEventAsync(ALICE, UNKNOWN, EventForm.V1)),
        call("messages", e -> e.messages(ALICE, ROOM, MessagesOptions.backward(1))),
        call("messagesAsync", SyncEngineCallsTest::messagesAsync),
        call("statistics", SyncEngine::statistics),
        call("health", SyncEngine::health),
        call("drain", e -> e.drain(Duration.ZERO)));
  }

  static Stream<Arguments> wrong() {
    return Stream.of(
        call("limit", e -> e.initialSync(ALICE, -1)),
        call("limit", e -> e.initialSyncAsync(ALICE, -1, SnapshotOptions.DEFAULT)),
        call("limit", e -> e.roomInitialSync(ALICE, ROOM, -1)),
        call("limit", e -> MessagesOptions.backward(-1)),
        call("limit", e -> MessagesOptions.forward(-1)),
        call("timeout", e -> e.stream(ALICE, null, Duration.ofNanos(-1))),
        call("window", e -> e.drain(Duration.ofNanos(-1))));
  }

  private static Arguments call(String name, Consumer<SyncEngine> call) {
    return Arguments.of(name, call);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("calls")
  void anyCall_engineIsClosed_isRefused(String name, Consumer<SyncEngine> call) {
    host.room(ROOM, ALICE);
    SyncEngine engine = host.engine();
    call.accept(engine);
    engine.close();
    engine.close();

    assertThatThrownBy(() -> call.accept(engine))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wrong")
  void anyCall_negativeNumber_isRefusedAndSaysWhich(String what, Consumer<SyncEngine> call) {
    assertThatThrownBy(() -> call.accept(host.engine()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(what + " must not be negative");
  }

  @Test
  void async_messagesAndEvents_answerLikeTheCallsThatBlock() {
    host.room(ROOM, ALICE);
    RoomEvent message = host.world.message(ROOM, ALICE);
    host.world.append(message);
    MessagePage blocking = host.engine().messages(ALICE, ROOM, MessagesOptions.backward(1));

    MessagePage page = messagesAsync(host.engine()).join();

    assertThat(page.start()).isEqualTo(blocking.start());
    assertThat(page.end()).isEqualTo(blocking.end());
    assertThat(page.chunk())
        .singleElement()
        .satisfies(event -> assertThat(event.id()).contains(message.id()));
    assertThat(host.engine()
            .getEventAsync(ALICE, message.id(), EventForm.V1)
            .join()
            .orElseThrow()
            .json())
        .isEqualTo(host.engine().getEvent(ALICE, message.id()).orElseThrow().json());
    assertThat(host.engine().getEventAsync(BOB, message.id(), EventForm.V1).join())
        .isEmpty();
  }

  /** A closed engine has no listener at its stores and does not read them. */
  @Test
  void close_storesGoOn_engineDoesNothing() {
    HookedEvents hooked = new HookedEvents(host.events);
    SyncEngine engine = host.start(host.bare(hooked.store()));
    List<String> calls = new ArrayList<>();
    hooked.before(calls::add);
    engine.close();

    host.room(ROOM, ALICE);
    host.settings.erase(ALICE);
    host.time.advance(Duration.ofMinutes(1));

    assertThat(calls).isEmpty();
    assertThat(host.time.waiting()).isZero();
  }

  @Test
  void close_listenersAtTheStores_areTakenAway() {
    AtomicInteger listeners = new AtomicInteger();
    SyncEngine engine = host.start(host.bare(listened(EventStore.class, host.events, listeners))
        .settings(listened(UserSettings.class, host.settings, listeners))
        .presence(listened(PresenceStore.class, host.presence, listeners))
        .typing(listened(TypingStore.class, host.typing, listeners))
        .receipts(listened(ReceiptStore.class, host.receipts, listeners))
        .accountData(listened(AccountDataStore.class, host.accountData, listeners)));
    assertThat(listeners).hasValueGreaterThanOrEqualTo(6);

    engine.close();

    assertThat(listeners).hasValue(0);
  }

  /** Returns a store that counts its listeners. */
  private static <R> R listened(Class<R> role, R store, AtomicInteger listeners) {
    return role.cast(Proxy.newProxyInstance(
        role.getClassLoader(), new Class<?>[] {role}, (proxy, method, arguments) -> {
          Object answer = method.invoke(store, arguments);
          if (!(answer instanceof Registration registration)) {
            return answer;
          }
          listeners.incrementAndGet();
          return (Registration) () -> {
            listeners.decrementAndGet();
            registration.close();
          };
        }));
  }

  private static CompletableFuture<MessagePage> messagesAsync(SyncEngine engine) {
    return engine.messagesAsync(ALICE, ROOM, MessagesOptions.backward(1));
  }
}
