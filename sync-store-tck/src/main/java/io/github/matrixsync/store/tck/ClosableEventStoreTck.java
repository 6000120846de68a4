package io.github.matrixsync.store.tck;

import static io.github.matrixsync.store.tck.support.Events.ALICE;
import static io.github.matrixsync.store.tck.support.Events.ROOM;
import static io.github.matrixsync.store.tck.support.Events.id;
import static io.github.matrixsync.store.tck.support.Events.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.github.matrixsync.store.AppendableEventStore;
import io.github.matrixsync.store.EventStore;
import io.github.matrixsync.store.PurgeableEventStore;
import io.github.matrixsync.store.model.Append;
import io.github.matrixsync.store.model.Direction;
import io.github.matrixsync.store.model.Interest;
import io.github.matrixsync.store.model.Ranges;
import io.github.matrixsync.store.tck.support.StoreReads;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The contract of an event store that can be closed: rule X1. A store that is {@link AutoCloseable} is closed by its
 * own {@code close()}; for one that something else closes, override {@link #close}.
 *
 * @param <S> the store's type
 * @since 0.1.0
 */
public abstract class ClosableEventStoreTck<S extends EventStore> extends StoreTck<S> {
  /** For subclasses. */
  protected ClosableEventStoreTck() {}

  /** Returns a new, empty store. Called before every test; the test closes it. */
  @Override
  protected abstract S open();

  @Test
  void x1_close_again_isAsOnce() throws Exception {
    close(store());

    assertThatCode(() -> close(store())).doesNotThrowAnyException();
  }

  @Test
  void x1_everyCall_closed_isRefused() throws Exception {
    Map<String, Runnable> calls = calls(recorded(EventStore.class), store().watermark());
    close(store());

    List<String> answered = new ArrayList<>();
    calls.forEach((name, call) -> {
      if (!isRefused(call)) {
        answered.add(name);
      }
    });
    assertThat(answered).as("calls that a closed store answered").isEmpty();
  }

  private Map<String, Runnable> calls(EventStore store, long end) {
    Ranges all = Ranges.everything(end);
    Map<String, Runnable> calls = new LinkedHashMap<>();
    calls.put("watermark", store::watermark);
    calls.put("refresh", store::refresh);
    calls.put("retainedAfter", store::retainedAfter);
    calls.put("backfilledTo", store::backfilledTo);
    calls.put("backfill", () -> store.backfill(0, 0));
    calls.put("onAdvance", () -> store.onAdvance(() -> {}));
    calls.put("log", () -> store.log(Interest.of(ROOM), end, end, 10));
    calls.put("events", () -> store.events(List.of(id("a"))));
    calls.put("state", () -> store.state(Map.of(ROOM, end)));
    calls.put("memberships", () -> store.memberships(ALICE, end));
    calls.put("memberships of several", () -> store.memberships(List.of(ALICE), end));
    calls.put("joinedMembers", () -> store.joinedMembers(List.of(ROOM), end));
    calls.put("timelines", () -> store.timelines(ALICE, List.of(ROOM), end));
    calls.put("latest", () -> store.latest(Map.of(ROOM, all), 10));
    calls.put("history", () -> store.history(StoreReads.wholeRoom(all), Direction.FORWARD, 10));
    calls.put("pointAt", () -> store.pointAt(ROOM, end));
    if (store() instanceof AppendableEventStore appendable) {
      calls.put("append", () -> appendable.append(List.of(Append.live(message("a")))));
      calls.put("append of none", () -> appendable.append(List.of()));
    }
    if (store() instanceof PurgeableEventStore purgeable) {
      calls.put("purge", () -> purgeable.purge(end));
    }
    return calls;
  }

  private static boolean isRefused(Runnable call) {
    try {
      call.run();
      return false;
    } catch (IllegalStateException refused) {
      return true;
    }
  }
}
