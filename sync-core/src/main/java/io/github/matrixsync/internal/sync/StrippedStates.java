package io.github.matrixsync.internal.sync;

import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.internal.cache.EventCache;
import io.github.matrixsync.internal.encoding.StrippedEvents;
import io.github.matrixsync.internal.room.StoreReads;
import io.github.matrixsync.internal.room.ViewerContext;
import io.github.matrixsync.internal.stores.BatchAnswers;
import io.github.matrixsync.store.StoreException;
import io.github.matrixsync.store.model.EventKind;
import io.github.matrixsync.store.model.StoredEvent;
import io.github.matrixsync.store.state.MemberChange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes the state of rooms as somebody sees it who is invited or knocks: what came with the member event, or, if the
 * room is of this server, what the room's state was then; and the own member event. Events are stripped. Thread-safe.
 *
 * <p>Source: "Stripped state" of the Client-Server API.
 */
final class StrippedStates {
  private static final Set<String> TYPES = Set.of(
      "m.room.create",
      "m.room.name",
      "m.room.avatar",
      "m.room.topic",
      "m.room.join_rules",
      "m.room.canonical_alias",
      "m.room.encryption");

  private final EventCache events;

  StrippedStates(EventCache events) {
    this.events = events;
  }

  /**
   * Returns the stripped state of rooms.
   *
   * @param own by room, the viewer's last change: an invitation or a knock
   */
  Map<RoomId, List<ClientEvent>> read(
      Map<RoomId, MemberChange> own, ViewerContext viewer, StoreReads reads) {
    if (own.isEmpty()) {
      return Map.of();
    }
    reads.require();
    Set<EventId> ids = new HashSet<>();
    own.values().forEach(change -> change.event().ifPresent(ids::add));
    Map<EventId, StoredEvent> found = events.find(ids);
    Map<RoomId, List<ClientEvent>> came = new HashMap<>();
    Map<RoomId, Long> ofHere = new HashMap<>();
    own.forEach((room, change) -> {
      StoredEvent event = memberEvent(room, change, found);
      Optional<List<ClientEvent>> with =
          StrippedEvents.sentWith(event.event(), change.after() == Membership.KNOCK);
      if (with.isPresent()) {
        came.put(room, with.get());
      } else if (event.kind() == EventKind.LIVE) {
        ofHere.put(room, change.position());
      }
    });
    Map<RoomId, List<StoredEvent>> states =
        ofHere.isEmpty() ? Map.of() : reads.events().state(ofHere);
    Map<RoomId, List<ClientEvent>> stripped = new HashMap<>();
    own.forEach((room, change) -> {
      List<ClientEvent> state = new ArrayList<>(came.getOrDefault(room, List.of()));
      if (ofHere.containsKey(room)) {
        addState(BatchAnswers.answer(states, room), state);
      }
      StoredEvent event = memberEvent(room, change, found);
      StrippedEvents.of(event).ifPresent(shown -> {
        state.removeIf(other -> isSameEntry(other, event));
        state.add(shown);
      });
      stripped.put(room, state);
    });
    return stripped;
  }

  private static void addState(List<StoredEvent> entries, List<ClientEvent> state) {
    entries.stream()
        .filter(entry -> TYPES.contains(entry.event().type())
            && entry.event().stateKey().equals(Optional.of("")))
        .sorted((one, other) -> one.event().type().compareTo(other.event().type()))
        .forEach(entry -> StrippedEvents.of(entry).ifPresent(state::add));
  }

  /** Returns whether an event that came with the own member event is the same entry. */
  private static boolean isSameEntry(ClientEvent other, StoredEvent own) {
    return other.type().equals(own.event().type())
        && StrippedEvents.stateKey(other).equals(own.event().stateKey());
  }

  private static StoredEvent memberEvent(
      RoomId room, MemberChange change, Map<EventId, StoredEvent> found) {
    StoredEvent event = change.event().map(found::get).orElse(null);
    if (event == null) {
      throw StoreException.failed("no member event of the user in " + room, null);
    }
    return event;
  }
}
