package io.github.matrixsync.store.tck.rules.event;

import static io.github.matrixsync.store.tck.support.Events.BOB;
import static io.github.matrixsync.store.tck.support.Events.ROOM;
import static io.github.matrixsync.store.tck.support.Events.id;
import static io.github.matrixsync.store.tck.support.Events.member;
import static io.github.matrixsync.store.tck.support.Events.message;
import static io.github.matrixsync.store.tck.support.Events.topic;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.store.StoreException;
import io.github.matrixsync.store.model.Direction;
import io.github.matrixsync.store.model.Interest;
import io.github.matrixsync.store.model.Ranges;
import io.github.matrixsync.store.model.StoredEvent;
import io.github.matrixsync.store.tck.support.StoreReads;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Tests reads while the storage fails: the rules E1 and W3. A store that still answers, from a cache or because it does
 * no I/O, must answer completely.
 */
public interface FailureRules extends FailureFixture {
  @Test
  default void e1_everyRead_storageFails_isWholeOrAStoreException() {
    long end = fillAll();
    Map<String, Object> whole = answers(end);
    failStorage();

    reads(end).forEach((name, read) -> {
      Object answer = FailureRules.answer(name, read);
      if (!(answer instanceof StoreException failure)) {
        assertThat(answer).as("%s of a failing storage", name).isEqualTo(whole.get(name));
      } else {
        assertThat(failure.isOutcomeKnown())
            .as("whether %s's outcome is known", name)
            .isTrue();
      }
    });
  }

  @Test
  default void e1_refresh_storageFails_isTheWatermarkOrAStoreException() {
    long end = fillAll();
    failStorage();

    Object answer = answer("refresh", () -> tested().refresh());
    if (!(answer instanceof StoreException)) {
      assertThat((Long) answer).as("refresh() of a failing storage").isGreaterThanOrEqualTo(end);
    }
  }

  @Test
  default void e1_everyRead_storageMended_answersAgain() {
    long end = fillAll();
    Map<String, Object> whole = answers(end);
    failStorage();
    reads(end).forEach(FailureRules::answer);
    mendStorage();

    assertThat(answers(end)).as("every read of the mended storage").isEqualTo(whole);
  }

  @Test
  default void w3_watermark_storageFails_answersAllTheSame() {
    fillAll();
    long end = tested().refresh();
    failStorage();

    assertThat(tested().watermark()).as("watermark()").isGreaterThanOrEqualTo(end);
    assertThat(tested().retainedAfter()).as("retainedAfter()").isLessThanOrEqualTo(end);
    assertThat(tested().backfilledTo()).as("backfilledTo()").isZero();
  }

  private long fillAll() {
    return StoreReads.last(fill(topic("a"), message("b"), member("c", BOB, Membership.JOIN)));
  }

  private Map<String, Object> answers(long end) {
    Map<String, Object> answers = new LinkedHashMap<>();
    reads(end).forEach((name, read) -> answers.put(name, read.get()));
    return answers;
  }

  /** Returns the result of a read, or how it failed. */
  private static Object answer(String name, Supplier<?> read) {
    try {
      return read.get();
    } catch (StoreException failure) {
      return failure;
    } catch (RuntimeException other) {
      throw new AssertionError(name + " of a failing storage threw " + other, other);
    }
  }

  /** Removes the order, because state may be returned in any order. */
  private static Map<RoomId, Set<StoredEvent>> unordered(Map<RoomId, List<StoredEvent>> states) {
    return states.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, state -> Set.copyOf(state.getValue())));
  }

  private Map<String, Supplier<?>> reads(long end) {
    Ranges all = Ranges.everything(end);
    Map<String, Supplier<?>> reads = new LinkedHashMap<>();
    reads.put("log", () -> tested().log(Interest.of(ROOM), start(), end, 10));
    reads.put("events", () -> tested().events(List.of(id("a"), id("unknown"))));
    reads.put("state", () -> unordered(tested().state(Map.of(ROOM, end))));
    reads.put("memberships", () -> tested().memberships(BOB, end));
    reads.put("memberships of several", () -> tested().memberships(List.of(BOB), end));
    reads.put("joinedMembers", () -> tested().joinedMembers(List.of(ROOM), end));
    reads.put("timelines", () -> tested().timelines(BOB, List.of(ROOM), end));
    reads.put("latest", () -> tested().latest(Map.of(ROOM, all), 10));
    reads.put("history", () -> tested().history(StoreReads.wholeRoom(all), Direction.FORWARD, 10));
    reads.put("pointAt", () -> tested().pointAt(ROOM, end));
    reads.put("backfill", () -> tested().backfill(0, tested().backfilledTo()));
    return reads;
  }
}
