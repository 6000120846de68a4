package io.github.matrixsync.store.memory;

import static io.github.matrixsync.store.memory.Sample.ALICE;
import static io.github.matrixsync.store.memory.Sample.ROOM;
import static io.github.matrixsync.store.memory.Sample.live;
import static io.github.matrixsync.store.memory.Sample.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.matrixsync.store.Direction;
import io.github.matrixsync.store.HistoryPoint;
import io.github.matrixsync.store.HistorySlice;
import io.github.matrixsync.store.Interest;
import io.github.matrixsync.store.Ranges;
import io.github.matrixsync.store.Registration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The end of a store: rule X1. */
class CloseContractTest {
  private final MemoryEventStore store = MemoryEventStore.create();

  @Test
  void x1_close_twice_isIdempotent() {
    Registration registration = store.onAdvance(() -> {});
    store.close();
    store.close();
    registration.close();

    assertThatThrownBy(store::watermark).isInstanceOf(IllegalStateException.class);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("calls")
  void x1_everyCall_closed_throws(String name, Consumer<MemoryEventStore> call) {
    store.append(live(message("a")));
    call.accept(store);
    store.close();

    assertThat(name).isNotEmpty();
    assertThatThrownBy(() -> call.accept(store)).isInstanceOf(IllegalStateException.class);
  }

  static Stream<Arguments> calls() {
    HistorySlice slice =
        new HistorySlice(ROOM, Ranges.everything(1), HistoryPoint.START, HistoryPoint.END);
    return Stream.of(
        call("watermark", MemoryEventStore::watermark),
        call("refresh", MemoryEventStore::refresh),
        call("retainedAfter", MemoryEventStore::retainedAfter),
        call("backfilledTo", MemoryEventStore::backfilledTo),
        call("onAdvance", store -> store.onAdvance(() -> {})),
        call("append", store -> store.append(List.of())),
        call("purge", store -> store.purge(0)),
        call("log", store -> store.log(Interest.everything(), 0, 1, 1)),
        call("events", store -> store.events(List.of())),
        call("state", store -> store.state(Map.of())),
        call("memberships", store -> store.memberships(ALICE, 1)),
        call("joinedMembers", store -> store.joinedMembers(List.of(), 1)),
        call("timelines", store -> store.timelines(ALICE, List.of(), 1)),
        call("latest", store -> store.latest(Map.of(), 1)),
        call("history", store -> store.history(slice, Direction.FORWARD, 1)),
        call("pointAt", store -> store.pointAt(ROOM, 1)));
  }

  private static Arguments call(String name, Consumer<MemoryEventStore> call) {
    return Arguments.of(name, call);
  }
}
