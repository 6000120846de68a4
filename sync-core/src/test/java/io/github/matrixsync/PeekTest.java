package io.github.matrixsync;

import static io.github.matrixsync.world.Host.ALICE;
import static io.github.matrixsync.world.Host.CAROL;
import static io.github.matrixsync.world.Host.ROOM;
import static io.github.matrixsync.world.ServiceHost.answer;
import static io.github.matrixsync.world.ServiceHost.ids;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.call.EventBatch;
import io.github.matrixsync.call.RoomNotReadableException;
import io.github.matrixsync.call.StreamOptions;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.store.EventStore;
import io.github.matrixsync.store.model.Append;
import io.github.matrixsync.store.model.Interest;
import io.github.matrixsync.store.state.StateEntry;
import io.github.matrixsync.world.Host;
import io.github.matrixsync.world.SteppedExecutor;
import io.github.matrixsync.world.World;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A poll for one room gets events of that room alone, and only while the user may read it. */
class PeekTest {
  private static final RoomId OTHER = World.room("other");
  private static final StreamOptions PEEK = StreamOptions.DEFAULT.inRoom(ROOM);

  private final Host host = new Host();

  @AfterEach
  void close() {
    host.close();
  }

  /** A store may return more than what it was asked for (rule B3). */
  @Test
  void stream_storeReturnsMore_eachGetsWhatIsDue() {
    host.start(host.bare());
    host.world.create(ROOM, ALICE, "world_readable");
    host.world.create(OTHER, ALICE, "world_readable");
    StreamToken here = host.here();
    host.message(OTHER, ALICE);
    EventId message = message(ROOM);
    EventId join = host.join(OTHER, CAROL);
    host.start(host.bare(generous(host.events)));

    assertThat(ids(host.poll(CAROL, here, PEEK))).containsExactly(message);
    assertThat(ids(host.poll(CAROL, here))).containsExactly(join);
  }

  @Test
  void parked_roomClosesAndSomebodyTypes_hasTheClosingAlone() {
    for (int seed = 1; seed <= 20; seed++) {
      SteppedExecutor steps = new SteppedExecutor(new Random(seed));
      RoomId room = World.room("r" + seed);
      host.world.create(room, ALICE, "world_readable");
      host.start(host.full().executor(steps));
      CompletableFuture<EventBatch> poll = host.engine().stream(
          CAROL, null, Duration.ofSeconds(30), StreamOptions.DEFAULT.inRoom(room));
      runAll(steps);
      assertThat(poll).isNotDone();

      RoomEvent closing = host.world.event(
          room,
          ALICE,
          "m.room.history_visibility",
          "\"state_key\":\"\",",
          "{\"history_visibility\":\"joined\"}");
      host.world.append(closing);
      host.types(room, ALICE, Duration.ofHours(1));
      host.reads(room, ALICE, "e1");
      host.online(ALICE);
      runAll(steps);

      assertThat(answer(poll).chunk()).as("seed " + seed).hasSize(1);
      assertThat(ids(answer(poll))).containsExactly(closing.id());
    }
  }

  /** State resolution of the host may end a membership by an event that is not a member event. */
  @Test
  void parked_memberIsNoneAnyMoreByAnEventNotDue_isRefused() {
    host.room(ROOM, ALICE, CAROL);
    CompletableFuture<EventBatch> poll =
        host.engine().stream(CAROL, null, Duration.ofSeconds(30), PEEK);
    assertThat(poll).isNotDone();

    StateEntry gone = new StateEntry(RoomEvent.MEMBER, CAROL.value(), Optional.empty());
    host.events.append(List.of(Append.live(host.world.message(ROOM, ALICE), List.of(gone))));

    assertThat(poll)
        .isCompletedExceptionally()
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .withCauseInstanceOf(RoomNotReadableException.class);
  }

  private static void runAll(SteppedExecutor steps) {
    while (steps.step()) {
      // each may append more
    }
  }

  private EventId message(RoomId room) {
    RoomEvent message = host.world.message(room, ALICE);
    host.world.append(message);
    return message.id();
  }

  private static EventStore generous(EventStore store) {
    return (EventStore) Proxy.newProxyInstance(
        EventStore.class.getClassLoader(),
        new Class<?>[] {EventStore.class},
        (proxy, method, arguments) -> call(store, method, arguments));
  }

  private static Object call(EventStore store, Method method, Object[] arguments) throws Throwable {
    if (method.getName().equals("log")) {
      arguments[0] = Interest.everything();
    }
    try {
      return method.invoke(store, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
