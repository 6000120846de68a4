package io.github.matrixsync.homeserver.room;

import io.github.matrixsync.domain.event.Redactions;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.homeserver.body.Content;
import io.github.matrixsync.homeserver.json.JsonText;
import io.github.matrixsync.store.EventStore;
import io.github.matrixsync.store.ExpiredPositionException;
import io.github.matrixsync.store.model.Interest;
import io.github.matrixsync.store.model.LogPage;
import io.github.matrixsync.store.model.StoredEvent;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The current states of rooms. A state is read from the store when its room is first used, and brought up to date from
 * the room's log at each later use, because other nodes may append to the same store. Thread-safe.
 */
final class RoomStates {
  private static final int PAGE = 1_000;

  /** The most positions whose log is read; beyond, the whole state is. */
  private static final long LONGEST_LOG = 10_000;

  private final EventStore store;
  private final Map<RoomId, RoomState> states = new ConcurrentHashMap<>();

  RoomStates(EventStore store) {
    this.store = store;
  }

  /** Returns a room's state with everything that any node has appended; empty if there is no such room. */
  Optional<RoomState> current(RoomId room) {
    RoomState state = states.get(room);
    if (state == null) {
      RoomState read = new RoomState(room);
      if (!readWhole(read, store.refresh())) {
        return Optional.empty();
      }
      RoomState faster = states.putIfAbsent(room, read);
      state = faster == null ? read : faster;
    }
    synchronized (state) {
      // Read with the lock held, so that the log has all that was sent through this state.
      follow(state, store.refresh());
    }
    return Optional.of(state);
  }

  private void follow(RoomState state, long upTo) {
    if (upTo - state.position() > LONGEST_LOG) {
      readWhole(state, upTo);
      return;
    }
    try {
      for (long after = state.position(); after < upTo; after = state.position()) {
        LogPage page = store.log(Interest.of(state.id()), after, upTo, PAGE);
        page.events().forEach(event -> apply(state, event));
        state.position(page.through());
      }
    } catch (ExpiredPositionException e) {
      readWhole(state, upTo);
    }
  }

  /** Reads all entries. Returns whether there are any. */
  private boolean readWhole(RoomState state, long upTo) {
    List<StoredEvent> entries =
        store.state(Map.of(state.id(), upTo)).getOrDefault(state.id(), List.of());
    entries.forEach(entry -> state.apply(entry.event(), content(entry)));
    state.position(upTo);
    return !entries.isEmpty();
  }

  private void apply(RoomState state, StoredEvent event) {
    if (event.becameState()) {
      state.apply(event.event(), content(event));
    }
    event.event().redacts().filter(state::hasEntryOf).ifPresent(target -> prune(state, target));
  }

  /** Shows an entry as its redaction leaves it. */
  void prune(RoomState state, EventId target) {
    Optional.ofNullable(store.events(List.of(target)).get(target))
        .ifPresent(event -> state.replaceContent(target, content(event)));
  }

  private static Content content(StoredEvent stored) {
    RoomEvent event = stored.event();
    RawJson json =
        stored.redaction().isEmpty() ? event.json() : Redactions.prune(event).json();
    return new Content(JsonText.member(json, "content"));
  }
}
