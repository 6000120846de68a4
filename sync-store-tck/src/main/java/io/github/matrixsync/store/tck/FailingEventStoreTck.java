package io.github.matrixsync.store.tck;

import static io.github.matrixsync.store.tck.Events.BOB;
import static io.github.matrixsync.store.tck.Events.ROOM;
import static io.github.matrixsync.store.tck.Events.backfill;
import static io.github.matrixsync.store.tck.Events.id;
import static io.github.matrixsync.store.tck.Events.member;
import static io.github.matrixsync.store.tck.Events.message;
import static io.github.matrixsync.store.tck.Events.topic;
import static io.github.matrixsync.store.tck.Reading.knows;
import static io.github.matrixsync.store.tck.Reading.log;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.store.Append;
import io.github.matrixsync.store.AppendableEventStore;
import io.github.matrixsync.store.Direction;
import io.github.matrixsync.store.Interest;
import io.github.matrixsync.store.Ranges;
import io.github.matrixsync.store.StoreException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What a store does whose storage fails: the rules E1 and W3. For stores that do I/O.
 *
 * @param <S> the store's type
 */
public abstract class FailingEventStoreTck<S extends AppendableEventStore>
    extends EventStoreBase<S> {
  /** Begins the tests of a store. */
  protected FailingEventStoreTck() {}

  /** Returns a new, empty store whose storage works. Called before every test; the test closes it. */
  @Override
  protected abstract S open();

  /** Has every access to the storage of {@link #store()} fail from now on. */
  protected abstract void failStorage();

  /** Has the storage of {@link #store()} work again. */
  protected abstract void mendStorage();

  @Override
  public final List<Long> fill(List<RoomEvent> events) {
    return store().append(events.stream().map(Append::live).toList());
  }

  @Test
  void e1_everyRead_storageFails_isAStoreException() {
    long end = fillAll();
    failStorage();

    reads(end)
        .forEach((name, read) -> assertThatThrownBy(read::run)
            .as(name)
            .isInstanceOfSatisfying(
                StoreException.class,
                failure -> assertThat(failure.isOutcomeKnown()).isTrue()));
  }

  @Test
  void e1_everyRead_storageMended_answersAgain() {
    long end = fillAll();
    failStorage();
    reads(end)
        .forEach((name, read) -> assertThat(catchThrowable(read::run)).as(name).isNotNull());
    mendStorage();

    reads(end)
        .forEach((name, read) -> assertThat(catchThrowable(read::run)).as(name).isNull());
    assertThat(log(store(), Interest.everything(), start(), end)).hasSize(3);
  }

  @Test
  void e1_append_storageFails_isAStoreExceptionThatSaysWhetherItWasStored() {
    fill(message("a"));
    failStorage();

    StoreException failure = failureOf(() -> fill(message("b"), message("c")));

    mendStorage();
    store().refresh();
    assertThat(knows(store(), "b")).isEqualTo(knows(store(), "c"));
    if (failure.isOutcomeKnown()) {
      assertThat(knows(store(), "b")).isFalse();
    }
  }

  @Test
  void e1_append_againAfterAFailure_isStoredOnce() {
    failStorage();
    failureOf(() -> fill(message("a")));
    mendStorage();

    fill(message("a"));

    assertThat(log(store(), Interest.everything(), start(), store().refresh())).hasSize(1);
  }

  @Test
  void w3_watermark_storageFails_answersAllTheSame() {
    fill(message("a"));
    long end = store().refresh();
    failStorage();

    assertThat(store().watermark()).isGreaterThanOrEqualTo(end);
    assertThat(store().retainedAfter()).isLessThanOrEqualTo(end);
    assertThat(store().backfilledTo()).isZero();
  }

  private static StoreException failureOf(Runnable call) {
    Throwable thrown = catchThrowable(call::run);
    assertThat(thrown).isInstanceOf(StoreException.class);
    return (StoreException) thrown;
  }

  private long fillAll() {
    store().append(backfill(message("old")));
    return fill(topic("a"), message("b"), member("c", BOB, Membership.JOIN)).get(2);
  }

  private Map<String, Runnable> reads(long end) {
    Ranges all = Ranges.everything(end);
    Map<String, Runnable> reads = new LinkedHashMap<>();
    reads.put("log", () -> store().log(Interest.of(ROOM), start(), end, 10));
    reads.put("events", () -> store().events(List.of(id("a"), id("unknown"))));
    reads.put("state", () -> store().state(Map.of(ROOM, end)));
    reads.put("memberships", () -> store().memberships(BOB, end));
    reads.put("joinedMembers", () -> store().joinedMembers(List.of(ROOM), end));
    reads.put("timelines", () -> store().timelines(BOB, List.of(ROOM), end));
    reads.put("latest", () -> store().latest(Map.of(ROOM, all), 10));
    reads.put("history", () -> store().history(Reading.wholeRoom(all), Direction.FORWARD, 10));
    reads.put("pointAt", () -> store().pointAt(ROOM, end));
    reads.put("backfill", () -> store().backfill(0, store().backfilledTo()));
    return reads;
  }
}
