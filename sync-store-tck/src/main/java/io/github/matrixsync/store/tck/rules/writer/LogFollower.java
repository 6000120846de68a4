package io.github.matrixsync.store.tck.rules.writer;

import io.github.matrixsync.store.EventStore;
import io.github.matrixsync.store.model.Interest;
import io.github.matrixsync.store.model.LogPage;
import io.github.matrixsync.store.model.StoredEvent;
import io.github.matrixsync.store.tck.support.StoreReads;
import java.util.LinkedHashSet;
import java.util.Set;

/** Reads the log page by page from its start on, as the engine does. Confined to its thread until the race is over. */
public final class LogFollower implements WriterRace.Observer {
  private final EventStore store;
  private final Set<StoredEvent> seen = new LinkedHashSet<>();
  private long cameTo;

  public LogFollower(EventStore store, long start) {
    this.store = store;
    this.cameTo = start;
  }

  @Override
  public void look() {
    long upTo = store.watermark();
    while (cameTo < upTo) {
      LogPage page = store.log(Interest.everything(), cameTo, upTo, StoreReads.ALL);
      seen.addAll(page.events());
      if (page.through() <= cameTo) {
        break;
      }
      cameTo = page.through();
    }
  }

  /** Returns the events that it read. */
  public Set<StoredEvent> seen() {
    return seen;
  }

  /** Returns the position up to which the store returned everything. */
  public long cameTo() {
    return cameTo;
  }
}
