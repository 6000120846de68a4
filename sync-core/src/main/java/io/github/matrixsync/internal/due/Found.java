package io.github.matrixsync.internal.due;

import io.github.matrixsync.domain.Erasure;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.log.Entry;
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
public record Found(List<Entry> due, List<StoredEvent> moving, Set<UserId> senders) {
  /** Returns what grows with {@link #add}. */
  public static Found nothing() {
    return new Found(new ArrayList<>(), new ArrayList<>(), new HashSet<>());
  }

  /** Adds an event that is due. */
  public void add(Entry entry, boolean joined) {
    due.add(entry);
    entry.replaced().ifPresent(replaced -> Erasure.addSenders(replaced, senders));
    if (!joined || entry.stored().redaction().isPresent()) {
      Erasure.addSenders(entry.stored(), senders);
    }
  }
}
