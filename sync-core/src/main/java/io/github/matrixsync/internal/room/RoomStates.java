package io.github.matrixsync.internal.room;

import io.github.matrixsync.domain.visibility.RoomView;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.internal.cache.EventCache;
import io.github.matrixsync.internal.encoding.EncodedEvent;
import io.github.matrixsync.internal.log.WindowEntry;
import io.github.matrixsync.internal.stores.BatchAnswers;
import io.github.matrixsync.store.model.EventKind;
import io.github.matrixsync.store.model.Range;
import io.github.matrixsync.store.model.StoredEvent;
import io.github.matrixsync.store.state.EntryChange;
import io.github.matrixsync.store.state.StateChange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Determines which state entries an answer sends for each room: those that the client does not have, as of the
 * beginning of the timeline or as of its end. Filters and lazy loading are applied afterwards. Thread-safe.
 *
 * <p>Of an entry with a state event in the timeline, a client that applies timelines must get what was before the
 * timeline; of every other entry what is at the end, also where it changed without an event of its own.
 */
final class RoomStates {
  private final EventCache events;

  RoomStates(EventCache events) {
    this.events = events;
  }

  /** An event of a timeline whose entry is another one at the end. */
  private record Outdated(RoomDraft draft, int index, EventId present) {}

  /**
   * Lets histories begin behind every event whose entry changed again where the viewer may not see it. A client that
   * applies timelines would take it for the present one.
   *
   * @param states the state of their rooms at the end
   */
  void cutAtHiddenChanges(
      Collection<RoomDraft> histories, Map<RoomId, RoomState> states, ViewerContext viewer) {
    List<Outdated> outdated = new ArrayList<>();
    histories.forEach(
        draft -> addOutdated(draft, BatchAnswers.answer(states, draft.room()), outdated));
    if (outdated.isEmpty()) {
      return;
    }
    Set<EventId> present = new HashSet<>();
    outdated.forEach(event -> present.add(event.present()));
    Map<EventId, StoredEvent> found = events.find(present);
    Map<RoomDraft, Integer> last = new HashMap<>();
    for (Outdated event : outdated) {
      StoredEvent now = found.get(event.present());
      RoomView view = event.draft().scope.view();
      if (now != null && view != null && !view.shows(now)) {
        last.merge(event.draft(), event.index(), Math::max);
      }
    }
    last.forEach((draft, index) -> draft.beginBehind(index, viewer.end()));
  }

  private static void addOutdated(RoomDraft draft, RoomState atEnd, List<Outdated> outdated) {
    Set<EntryKey> later = new HashSet<>();
    for (int i = draft.timeline.size() - 1; i >= 0; i--) {
      StoredEvent event = draft.timeline.get(i).stored();
      if (event.event().isState() && later.add(EntryKey.of(event.event())) && event.becameState()) {
        int index = i;
        atEnd
            .find(EntryKey.of(event.event()))
            .flatMap(EncodedEvent::id)
            .filter(present -> !present.equals(event.event().id()))
            .ifPresent(present -> outdated.add(new Outdated(draft, index, present)));
      }
    }
  }

  /** Sets what changed in rooms whose state the client has; their timelines are set. */
  void fillChanged(Collection<RoomDraft> drafts, ViewerContext viewer, StoreReads reads) {
    boolean isAfter = viewer.stateMode().isAfter();
    List<RoomDraft> stored = new ArrayList<>();
    for (RoomDraft draft : drafts) {
      List<WindowEntry> entries = draft.scope.entries();
      if (entries != null) {
        fillChanged(draft, isAfter, changes(entries));
      } else if (!draft.scope.isHistory() && draft.scope.after() < draft.scope.upTo()) {
        stored.add(draft);
      }
    }
    if (!stored.isEmpty()) {
      fillFromStore(stored, isAfter, reads);
    }
  }

  private static List<StateChange> changes(List<WindowEntry> entries) {
    List<StateChange> changes = new ArrayList<>();
    for (WindowEntry entry : entries) {
      if (entry.stored().kind() == EventKind.LIVE) { // an outlier changes no state
        changes.addAll(entry.stored().changes());
      }
    }
    return changes;
  }

  /** Sends the last of each entry's changes: before the timeline if it has one of its events, else to the end. */
  private static void fillChanged(
      RoomDraft draft, boolean isAfter, Iterable<? extends StateChange> changes) {
    Set<EntryKey> inTimeline = isAfter ? Set.of() : draft.keysInTimeline();
    long before = draft.beforeTimeline();
    Map<EntryKey, Optional<EventId>> last = new HashMap<>();
    for (StateChange change : changes) {
      EntryKey key = EntryKey.of(change);
      draft.changed.add(key);
      if (!inTimeline.contains(key) || change.position() <= before) {
        last.put(key, change.event());
      }
    }
    last.forEach((key, event) -> event.ifPresent(id -> draft.state.put(key, id)));
  }

  private static void fillFromStore(List<RoomDraft> drafts, boolean isAfter, StoreReads reads) {
    Map<RoomId, Range> whole = new HashMap<>();
    Map<RoomId, Range> before = new HashMap<>();
    for (RoomDraft draft : drafts) {
      long after = draft.scope.after();
      whole.put(draft.room(), new Range(after, draft.scope.upTo()));
      if (!isAfter && !draft.keysInTimeline().isEmpty() && after < draft.beforeTimeline()) {
        before.put(draft.room(), new Range(after, draft.beforeTimeline()));
      }
    }
    Map<RoomId, List<EntryChange>> all = reads.events().stateChanges(whole);
    Map<RoomId, List<EntryChange>> early =
        before.isEmpty() ? Map.of() : reads.events().stateChanges(before);
    for (RoomDraft draft : drafts) {
      Set<EntryKey> inTimeline = isAfter ? Set.of() : draft.keysInTimeline();
      for (EntryChange change : BatchAnswers.answer(all, draft.room())) {
        EntryKey key = EntryKey.of(change);
        draft.changed.add(key);
        if (!inTimeline.contains(key)) {
          change.event().ifPresent(id -> draft.state.put(key, id));
        }
      }
      for (EntryChange change : early.getOrDefault(draft.room(), List.of())) {
        EntryKey key = EntryKey.of(change);
        if (inTimeline.contains(key)) {
          change.event().ifPresent(id -> draft.state.put(key, id));
        }
      }
    }
  }

  /**
   * Sets all state of a room of which the client has none, or wants all. One that loads members lazily gets those that
   * it needs, and those that changed: it may hold their earlier entries.
   */
  static void fillAll(RoomDraft draft, RoomState all, ViewerContext viewer) {
    draft.state.clear();
    if (viewer.isLazy()) {
      all.forEachButMembers(draft.state::put);
      Set<EntryKey> members = new HashSet<>();
      draft.needed.forEach(user -> members.add(EntryKey.ofMember(user)));
      draft.changed.stream().filter(EntryKey::isMember).forEach(members::add);
      members.forEach(
          key -> all.find(key).flatMap(EncodedEvent::id).ifPresent(id -> draft.state.put(key, id)));
    } else {
      all.forEach(draft.state::put);
    }
  }

  /** Replaces the entries that have an event in the timeline by what the first of these events replaced. */
  void rollBack(Collection<RoomDraft> drafts, StoreReads reads) {
    Map<RoomDraft, Map<EntryKey, StoredEvent>> first = new HashMap<>();
    Set<EventId> replaced = new HashSet<>();
    for (RoomDraft draft : drafts) {
      Map<EntryKey, StoredEvent> inTimeline = firstInTimeline(draft);
      first.put(draft, inTimeline);
      inTimeline.values().forEach(event -> event.replaces().ifPresent(replaced::add));
    }
    if (!replaced.isEmpty()) {
      reads.require();
    }
    Map<EventId, StoredEvent> known = replaced.isEmpty() ? Map.of() : events.find(replaced);
    first.forEach((draft, events) -> events.forEach((key, event) -> {
      EventId earlier = earlier(event, draft.beforeTimeline(), known);
      if (earlier == null) {
        draft.state.remove(key);
      } else {
        draft.state.put(key, earlier);
      }
    }));
  }

  private static Map<EntryKey, StoredEvent> firstInTimeline(RoomDraft draft) {
    Map<EntryKey, StoredEvent> first = new HashMap<>();
    for (TimelineEvent shown : draft.timeline) {
      StoredEvent event = shown.stored();
      if (event.event().isState() && event.kind() == EventKind.LIVE) {
        first.merge(
            EntryKey.of(event.event()),
            event,
            (one, other) -> one.position() < other.position() ? one : other);
      }
    }
    return first;
  }

  /** Returns the entry that was there before an event and before a position; null if there was none. */
  private @Nullable EventId earlier(
      StoredEvent event, long before, Map<EventId, StoredEvent> known) {
    Optional<EventId> replaced = event.replaces();
    while (replaced.isPresent()) {
      EventId id = replaced.get();
      StoredEvent old =
          known.containsKey(id) ? known.get(id) : events.find(List.of(id)).get(id);
      if (old == null || old.position() <= before) {
        return id;
      }
      replaced = old.replaces();
    }
    return null;
  }
}
