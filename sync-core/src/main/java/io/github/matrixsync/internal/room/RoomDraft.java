package io.github.matrixsync.internal.room;

import io.github.matrixsync.domain.token.HistoryToken;
import io.github.matrixsync.domain.token.PaginationToken;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.sync.RoomSummary;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One room of an answer while it is made: first its timeline, then its state, then its summary. Confined to one thread.
 */
final class RoomDraft {
  final RoomScope scope;

  /** The events, ascending. */
  List<TimelineEvent> timeline = new ArrayList<>();

  /** Whether events before the timeline were left out. */
  boolean limited;

  /** The token before the first event; null if there is none. */
  @Nullable PaginationToken previousBatch;

  /** The state to send: by entry, the event that it is. */
  final TreeMap<EntryKey, EventId> state = new TreeMap<>();

  /** The entries that changed in the part that is told, for a room whose state the client has. */
  final Set<EntryKey> changed = new HashSet<>();

  /** The users whose member entries a client that loads members lazily needs. */
  final Set<UserId> needed = new HashSet<>();

  Optional<RoomSummary> summary = Optional.empty();

  RoomDraft(RoomScope scope) {
    this.scope = scope;
  }

  RoomId room() {
    return scope.room();
  }

  /** Sets the timeline. */
  void setTimeline(List<TimelineEvent> events, boolean isLimited) {
    timeline = new ArrayList<>(events);
    limited = isLimited;
  }

  /** Lets the timeline of a history begin behind one of its events. */
  void beginBehind(int index, StreamToken end) {
    timeline.subList(0, index + 1).clear();
    limited = true;
    previousBatch =
        timeline.isEmpty() ? end : HistoryToken.before(timeline.get(0).stored().point(), end);
  }

  /** Returns the position just before the timeline: the end of what is told if it is empty. */
  long beforeTimeline() {
    long before = scope.upTo();
    for (TimelineEvent event : timeline) {
      before = Math.min(before, event.position() - 1);
    }
    return before;
  }

  /** Returns the entries of the state events in the timeline. */
  Set<EntryKey> keysInTimeline() {
    Set<EntryKey> keys = new HashSet<>();
    for (TimelineEvent event : timeline) {
      if (event.stored().event().isState()) {
        keys.add(EntryKey.of(event.stored().event()));
      }
    }
    return keys;
  }
}
