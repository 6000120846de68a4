package io.github.matrixsync.internal.room;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.encoding.EncodedEvent;
import io.github.matrixsync.internal.stores.BatchAnswers;
import io.github.matrixsync.store.model.Range;
import io.github.matrixsync.store.state.EntryChange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * Determines which member entries a client gets that loads members lazily: those of whom it sees, and every one that
 * changed, so that no entry that the client holds is ever out of date.
 *
 * <p>Source: "Lazy-loading room members" of the Client-Server API.
 */
final class LazyMembers {
  private LazyMembers() {}

  /** Adds the users that each client needs to show the timelines, and itself where it has no state. */
  static void addNeeded(Collection<RoomDraft> drafts, ViewerContext viewer, StoreReads reads) {
    Map<RoomId, Range> sinceEarlierStay = new HashMap<>();
    for (RoomDraft draft : drafts) {
      RoomScope scope = draft.scope;
      for (TimelineEvent event : draft.timeline) {
        RoomEvent shown = event.stored().event();
        draft.needed.add(shown.sender());
        shown.subject().ifPresent(draft.needed::add);
      }
      if (scope.allState()) {
        draft.needed.add(viewer.user());
      }
      if (scope.told().isPresent() && scope.told().getAsLong() < scope.upTo()) {
        sinceEarlierStay.put(draft.room(), new Range(scope.told().getAsLong(), scope.upTo()));
      }
    }
    if (!sinceEarlierStay.isEmpty()) {
      Map<RoomId, List<EntryChange>> changes = reads.events().stateChanges(sinceEarlierStay);
      drafts.forEach(draft -> changes.getOrDefault(draft.room(), List.of()).stream()
          .flatMap(change -> EntryKey.of(change).member().stream())
          .forEach(draft.needed::add));
    }
  }

  /** Returns the rooms whose state the client has, and in which it needs members that it was not told. */
  static List<RoomDraft> lacking(
      Collection<RoomDraft> drafts, ViewerContext viewer, BiPredicate<RoomId, UserId> known) {
    boolean tellsAgain = viewer.filter().room().state().includeRedundantMembers();
    List<RoomDraft> lacking = new ArrayList<>();
    for (RoomDraft draft : drafts) {
      if (!draft.scope.allState()) {
        draft.needed.removeIf(user -> draft.changed.contains(EntryKey.ofMember(user))
            || (!tellsAgain && known.test(draft.room(), user)));
        if (!draft.needed.isEmpty()) {
          lacking.add(draft);
        }
      }
    }
    return lacking;
  }

  /** Adds the entries of the members that clients lack, which did not change in the part that is told. */
  static void addLacking(Collection<RoomDraft> lacking, Map<RoomId, RoomState> states) {
    for (RoomDraft draft : lacking) {
      RoomState state = BatchAnswers.answer(states, draft.room());
      for (UserId user : draft.needed) {
        EntryKey key = EntryKey.ofMember(user);
        Optional<EventId> entry = state.find(key).flatMap(EncodedEvent::id);
        entry.ifPresent(id -> draft.state.put(key, id));
      }
    }
  }

  /** Returns whose member entries the drafts tell, in their state or in their timelines, by room. */
  static Map<RoomId, Set<UserId>> told(Collection<RoomDraft> drafts) {
    Map<RoomId, Set<UserId>> told = new HashMap<>();
    for (RoomDraft draft : drafts) {
      Set<UserId> users = new HashSet<>();
      draft.state.keySet().forEach(key -> key.member().ifPresent(users::add));
      for (TimelineEvent event : draft.timeline) {
        if (event.stored().becameState()) {
          event.stored().event().subject().ifPresent(users::add);
        }
      }
      if (!users.isEmpty()) {
        told.put(draft.room(), users);
      }
    }
    return told;
  }
}
