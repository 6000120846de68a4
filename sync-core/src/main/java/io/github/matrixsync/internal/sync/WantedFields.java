package io.github.matrixsync.internal.sync;

import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.internal.encoding.FieldSelection;
import io.github.matrixsync.sync.JoinedRoom;
import io.github.matrixsync.sync.LeftRoom;
import io.github.matrixsync.sync.SyncRooms;
import io.github.matrixsync.sync.Timeline;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reduces the room events of an answer to the members that a filter names.
 *
 * <p>Source: {@code event_fields} of "Filtering" in the Client-Server API.
 */
final class WantedFields {
  private final FieldSelection selection;

  private WantedFields(FieldSelection selection) {
    this.selection = selection;
  }

  /**
   * Returns the rooms with only the wanted members of the events in their timelines and states.
   *
   * @param paths the paths of the wanted members; empty: all are wanted
   */
  static SyncRooms of(List<String> paths, SyncRooms rooms) {
    return paths.isEmpty() ? rooms : new WantedFields(FieldSelection.of(paths)).of(rooms);
  }

  private SyncRooms of(SyncRooms rooms) {
    SortedMap<RoomId, JoinedRoom> join = new TreeMap<>(rooms.join());
    join.replaceAll((room, part) -> new JoinedRoom(
        of(part.state()),
        of(part.timeline()),
        part.summary(),
        part.ephemeral(),
        part.accountData(),
        part.unread()));
    SortedMap<RoomId, LeftRoom> leave = new TreeMap<>(rooms.leave());
    leave.replaceAll(
        (room, part) -> new LeftRoom(of(part.state()), of(part.timeline()), part.accountData()));
    return new SyncRooms(join, rooms.invite(), rooms.knock(), leave);
  }

  private Timeline of(Timeline timeline) {
    return new Timeline(of(timeline.events()), timeline.limited(), timeline.previousBatch());
  }

  private List<ClientEvent> of(List<ClientEvent> events) {
    return events.stream().map(selection::select).toList();
  }
}
