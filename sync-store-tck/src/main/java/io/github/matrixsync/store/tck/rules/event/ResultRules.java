package io.github.matrixsync.store.tck.rules.event;

import static io.github.matrixsync.store.tck.support.Events.ALICE;
import static io.github.matrixsync.store.tck.support.Events.BOB;
import static io.github.matrixsync.store.tck.support.Events.ROOM;
import static io.github.matrixsync.store.tck.support.Events.id;
import static io.github.matrixsync.store.tck.support.Events.member;
import static io.github.matrixsync.store.tck.support.Events.message;
import static io.github.matrixsync.store.tck.support.Events.redaction;
import static io.github.matrixsync.store.tck.support.Events.topic;
import static io.github.matrixsync.store.tck.support.Events.visibility;
import static io.github.matrixsync.store.tck.support.StoreReads.require;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.matrixsync.event.HistoryVisibility;
import io.github.matrixsync.event.Membership;
import io.github.matrixsync.store.EventStore;
import io.github.matrixsync.store.model.Direction;
import io.github.matrixsync.store.model.Interest;
import io.github.matrixsync.store.model.Ranges;
import io.github.matrixsync.store.tck.support.Events;
import io.github.matrixsync.store.tck.support.StoreReads;
import io.github.matrixsync.store.tck.support.Threads;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** Tests that all results are immutable and that any thread may read: the rules R1 and X1. */
public interface ResultRules extends EventStoreFixture {
  @Test
  default void r1_everyRead_result_cannotBeChanged() {
    long end = fillAll();

    reads(tested(), end).forEach((name, read) -> assertUnmodifiable(name, read.get()));
  }

  @Test
  default void r1_everyRead_laterWrites_leaveTheResultAsItWas() {
    long end = fillAll();
    Map<String, Object> results = new LinkedHashMap<>();
    Map<String, Object> copies = new LinkedHashMap<>();
    reads(tested(), end).forEach((name, read) -> {
      results.put(name, read.get());
      copies.put(name, copy(read.get()));
    });

    fill(
        redaction("r1", "a"),
        redaction("r2", "b"),
        member("e", ALICE, Membership.JOIN),
        member("f", BOB, Membership.LEAVE),
        visibility("g", HistoryVisibility.SHARED),
        message("h"));

    results.forEach(
        (name, result) -> assertThat(copy(result)).as(name).isEqualTo(copies.get(name)));
  }

  @Test
  default void x1_everyRead_byManyThreadsWhileWriting_isAsByOne() {
    long end = fillAll();
    Map<String, Object> expected = new LinkedHashMap<>();
    reads(tested(), end).forEach((name, read) -> expected.put(name, copy(read.get())));
    List<Callable<Boolean>> threads = new ArrayList<>();
    for (int thread = 0; thread < 4; thread++) {
      threads.add(() -> {
        for (int i = 0; i < 50; i++) {
          reads(tested(), end)
              .forEach((name, read) ->
                  assertThat(copy(read.get())).as(name).isEqualTo(expected.get(name)));
        }
        return true;
      });
    }
    threads.add(() -> {
      for (int i = 0; i < 50; i++) {
        fill(Events.messageIn(Events.OTHER_ROOM, ALICE, "more" + i));
      }
      return true;
    });

    assertThat(Threads.all(threads)).doesNotContain(false);
  }

  private long fillAll() {
    fill(topic("a"), message("b"), member("c", BOB, Membership.JOIN));
    return fill(visibility("d", HistoryVisibility.INVITED)).get(0);
  }

  /** A read that returns a non-empty collection. */
  interface Read {
    /** Reads. */
    Object get();
  }

  private static Map<String, Read> reads(EventStore store, long end) {
    Ranges all = Ranges.everything(end);
    Map<String, Read> reads = new LinkedHashMap<>();
    reads.put("log", () -> store.log(Interest.of(ROOM), end - 1, end, 10).events());
    reads.put("events", () -> store.events(List.of(id("a"), id("b"))));
    reads.put("state", () -> store.state(Map.of(ROOM, end)));
    reads.put("memberships", () -> store.memberships(BOB, end));
    reads.put("memberships of several", () -> store.memberships(List.of(BOB), end));
    reads.put("joinedMembers", () -> store.joinedMembers(List.of(ROOM), end));
    reads.put("timelines", () -> store.timelines(BOB, List.of(ROOM), end));
    reads.put("latest", () -> store.latest(Map.of(ROOM, all), 10));
    reads.put("history", () -> store.history(StoreReads.wholeRoom(all), Direction.FORWARD, 10));
    return reads;
  }

  private static void assertUnmodifiable(String name, Object result) {
    if (result instanceof Map<?, ?> map) {
      assertThatThrownBy(map::clear).as(name).isInstanceOf(UnsupportedOperationException.class);
      map.values().forEach(value -> assertUnmodifiable(name, require(value, name)));
    } else if (result instanceof Collection<?> collection) {
      assertThat(collection).as(name).isNotEmpty();
      assertThatThrownBy(collection::clear)
          .as(name)
          .isInstanceOf(UnsupportedOperationException.class);
    }
  }

  private static Object copy(Object result) {
    if (result instanceof Map<?, ?> map) {
      Map<Object, Object> copy = new LinkedHashMap<>();
      map.forEach((key, value) -> copy.put(key, copy(value)));
      return copy;
    }
    if (result instanceof List<?> list) {
      return new ArrayList<Object>(list);
    }
    return result instanceof Set<?> set ? Set.copyOf(set) : result;
  }
}
