package io.github.matrixsync.store.tck.rules.append;

import static io.github.matrixsync.store.tck.support.Events.message;
import static io.github.matrixsync.store.tck.support.StoreReads.knows;
import static io.github.matrixsync.store.tck.support.StoreReads.log;
import static io.github.matrixsync.store.tck.support.StoreReads.names;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.store.StoreException;
import io.github.matrixsync.store.model.Interest;
import io.github.matrixsync.store.tck.rules.event.FailureFixture;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Tests appends while the storage fails: the rule E1. A store that does no I/O just appends. */
public interface AppendFailureRules extends AppendFixture, FailureFixture {
  @Test
  default void e1_append_storageFails_saysWhetherItWasStored() {
    live(message("a"));
    failStorage();

    Optional<StoreException> failure = failureOf(message("b"), message("c"));

    mendStorage();
    tested().refresh();
    boolean isStored = knows(tested(), "b");
    assertThat(knows(tested(), "c")).as("whether c is known, b being so").isEqualTo(isStored);
    if (failure.isEmpty()) {
      assertThat(isStored).as("whether a batch is known whose append returned").isTrue();
    } else if (failure.get().isOutcomeKnown()) {
      assertThat(isStored)
          .as("whether a batch is known that was certainly not stored")
          .isFalse();
    }
  }

  @Test
  default void e1_append_againAfterAFailure_isStoredOnce() {
    failStorage();
    Optional<StoreException> unused = failureOf(message("a"));
    mendStorage();

    live(message("a"));

    long end = tested().refresh();
    assertThat(names(log(tested(), Interest.everything(), start(), end))).containsExactly("a");
  }

  private Optional<StoreException> failureOf(RoomEvent... events) {
    try {
      live(events);
      return Optional.empty();
    } catch (StoreException failure) {
      return Optional.of(failure);
    } catch (RuntimeException other) {
      throw new AssertionError("append to a failing storage threw " + other, other);
    }
  }
}
