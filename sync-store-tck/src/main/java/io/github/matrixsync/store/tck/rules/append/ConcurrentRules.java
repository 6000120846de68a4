package io.github.matrixsync.store.tck.rules.append;

import static io.github.matrixsync.store.tck.support.Reading.last;
import static io.github.matrixsync.store.tck.support.Reading.log;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.store.model.Interest;
import io.github.matrixsync.store.tck.rules.writer.Race;
import io.github.matrixsync.store.tck.rules.writer.RaceBatchReader;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Writers and readers at once: the rules A as threads show them. What threads do follows from a seed that a failure
 * names; how they meet does not.
 */
public interface ConcurrentRules extends AppendSubject {
  @Test
  default void a1_events_writersAtOnce_areSeenByWholeBatches() {
    Race race = Race.of(this);
    RaceBatchReader reader = race.watchedBy(new RaceBatchReader(store(), race));
    race.run();

    assertThat(reader.parts()).as("%s", race).isEmpty();
  }

  @Test
  default void a2_append_writersAtOnce_nothingStandsBetweenABatch() {
    Race race = Race.of(this);
    race.run();

    assertThat(race.entangled()).as("%s", race).isEmpty();
  }

  @Test
  default void a3_append_sameEventsByAllAtOnce_standOnce() {
    Race race = Race.ofTheSameEvents(this);
    race.run();
    Map<EventId, Long> filled = race.filled();
    long end = last(filled.values().stream().sorted().toList());

    assertThat(race.disagreements()).as("%s", race).isEmpty();
    assertThat(log(tested(), Interest.everything(), start(), end)).hasSize(filled.size());
  }
}
