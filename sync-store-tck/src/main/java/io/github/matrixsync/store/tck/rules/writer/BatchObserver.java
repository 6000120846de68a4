package io.github.matrixsync.store.tck.rules.writer;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.store.EventStore;
import io.github.matrixsync.store.model.StoredEvent;
import io.github.matrixsync.store.tck.support.Events;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;

/**
 * Checks that the events of each batch are readable all or none. Confined to its thread until the race is
 * over.
 */
public final class BatchObserver implements WriterRace.Observer {
  private static final int READS = 20;

  private final EventStore store;
  private final WriterRace race;
  private final Random random;
  private final List<String> parts = new ArrayList<>();

  public BatchObserver(EventStore store, WriterRace race) {
    this.store = store;
    this.race = race;
    this.random = new Random(race.seed());
  }

  @Override
  public void look() {
    int writer = random.nextInt(WriterRace.WRITERS);
    int batch = random.nextInt(WriterRace.BATCHES);
    List<EventId> ids = new ArrayList<>();
    for (int i = 0; i < WriterRace.MAX_BATCH; i++) {
      ids.add(Events.id(race.name(writer, batch, i)));
    }
    for (int i = 0; i < READS; i++) {
      Collection<StoredEvent> found = store.events(ids).values();
      if (!found.stream().allMatch(one -> one.event().type().equals("batch.of." + found.size()))) {
        parts.add(found.size() + " of batch " + batch + " of writer " + writer);
      }
    }
  }

  /** Returns the batches of which only a part was readable, once for each such read. */
  public List<String> parts() {
    return parts;
  }
}
