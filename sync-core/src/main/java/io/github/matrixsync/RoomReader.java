package io.github.matrixsync;

import io.github.matrixsync.domain.ClientEvent;
import io.github.matrixsync.domain.EncodedEvent;
import io.github.matrixsync.domain.EventForm;
import io.github.matrixsync.domain.HistoryToken;
import io.github.matrixsync.domain.RoomView;
import io.github.matrixsync.domain.StreamToken;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.EventStore;
import io.github.matrixsync.store.Ranges;
import io.github.matrixsync.store.StoredEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads what snapshots and pages show of rooms: state and newest messages, of any number of rooms in three store calls. May block. Thread-safe. */
final class RoomReader {
  private final EventStore events;
  private final Gate gate;

  RoomReader(EventStore events, Gate gate) {
    this.events = events;
    this.gate = gate;
  }

  /**
   * What holds for a whole answer.
   *
   * @param limit the most messages of a room; 0: none
   * @param end the place in the stream as of which all is read
   * @param now when the answer is made
   * @param form in which events are shown
   */
  record Frame(int limit, StreamToken end, Instant now, EventForm form) {}

  /** State and messages of rooms, as they were read, and how they are shown to their viewer. Immutable. */
  static final class Contents {
    private final Map<RoomId, Long> extents;
    private final Map<RoomId, RoomView> views;
    private final Frame frame;
    private final Map<RoomId, List<StoredEvent>> latest;
    private final Map<RoomId, List<StoredEvent>> state;
    private final Map<EventId, StoredEvent> replaced;
    private final Gate.Showing showing;
    private final long bytes;

    private Contents(
        Map<RoomId, Long> extents,
        Map<RoomId, RoomView> views,
        Frame frame,
        Collection<StoredEvent> own,
        RoomReader reader) {
      this.extents = extents;
      this.views = views;
      this.frame = frame;
      latest = reader.latest(extents, views, frame.limit());
      state = extents.isEmpty() ? Map.of() : reader.events.state(extents);
      List<StoredEvent> all = flat(latest);
      replaced = reader.gate.replacedBy(all);
      all.addAll(flat(state));
      all.addAll(replaced.values());
      all.addAll(own);
      showing = reader.gate.showing(frame.form(), all);
      bytes = all.stream().mapToLong(event -> event.event().json().length()).sum();
    }

    /** Returns the bytes of JSON in all that was read. */
    long bytes() {
      return bytes;
    }

    boolean holds(RoomId room) {
      return extents.containsKey(room);
    }

    MessagePage messages(RoomId room) {
      StreamToken end = frame.end().withRoom(require(extents, room));
      List<StoredEvent> chunk = frame.limit() == 0 ? List.of() : require(latest, room);
      if (chunk.isEmpty()) {
        return new MessagePage(List.of(), end, end);
      }
      RoomView view = require(views, room);
      return new MessagePage(
          chunk.stream().map(event -> showAfter(event, view)).toList(),
          HistoryToken.before(chunk.get(0).point(), end),
          end);
    }

    /** Returns the room's state. */
    List<ClientEvent> state(RoomId room) {
      return require(state, room).stream().map(this::show).toList();
    }

    /** Returns the room's state, in which the present member event of a viewer who is out, if there is one, takes the place of the one that held then. */
    List<ClientEvent> state(RoomId room, UserId viewer, Optional<StoredEvent> own) {
      List<ClientEvent> shown = new ArrayList<>();
      for (StoredEvent entry : require(state, room)) {
        if (!entry.event().isAbout(viewer)) {
          shown.add(show(entry));
        }
      }
      own.ifPresent(event -> shown.add(show(event)));
      return shown;
    }

    /** Returns an event that is in the state, or one of the viewer's own that were given, as state is shown. */
    ClientEvent show(StoredEvent event) {
      return at(showing.encode(event, require(views, event.event().room())));
    }

    private ClientEvent showAfter(StoredEvent event, RoomView view) {
      return at(showing.encode(event, event.replaces().map(replaced::get), view));
    }

    private ClientEvent at(EncodedEvent encoded) {
      return ClientEvent.of(encoded, frame.now());
    }
  }

  /**
   * Reads rooms.
   *
   * @param extents up to where each room is shown
   * @param views what the viewer may see of them, and of the rooms of {@code own}
   * @param own member events of the viewer that will be shown too
   */
  Contents read(
      Map<RoomId, Long> extents,
      Map<RoomId, RoomView> views,
      Frame frame,
      Collection<StoredEvent> own) {
    return new Contents(extents, views, frame, own, this);
  }

  private Map<RoomId, List<StoredEvent>> latest(
      Map<RoomId, Long> extents, Map<RoomId, RoomView> views, int limit) {
    if (extents.isEmpty() || limit == 0) {
      return Map.of();
    }
    Map<RoomId, Ranges> visible = new TreeMap<>();
    extents.forEach((room, upTo) -> visible.put(room, require(views, room).ranges(upTo)));
    return events.latest(visible, limit);
  }

  private static List<StoredEvent> flat(Map<RoomId, List<StoredEvent>> rooms) {
    List<StoredEvent> all = new ArrayList<>();
    rooms.values().forEach(all::addAll);
    return all;
  }

  /** Returns what a set-based read must have returned for a room. */
  static <V> V require(Map<RoomId, V> answers, RoomId room) {
    V answer = answers.get(room);
    if (answer == null) {
      throw new IllegalStateException("the store gave no answer for " + room);
    }
    return answer;
  }
}
