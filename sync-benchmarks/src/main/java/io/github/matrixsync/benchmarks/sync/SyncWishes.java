package io.github.matrixsync.benchmarks.sync;

import io.github.matrixsync.benchmarks.world.Expect;
import io.github.matrixsync.domain.filter.FilterSpec;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.sync.JoinedRoom;
import io.github.matrixsync.sync.SyncOptions;
import io.github.matrixsync.sync.SyncResponse;
import java.util.Objects;
import java.util.Optional;

/** The options of the calls that are measured, and checks of their answers. */
final class SyncWishes {
  private SyncWishes() {}

  /** Returns options with a limit of timelines. */
  static SyncOptions of(int limit, boolean lazy) {
    return SyncOptions.DEFAULT.withFilter(FilterSpec.parse("{\"room\":{\"timeline\":{\"limit\":"
        + limit + "},\"state\":{\"lazy_load_members\":" + lazy + "}}}"));
  }

  /** Requires an answer to hold one event of one room. */
  static void expectSingle(SyncResponse answer, RoomId room, EventId event) {
    JoinedRoom joined =
        Objects.requireNonNull(answer.rooms().join().get(room), () -> "an answer without " + room);
    Expect.same(1, joined.timeline().events().size(), "events in an answer");
    Expect.that(
        joined.timeline().events().get(0).id().equals(Optional.of(event)),
        "an answer without " + event);
  }
}
