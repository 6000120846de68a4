package io.github.matrixsync.store.tck.rules.append;

import static io.github.matrixsync.store.tck.support.StoreReads.last;
import static io.github.matrixsync.store.tck.support.StoreReads.log;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.store.model.Interest;
import io.github.matrixsync.store.tck.rules.writer.BatchObserver;
import io.github.matrixsync.store.tck.rules.writer.WriterRace;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Tests the rules A with concurrent writers and readers. The seed in a failure's message gives what each thread does,
 * not how they interleave.
 */
public interface ConcurrentRules extends AppendFixture {
  @Test
  default void a1_events_writersAtOnce_areSeenByWholeBatches() {
    WriterRace race = WriterRace.of(this);
    BatchObserver reader = race.watchedBy(new BatchObserver(store(), race));
    race.run();

    assertThat(reader.parts()).as("%s", race).isEmpty();
  }

  @Test
  default void a2_append_writersAtOnce_nothingStandsBetweenABatch() {
    WriterRace race = WriterRace.of(this);
    race.run();

    assertThat(race.entangled()).as("%s", race).isEmpty();
  }

  @Test
  default void a3_append_sameEventsByAllAtOnce_standOnce() {
    WriterRace race = WriterRace.ofTheSameEvents(this);
    race.run();
    Map<EventId, Long> filled = race.filled();
    long end = last(filled.values().stream().sorted().toList());

    assertThat(race.disagreements()).as("%s", race).isEmpty();
    assertThat(log(tested(), Interest.everything(), start(), end)).hasSize(filled.size());
  }
}
