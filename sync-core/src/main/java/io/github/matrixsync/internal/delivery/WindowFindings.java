package io.github.matrixsync.internal.delivery;

import io.github.matrixsync.domain.visibility.Erasure;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.log.WindowEntry;
import io.github.matrixsync.store.model.StoredEvent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The events that a look found in the window.
 *
 * @param due the events to return
 * @param moving events that are not returned, but are joins or leaves in one of the reader's rooms
 * @param senders users whose erasure would change how the returned events look to the reader
 */
public record WindowFindings(List<WindowEntry> due, List<StoredEvent> moving, Set<UserId> senders) {
  /** Returns empty findings, to which {@link #add} adds. */
  public static WindowFindings nothing() {
    return new WindowFindings(new ArrayList<>(), new ArrayList<>(), new HashSet<>());
  }

  /** Adds an event to return. */
  public void add(WindowEntry entry, boolean joined) {
    due.add(entry);
    entry.replaced().ifPresent(replaced -> Erasure.addSenders(replaced, senders));
    if (!joined || entry.stored().redaction().isPresent()) {
      Erasure.addSenders(entry.stored(), senders);
    }
  }
}
