package io.github.matrixsync.internal.room;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.cache.Caches;
import io.github.matrixsync.internal.cache.EventCache;
import io.github.matrixsync.internal.cache.LastChanges;
import io.github.matrixsync.internal.cache.RoomMembersCache;
import io.github.matrixsync.internal.encoding.EncodedEvent;
import io.github.matrixsync.internal.json.InvalidJsonException;
import io.github.matrixsync.internal.json.JsonField;
import io.github.matrixsync.internal.json.JsonReader;
import io.github.matrixsync.internal.log.WindowEntry;
import io.github.matrixsync.internal.stores.BatchAnswers;
import io.github.matrixsync.store.state.RoomMembers;
import io.github.matrixsync.sync.RoomSummary;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Makes the summaries of rooms whose members or name changed: how many members they have, and for rooms without a name
 * up to five of them, the heroes, from whom clients make one.
 */
final class RoomSummaries {
  private static final int HEROES = 5;
  private static final EntryKey NAME = new EntryKey("m.room.name", "");
  private static final EntryKey ALIAS = new EntryKey("m.room.canonical_alias", "");

  private final RoomMembersCache cache;
  private final EventCache events;
  private final LastChanges changes;

  RoomSummaries(Caches caches) {
    cache = caches.members();
    events = caches.events();
    changes = caches.changes();
  }

  /** Returns the joined rooms whose summary may have changed. */
  List<RoomDraft> wanting(Collection<RoomDraft> drafts) {
    List<RoomDraft> wanting = new ArrayList<>();
    for (RoomDraft draft : drafts) {
      boolean changed = draft.scope.allState()
          || draft.changed.stream().anyMatch(key -> key.isMember() || key.isName())
          || mayHaveLostItsName(draft.scope);
      if (changed && !draft.scope.isLeft()) {
        wanting.add(draft);
      }
    }
    return wanting;
  }

  /**
   * Sets the summaries of some drafts. The heroes are among whose member entries a client needs.
   *
   * @param states the state of their rooms, as of the end of the answer
   */
  void fill(
      Collection<RoomDraft> drafts,
      Map<RoomId, RoomState> states,
      ViewerContext viewer,
      StoreReads reads) {
    if (drafts.isEmpty()) {
      return;
    }
    Set<RoomId> rooms = new HashSet<>();
    drafts.forEach(draft -> rooms.add(draft.room()));
    reads.require();
    Map<RoomId, RoomMembers> members = cache.find(rooms, viewer.end().room());
    for (RoomDraft draft : drafts) {
      RoomMembers there = BatchAnswers.answer(members, draft.room());
      RoomState state = BatchAnswers.answer(states, draft.room());
      boolean hasName = hasName(state, viewer.now());
      Optional<List<UserId>> heroes =
          hasName ? Optional.empty() : Optional.of(heroes(there, viewer.user()));
      boolean isNews = draft.scope.allState()
          || draft.changed.stream().anyMatch(EntryKey::isMember)
          || (heroes.isPresent()
              && (draft.changed.stream().anyMatch(EntryKey::isName)
                  || hasLostItsName(draft.scope, state)));
      if (isNews) {
        draft.summary = Optional.of(new RoomSummary(heroes, there.joined(), there.invited()));
        heroes.ifPresent(draft.needed::addAll);
      }
    }
  }

  /** Returns whether a name of the room may have been redacted in the part that the answer covers. */
  private boolean mayHaveLostItsName(RoomScope scope) {
    List<WindowEntry> entries = scope.entries();
    return entries != null
        ? entries.stream().anyMatch(WindowEntry::redactsName)
        : !scope.isHistory() && changes.lastOfRedaction(scope.room()) > scope.after();
  }

  /**
   * Returns whether a name of the room was redacted: in the part that the answer covers if its events are in the
   * window, otherwise at any time.
   */
  private boolean hasLostItsName(RoomScope scope, RoomState state) {
    if (scope.entries() != null) {
      return mayHaveLostItsName(scope);
    }
    Set<EventId> names = new HashSet<>();
    Stream.of(NAME, ALIAS)
        .flatMap(key -> state.find(key).stream())
        .flatMap(event -> event.id().stream())
        .forEach(names::add);
    return !names.isEmpty()
        && events.find(names).values().stream()
            .anyMatch(name -> name.redaction().isPresent());
  }

  private static List<UserId> heroes(RoomMembers members, UserId viewer) {
    List<UserId> present = first(
        Stream.concat(members.firstJoined().stream(), members.firstInvited().stream()), viewer);
    return present.isEmpty() ? first(members.firstGone().stream(), viewer) : present;
  }

  private static List<UserId> first(Stream<UserId> users, UserId viewer) {
    return users.filter(user -> !user.equals(viewer)).limit(HEROES).toList();
  }

  private static boolean hasName(RoomState state, Instant now) {
    return has(state, NAME, "name", now) || has(state, ALIAS, "alias", now);
  }

  private static boolean has(RoomState state, EntryKey key, String field, Instant now) {
    return state.find(key).filter(event -> hasText(event, field, now)).isPresent();
  }

  private static boolean hasText(EncodedEvent event, String field, Instant now) {
    try {
      JsonField value = JsonReader.fields(event.content(now)).get(field);
      return value != null && value.isString() && !value.text().isEmpty();
    } catch (InvalidJsonException e) {
      return false;
    }
  }
}
