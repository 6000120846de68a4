package io.github.matrixsync;

import io.github.matrixsync.domain.ClientEvent;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads what snapshots show of rooms: state and newest messages, of any number of rooms in three store calls. May block. Thread-safe. */
final class RoomReader {
  private final EventStore events;
  private final Encoder encoder;

  RoomReader(EventStore events, Encoder encoder) {
    this.events = events;
    this.encoder = encoder;
  }

  /** Returns an event as state and single events are shown. */
  ClientEvent encode(StoredEvent event, Instant now) {
    return ClientEvent.of(encoder.encode(event), now);
  }

  /** State and messages of rooms, read and encoded. Immutable. */
  final class Contents {
    private final Map<RoomId, MessagePage> messages;
    private final Map<RoomId, List<StoredEvent>> state;

    private Contents(Map<RoomId, MessagePage> messages, Map<RoomId, List<StoredEvent>> state) {
      this.messages = messages;
      this.state = state;
    }

    boolean holds(RoomId room) {
      return messages.containsKey(room);
    }

    MessagePage messages(RoomId room) {
      return require(messages, room);
    }

    /** Returns the room's state, in which the viewer's present member event, if it is given, takes the place of the one that held then. */
    List<ClientEvent> state(RoomId room, Optional<StoredEvent> own, Instant now) {
      List<ClientEvent> shown = new ArrayList<>();
      Optional<UserId> viewer = own.flatMap(event -> event.event().subject());
      for (StoredEvent entry : require(state, room)) {
        if (viewer.isEmpty() || !entry.event().isAbout(viewer.get())) {
          shown.add(encode(entry, now));
        }
      }
      own.ifPresent(event -> shown.add(encode(event, now)));
      return shown;
    }
  }

  /**
   * Reads rooms.
   *
   * @param extents up to where each room is shown
   * @param views what the viewer may see of them
   * @param limit the most messages of a room; 0: none
   * @param end the place in the stream as of which all is read
   */
  Contents read(
      Map<RoomId, Long> extents,
      Map<RoomId, RoomView> views,
      int limit,
      StreamToken end,
      Instant now) {
    if (extents.isEmpty()) {
      return new Contents(Map.of(), Map.of());
    }
    Map<RoomId, Ranges> visible = new TreeMap<>();
    extents.forEach((room, upTo) -> visible.put(room, require(views, room).ranges(upTo)));
    Map<RoomId, List<StoredEvent>> latest = limit == 0 ? Map.of() : events.latest(visible, limit);
    List<StoredEvent> all = latest.values().stream().flatMap(List::stream).toList();
    Map<EventId, StoredEvent> replaced = RoomReads.replacedBy(events, all);
    Map<RoomId, MessagePage> pages = new HashMap<>();
    extents.forEach((room, upTo) -> {
      List<StoredEvent> chunk = limit == 0 ? List.of() : require(latest, room);
      pages.put(room, page(chunk, replaced, end.withRoom(upTo), now));
    });
    return new Contents(pages, events.state(extents));
  }

  /** Returns events as pages show them. */
  List<ClientEvent> encode(
      List<StoredEvent> chunk, Map<EventId, StoredEvent> replaced, Instant now) {
    List<ClientEvent> shown = new ArrayList<>(chunk.size());
    for (StoredEvent event : chunk) {
      Optional<StoredEvent> before = event.replaces().map(replaced::get);
      shown.add(ClientEvent.of(encoder.encode(event, before), now));
    }
    return shown;
  }

  private MessagePage page(
      List<StoredEvent> chunk, Map<EventId, StoredEvent> replaced, StreamToken end, Instant now) {
    if (chunk.isEmpty()) {
      return new MessagePage(List.of(), end, end);
    }
    return new MessagePage(
        encode(chunk, replaced, now), HistoryToken.before(chunk.get(0).point(), end), end);
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
