package io.github.matrixsync.internal.room;

import io.github.matrixsync.internal.log.WindowEntry;
import io.github.matrixsync.store.model.StoredEvent;
import org.jspecify.annotations.Nullable;

/**
 * An event of a timeline.
 *
 * @param stored the event
 * @param entry the entry of the window that it was taken from, with shared encodings; null if it was read from the
 *     store
 */
record TimelineEvent(StoredEvent stored, @Nullable WindowEntry entry) {
  static TimelineEvent of(WindowEntry entry) {
    return new TimelineEvent(entry.stored(), entry);
  }

  static TimelineEvent of(StoredEvent stored) {
    return new TimelineEvent(stored, null);
  }

  long position() {
    return stored.position();
  }
}
