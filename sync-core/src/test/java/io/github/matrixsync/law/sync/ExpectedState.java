package io.github.matrixsync.law.sync;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The state that an answer gives of a room to a client that has none. Immutable.
 *
 * @param entries by entry, the id of its event
 * @param changed the entries that changed since the client's token, each up to where it is given
 */
record ExpectedState(Map<String, String> entries, Set<String> changed) {
  /**
   * Returns the state: an entry with an event in the timeline as of before the timeline, every other as of the end.
   *
   * @param since the position up to which the client has the state; null: it has none
   * @param timeline the events of the timeline; none if the client takes no state from it
   */
  static ExpectedState of(
      SyncLog log, String room, long end, @Nullable Long since, List<String> timeline) {
    long before = end;
    Set<String> inTimeline = new HashSet<>();
    for (String id : timeline) {
      LoggedEvent event = log.get(id);
      before = Math.min(before, event.position() - 1);
      if (event.isState()) {
        inTimeline.add(Objects.requireNonNull(event.key()));
      }
    }
    Map<String, String> entries = new HashMap<>(log.state(room, end));
    Map<String, String> early = log.state(room, before);
    entries.keySet().removeAll(inTimeline);
    early.keySet().retainAll(inTimeline);
    entries.putAll(early);
    long after = since == null ? end : since;
    Set<String> changed = new HashSet<>(log.changed(room, after, end));
    changed.removeAll(inTimeline);
    Set<String> changedEarly = log.changed(room, after, before);
    changedEarly.retainAll(inTimeline);
    changed.addAll(changedEarly);
    return new ExpectedState(entries, changed);
  }
}
