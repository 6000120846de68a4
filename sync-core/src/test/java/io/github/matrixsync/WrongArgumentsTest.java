package io.github.matrixsync;

import static io.github.matrixsync.world.Host.ALICE;
import static io.github.matrixsync.world.Host.ROOM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.matrixsync.call.MessagesOptions;
import io.github.matrixsync.call.SnapshotOptions;
import io.github.matrixsync.call.StreamOptions;
import io.github.matrixsync.domain.event.EventForm;
import io.github.matrixsync.domain.token.InvalidTokenException;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.FilterStore;
import io.github.matrixsync.sync.SyncOptions;
import io.github.matrixsync.world.HookedEvents;
import io.github.matrixsync.world.Host;
import io.github.matrixsync.world.Logged;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * All public calls of the engine, found by reflection, with each argument wrong in turn: every call is refused on the
 * caller's thread before any work. With an executor that refuses tasks, each asynchronous call is done later.
 */
class WrongArgumentsTest {
  private static final StreamToken TOO_LONG = StreamToken.of(1, 0, 0, 0, 0);

  private static final Map<Class<?>, Object> RIGHT = Map.ofEntries(
      Map.entry(UserId.class, ALICE),
      Map.entry(RoomId.class, ROOM),
      Map.entry(EventId.class, EventId.parse("$unknown:h")),
      Map.entry(Duration.class, Duration.ZERO),
      Map.entry(int.class, 1),
      Map.entry(EventForm.class, EventForm.V1),
      Map.entry(StreamOptions.class, StreamOptions.DEFAULT),
      Map.entry(SyncOptions.class, SyncOptions.DEFAULT),
      Map.entry(SnapshotOptions.class, SnapshotOptions.DEFAULT),
      Map.entry(MessagesOptions.class, MessagesOptions.DEFAULT),
      Map.entry(RawJson.class, RawJson.of("{}")),
      Map.entry(String.class, "id"));

  /** Null is allowed for these types; it means now, or the end. */
  private static final Set<String> TOKENS = Set.of("StreamToken");

  private final Host host = new Host();
  private final HookedEvents events = new HookedEvents(host.events);
  private final List<String> work = new ArrayList<>();
  private boolean isBusy;

  @RegisterExtension
  final Logged logged = new Logged();

  @BeforeEach
  void start() {
    host.room(ROOM, ALICE);
    host.start(host.bare(events.store()).filters(new NoFilters()).executor(task -> {
      work.add("task");
      if (isBusy) {
        throw new RejectedExecutionException("test");
      }
      task.run();
    }));
  }

  @AfterEach
  void close() {
    host.close();
  }

  private static List<Method> calls() {
    return Arrays.stream(SyncEngine.class.getMethods())
        .filter(method -> method.getDeclaringClass() != Object.class)
        .filter(method -> !Modifier.isStatic(method.getModifiers()))
        .filter(method -> method.getParameterCount() > 0)
        .toList();
  }

  private static Object[] right(Method call) {
    return Arrays.stream(call.getParameterTypes()).map(RIGHT::get).toArray();
  }

  static Stream<Arguments> wrong() {
    List<Arguments> wrong = new ArrayList<>();
    for (Method call : calls()) {
      Class<?>[] types = call.getParameterTypes();
      for (int i = 0; i < types.length; i++) {
        if (types[i] == int.class) {
          wrong.add(Arguments.of(call, i, -1, IllegalArgumentException.class));
        } else if (TOKENS.contains(types[i].getSimpleName())) {
          if (call.getName().equals("sync")) {
            continue; // answers any token
          }
          wrong.add(Arguments.of(call, i, TOO_LONG, InvalidTokenException.class));
        } else {
          wrong.add(Arguments.of(call, i, null, NullPointerException.class));
        }
        if (types[i] == Duration.class) {
          Duration negative = Duration.ofNanos(-1);
          wrong.add(Arguments.of(call, i, negative, IllegalArgumentException.class));
        }
        if (types[i] == MessagesOptions.class) {
          MessagesOptions options = MessagesOptions.DEFAULT;
          wrong.add(Arguments.of(call, i, options.withTo(TOO_LONG), InvalidTokenException.class));
          wrong.add(Arguments.of(call, i, options.withFrom(TOO_LONG), InvalidTokenException.class));
        }
      }
    }
    return wrong.stream();
  }

  @ParameterizedTest(name = "{0}, argument {1}: {2}")
  @MethodSource("wrong")
  void anyCall_wrongArgument_isRefusedOnTheCallersThreadBeforeAnyWork(
      Method call, int argument, Object value, Class<? extends Throwable> refusal) {
    Object[] arguments = right(call);
    arguments[argument] = value;
    events.before(work::add);
    work.clear();

    assertThatThrownBy(() -> invoke(call, arguments))
        .isInstanceOf(refusal)
        .hasMessageMatching(".+");

    assertThat(work).isEmpty();
    assertThat(host.engine().hasNoPolls()).isTrue();
    assertThat(host.engine().statistics().polls().begun()).isZero();
  }

  @Test
  void calls_areAllThereAre() {
    assertThat(calls())
        .extracting(Method::getName)
        .containsOnly(
            "stream",
            "sync",
            "initialSync",
            "initialSyncAsync",
            "roomInitialSync",
            "roomInitialSyncAsync",
            "getEvent",
            "getEventAsync",
            "messages",
            "messagesAsync",
            "putFilterAsync",
            "getFilterAsync",
            "filterAsync",
            "drain",
            "close");
    assertThat(wrong()).hasSizeGreaterThan(50);
  }

  static Stream<Method> asynchronous() {
    return calls().stream().filter(call -> call.getReturnType() == CompletableFuture.class);
  }

  /** The poll must read the store, and the drain has a poll to answer, so both need the executor. */
  @ParameterizedTest
  @MethodSource("asynchronous")
  void anyCall_executorRefuses_isNeitherThrownNorFailedAndDoneLater(Method call) throws Throwable {
    CompletableFuture<?> parked = host.park(ALICE, host.here());
    isBusy = true;
    host.message(ROOM, ALICE);
    work.clear();

    CompletableFuture<?> answer = (CompletableFuture<?>) invoke(call, right(call));

    assertThat(answer).isNotDone();
    isBusy = false;
    host.time.advance(Duration.ofSeconds(1));
    assertThat(answer).isCompleted();
    assertThat(parked).isCompleted();
    assertThat(logged.entries())
        .satisfiesExactly(
            entry -> assertThat(entry).contains("the executor refuses tasks"),
            entry -> assertThat(entry).contains("the executor takes tasks again"));
  }

  /** A store of filters, so that they are not held by their ids. */
  private static final class NoFilters implements FilterStore {
    @Override
    public String put(UserId user, RawJson filter) {
      return "id";
    }

    @Override
    public Optional<RawJson> get(UserId user, String id) {
      return Optional.empty();
    }
  }

  private Object invoke(Method call, Object[] arguments) throws Throwable {
    try {
      return call.invoke(host.engine(), arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
