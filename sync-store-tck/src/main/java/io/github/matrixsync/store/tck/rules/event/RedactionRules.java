package io.github.matrixsync.store.tck.rules.event;

import static io.github.matrixsync.store.tck.support.Events.OTHER_ROOM;
import static io.github.matrixsync.store.tck.support.Events.ROOM;
import static io.github.matrixsync.store.tck.support.Events.message;
import static io.github.matrixsync.store.tck.support.Events.redaction;
import static io.github.matrixsync.store.tck.support.Events.redactionIn;
import static io.github.matrixsync.store.tck.support.Events.topic;
import static io.github.matrixsync.store.tck.support.StoreReads.event;
import static io.github.matrixsync.store.tck.support.StoreReads.history;
import static io.github.matrixsync.store.tck.support.StoreReads.latest;
import static io.github.matrixsync.store.tck.support.StoreReads.log;
import static io.github.matrixsync.store.tck.support.StoreReads.redactedBy;
import static io.github.matrixsync.store.tck.support.StoreReads.state;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.store.model.Direction;
import io.github.matrixsync.store.model.Interest;
import io.github.matrixsync.store.model.Ranges;
import io.github.matrixsync.store.model.Redaction;
import io.github.matrixsync.store.model.StoredEvent;
import io.github.matrixsync.store.tck.support.StoreReads;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests which redaction applies to a live event: the rule D1. */
public interface RedactionRules extends EventStoreFixture {
  @Test
  default void d1_everyRead_redactedLater_saysSoAlsoAsOfThePast() {
    long at = fill(topic("a"), message("b"), redaction("r", "a")).get(0);

    assertRedactedByR(List.of(event(tested(), "a")));
    assertRedactedByR(log(tested(), Interest.of(ROOM), start(), at));
    assertRedactedByR(log(tested(), Interest.everything(), start(), at));
    assertRedactedByR(state(tested(), ROOM, at));
    assertRedactedByR(latest(tested(), ROOM, Ranges.everything(at), 1));
    assertRedactedByR(history(tested(), at, Direction.FORWARD));
    assertThat(event(tested(), "b").redaction()).isEmpty();
    assertThat(event(tested(), "r").redaction()).isEmpty();
  }

  @Test
  default void d1_events_redactionCameFirst_counts() {
    fill(redaction("r", "a"));
    fill(message("a"));

    assertThat(redactedBy(event(tested(), "a"))).contains("r");
  }

  @Test
  default void d1_events_severalRedactions_theFirstCounts() {
    fill(message("a"), redaction("r1", "a"));
    fill(redaction("r2", "a"));

    assertThat(redactedBy(event(tested(), "a"))).contains("r1");
  }

  @Test
  default void d1_events_redactionFromAnotherRoom_neverCounts() {
    fill(redactionIn(OTHER_ROOM, "r1", "a"));
    fill(message("a"));
    fill(redactionIn(OTHER_ROOM, "r2", "a"));

    assertThat(event(tested(), "a").redaction()).isEmpty();
  }

  @Test
  default void d1_events_redactionIsRedacted_theTargetStaysSoAndSaysIt() {
    fill(message("a"), redaction("r1", "a"));
    assertThat(event(tested(), "a").redaction()).map(Redaction::redacted).contains(false);

    fill(redaction("r2", "r1"));
    fill(redaction("s2", "s1"), redaction("s1", "b"), message("b"));

    assertThat(redactedBy(event(tested(), "a"))).contains("r1");
    assertThat(event(tested(), "a").redaction()).map(Redaction::redacted).contains(true);
    assertThat(redactedBy(event(tested(), "b"))).contains("s1");
    assertThat(event(tested(), "b").redaction()).map(Redaction::redacted).contains(true);
  }

  @Test
  default void d1_events_redactionsInACircle_eachIsRedacted() {
    fill(redaction("a", "b"), redaction("b", "a"), redaction("c", "c"));

    assertThat(redactedBy(event(tested(), "a"))).contains("b");
    assertThat(redactedBy(event(tested(), "b"))).contains("a");
    assertThat(redactedBy(event(tested(), "c"))).contains("c");
  }

  private static void assertRedactedByR(List<StoredEvent> read) {
    StoredEvent a = StoreReads.one(read, "a");
    assertThat(redactedBy(a)).contains("r");
    assertThat(a.redaction()).map(Redaction::redacted).contains(false);
  }
}
