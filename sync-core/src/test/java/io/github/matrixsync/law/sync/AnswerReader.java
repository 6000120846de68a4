package io.github.matrixsync.law.sync;

import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.domain.event.JsonTree;
import io.github.matrixsync.sync.JoinedRoom;
import io.github.matrixsync.sync.LeftRoom;
import io.github.matrixsync.sync.RoomSummary;
import io.github.matrixsync.sync.SyncResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads an engine's answers as a client does, from the JSON of its events. Stateless. */
final class AnswerReader {

  private AnswerReader() {}

  static SyncAnswer read(SyncResponse response) {
    Map<String, SyncAnswer.Room> rooms = new TreeMap<>();
    response.rooms().join().forEach((room, told) -> put(room.value(), read(told), rooms));
    response.rooms().leave().forEach((room, told) -> put(room.value(), read(told), rooms));
    response
        .rooms()
        .invite()
        .forEach((room, state) -> put(room.value(), stripped(Section.INVITE, state), rooms));
    response
        .rooms()
        .knock()
        .forEach((room, state) -> put(room.value(), stripped(Section.KNOCK, state), rooms));
    Map<String, List<SyncAnswer.Event>> other = new TreeMap<>();
    other.put("presence", events(response.presence()));
    other.put("account data", events(response.accountData()));
    response.toDevice().ifPresent(messages -> other.put(SyncAnswer.TO_DEVICE, events(messages)));
    return new SyncAnswer(
        response.nextBatch().toString(), rooms, other, response.deviceLists().orElse(null));
  }

  private static void put(String room, SyncAnswer.Room told, Map<String, SyncAnswer.Room> rooms) {
    if (rooms.put(room, told) != null) {
      throw new AssertionError(room + " is in two sections");
    }
  }

  private static SyncAnswer.Room read(JoinedRoom told) {
    return new SyncAnswer.Room(
        Section.JOIN,
        events(told.state()),
        events(told.timeline().events()),
        told.timeline().limited(),
        told.timeline().previousBatch().map(Object::toString).orElse(null),
        told.summary().map(AnswerReader::read).orElse(Map.of()),
        events(told.ephemeral()),
        events(told.accountData()),
        told.unread().orElse(null));
  }

  private static SyncAnswer.Room read(LeftRoom told) {
    return new SyncAnswer.Room(
        Section.LEAVE,
        events(told.state()),
        events(told.timeline().events()),
        told.timeline().limited(),
        told.timeline().previousBatch().map(Object::toString).orElse(null),
        Map.of(),
        List.of(),
        events(told.accountData()),
        null);
  }

  private static SyncAnswer.Room stripped(Section section, List<ClientEvent> state) {
    return new SyncAnswer.Room(
        section, events(state), List.of(), false, null, Map.of(), List.of(), List.of(), null);
  }

  private static Map<String, Object> read(RoomSummary summary) {
    Map<String, Object> keys = new HashMap<>();
    keys.put("m.joined_member_count", summary.joinedMembers());
    keys.put("m.invited_member_count", summary.invitedMembers());
    summary
        .heroes()
        .ifPresent(
            heroes -> keys.put("m.heroes", heroes.stream().map(Object::toString).toList()));
    return keys;
  }

  private static List<SyncAnswer.Event> events(List<ClientEvent> events) {
    return events.stream()
        .map(event -> new SyncAnswer.Event(JsonTree.object(event.json())))
        .toList();
  }
}
