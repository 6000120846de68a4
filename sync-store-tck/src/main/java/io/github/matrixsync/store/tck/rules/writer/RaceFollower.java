package io.github.matrixsync.store.tck.rules.writer;

import io.github.matrixsync.store.EventStore;
import io.github.matrixsync.store.model.Interest;
import io.github.matrixsync.store.model.LogPage;
import io.github.matrixsync.store.model.StoredEvent;
import io.github.matrixsync.store.tck.support.Reading;
import java.util.LinkedHashSet;
import java.util.Set;

/** Follows the log page by page from its start on, as an engine does. Confined to its thread until the race is over. */
public final class RaceFollower implements Race.Observer {
  private final EventStore store;
  private final Set<StoredEvent> seen = new LinkedHashSet<>();
  private long cameTo;

  public RaceFollower(EventStore store, long start) {
    this.store = store;
    this.cameTo = start;
  }

  @Override
  public void look() {
    long upTo = store.watermark();
    while (cameTo < upTo) {
      LogPage page = store.log(Interest.everything(), cameTo, upTo, Reading.ALL);
      seen.addAll(page.events());
      if (page.through() <= cameTo) {
        break;
      }
      cameTo = page.through();
    }
  }

  /** Returns what it read. */
  public Set<StoredEvent> seen() {
    return seen;
  }

  /** Returns the position up to which it was told that it had read everything. */
  public long cameTo() {
    return cameTo;
  }
}
