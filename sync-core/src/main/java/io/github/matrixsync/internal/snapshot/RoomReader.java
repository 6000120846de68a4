package io.github.matrixsync.internal.snapshot;

import io.github.matrixsync.domain.Erasure;
import io.github.matrixsync.domain.EventForm;
import io.github.matrixsync.domain.RoomView;
import io.github.matrixsync.domain.StreamToken;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.due.Gate;
import io.github.matrixsync.internal.keep.Caches;
import io.github.matrixsync.internal.keep.KeptEvents;
import io.github.matrixsync.internal.keep.KeptLists;
import io.github.matrixsync.internal.keep.RoomList;
import io.github.matrixsync.internal.keep.SeenRoom;
import io.github.matrixsync.store.EventStore;
import io.github.matrixsync.store.Ranges;
import io.github.matrixsync.store.StoredEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads what snapshots show of rooms: state and newest messages, of any number of rooms in a few store calls. May block. Thread-safe.
 *
 * <p>Most rooms look the same to everybody in them, and are given out as they are kept. What a viewer must not be given as it is, because it holds something that the viewer may not see, ignores, or gets without what was erased, or because the
 * viewer's own member event has to be put in its place, is read for that viewer alone.
 */
final class RoomReader {
  private final EventStore events;
  private final Gate gate;
  private final KeptLists lists;
  private final KeptEvents single;

  RoomReader(EventStore events, Gate gate, Caches caches) {
    this.events = events;
    this.gate = gate;
    this.lists = caches.lists();
    this.single = caches.events();
  }

  /**
   * What holds for a whole answer.
   *
   * @param limit the most messages of a room; 0: none
   * @param end the place in the stream as of which all is read
   * @param now when the answer is made
   * @param form in which events are shown
   * @param ignored whom the viewer ignores
   */
  record Frame(int limit, StreamToken end, Instant now, EventForm form, Set<UserId> ignored) {
    long position() {
      return end.room();
    }
  }

  /**
   * A room that is to be read.
   *
   * @param seen what the viewer sees of it
   * @param out whether the viewer is not in it: the present member event takes the place of the one that held then
   * @param present that event; empty if there is none any more, or the viewer is in the room
   */
  record Asked(SeenRoom seen, boolean out, Optional<EventId> present) {
    RoomId room() {
      return seen.room();
    }

    /** Returns whether a list of state holds of the viewer what it should: the present member event. */
    boolean fits(RoomList state) {
      return !out || (present.isPresent() && seen.isIn(state, present.get()));
    }
  }

  /**
   * Reads rooms.
   *
   * @param rooms those whose state and messages are shown
   * @param others those of which the viewer's member event alone is shown
   */
  RoomContents read(List<Asked> rooms, List<Asked> others, Frame frame) {
    @Nullable RoomList[] messages = new RoomList[rooms.size()];
    @Nullable RoomList[] state = new RoomList[rooms.size()];
    takeKept(rooms, frame, messages, state);
    Exact exact = new Exact(frame);
    Set<EventId> own = new HashSet<>();
    for (int i = 0; i < messages.length; i++) {
      Asked room = rooms.get(i);
      if (messages[i] == null && frame.limit() > 0) {
        exact.addMessages(room.seen());
      }
      if (state[i] == null) {
        exact.addState(room.seen());
        room.present().ifPresent(own::add);
      }
    }
    for (Asked other : others) {
      exact.addView(other.seen());
      other.present().ifPresent(own::add);
    }
    return new RoomContents(rooms, frame, messages, state, readExactly(exact, own));
  }

  /** Takes what may be given to the viewer as it is kept. */
  private void takeKept(
      List<Asked> rooms, Frame frame, @Nullable RoomList[] messages, @Nullable RoomList[] state) {
    List<SeenRoom> seen = rooms.stream().map(Asked::seen).toList();
    RoomList[] keptMessages = frame.limit() == 0
        ? new RoomList[0]
        : lists.messages(seen, frame.position(), frame.form(), frame.limit());
    RoomList[] keptState = lists.state(seen, frame.position(), frame.form());
    Erasure erasure = gate.erasureIn(keptMessages, keptState);
    for (int i = 0; i < state.length; i++) {
      if (frame.limit() > 0 && mayHave(seen.get(i), keptMessages[i], frame, erasure)) {
        messages[i] = keptMessages[i];
      }
      if (rooms.get(i).fits(keptState[i]) && !erasure.isOfAny(keptState[i].senders())) {
        state[i] = keptState[i];
      }
    }
  }

  private static boolean mayHave(SeenRoom room, RoomList messages, Frame frame, Erasure erasure) {
    return room.isCoveredBy(messages, frame.position(), frame.ignored())
        && !erasure.isOfAny(messages.senders());
  }

  /** The rooms that are read for one viewer alone: the positions as of which their messages and their state are read, and all their views. */
  private static final class Exact {
    private final Frame frame;
    private final Map<RoomId, Ranges> messages = new TreeMap<>();
    private final Map<RoomId, Long> state = new TreeMap<>();
    private final Map<RoomId, RoomView> views = new HashMap<>();

    private Exact(Frame frame) {
      this.frame = frame;
    }

    private RoomView addView(SeenRoom seen) {
      return views.computeIfAbsent(
          seen.room(), room -> seen.view(frame.position(), frame.ignored()));
    }

    private void addMessages(SeenRoom seen) {
      messages.put(seen.room(), addView(seen).ranges(seen.extent(frame.position())));
    }

    private void addState(SeenRoom seen) {
      addView(seen);
      state.put(seen.room(), seen.extent(frame.position()));
    }
  }

  private RoomContents.Exactly readExactly(Exact exact, Set<EventId> ownIds) {
    Map<RoomId, List<StoredEvent>> latest =
        exact.messages.isEmpty() ? Map.of() : events.latest(exact.messages, exact.frame.limit());
    Map<RoomId, List<StoredEvent>> state =
        exact.state.isEmpty() ? Map.of() : events.state(exact.state);
    Map<EventId, StoredEvent> own = ownIds.isEmpty() ? Map.of() : single.find(ownIds);
    List<StoredEvent> all = flat(latest);
    Map<EventId, StoredEvent> replaced = gate.replacedBy(all);
    all.addAll(flat(state));
    all.addAll(replaced.values());
    all.addAll(own.values());
    return new RoomContents.Exactly(
        latest,
        state,
        replaced,
        own,
        exact.views,
        gate.showing(exact.frame.form(), all),
        all.stream().mapToLong(event -> event.event().json().length()).sum());
  }

  private static List<StoredEvent> flat(Map<RoomId, List<StoredEvent>> rooms) {
    List<StoredEvent> all = new ArrayList<>();
    rooms.values().forEach(all::addAll);
    return all;
  }
}
