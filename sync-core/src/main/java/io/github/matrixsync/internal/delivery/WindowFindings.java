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
 * What a look found in the window.
 *
 * @param due what is due
 * @param moving what is not and moved somebody into one of the reader's rooms or out of it
 * @param senders those whose erasure may change how what is due looks to the reader
 */
public record WindowFindings(List<WindowEntry> due, List<StoredEvent> moving, Set<UserId> senders) {
  /** Returns what grows with {@link #add}. */
  public static WindowFindings nothing() {
    return new WindowFindings(new ArrayList<>(), new ArrayList<>(), new HashSet<>());
  }

  /** Adds an event that is due. */
  public void add(WindowEntry entry, boolean joined) {
    due.add(entry);
    entry.replaced().ifPresent(replaced -> Erasure.addSenders(replaced, senders));
    if (!joined || entry.stored().redaction().isPresent()) {
      Erasure.addSenders(entry.stored(), senders);
    }
  }
}
