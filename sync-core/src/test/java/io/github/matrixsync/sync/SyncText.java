package io.github.matrixsync.sync;

import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Answers of {@code /sync} as short texts, for tests: events by the numbers in their ids. */
final class SyncText {
  private SyncText() {}

  /** Returns the part of a room, with its section; {@code none} if it is not listed. */
  static String of(SyncResponse answer, RoomId room) {
    SyncRooms rooms = answer.rooms();
    List<String> places = Stream.of(
            Optional.ofNullable(rooms.join().get(room)).map(SyncText::joined),
            Optional.ofNullable(rooms.leave().get(room)).map(SyncText::left),
            Optional.ofNullable(rooms.invite().get(room)).map(state -> "invite " + types(state)),
            Optional.ofNullable(rooms.knock().get(room)).map(state -> "knock " + types(state)))
        .flatMap(Optional::stream)
        .toList();
    return places.isEmpty()
        ? "none"
        : String.join(" AND ", places).replaceAll(" +", " ").strip();
  }

  private static String joined(JoinedRoom room) {
    return "join " + timeline(room.timeline()) + " state " + numbers(room.state())
        + room.summary().map(SyncText::summary).orElse("");
  }

  private static String left(LeftRoom room) {
    return "leave " + timeline(room.timeline()) + " state " + numbers(room.state());
  }

  private static String timeline(Timeline timeline) {
    return "[" + numbers(timeline.events()) + "]" + (timeline.limited() ? " limited" : "")
        + timeline
            .previousBatch()
            .map(token -> " from " + token.toString().replaceFirst("_.*", ""))
            .orElse("");
  }

  private static String summary(RoomSummary summary) {
    String heroes = summary
        .heroes()
        .map(users -> " heroes " + users.stream().map(SyncText::name).collect(joining()))
        .orElse("");
    return heroes + " " + summary.joinedMembers() + "+" + summary.invitedMembers();
  }

  static String name(UserId user) {
    return user.value().substring(1, user.value().indexOf(':'));
  }

  static String numbers(List<ClientEvent> events) {
    return events.stream()
        .map(
            event -> event.id().map(id -> id.value().replaceAll("[^0-9]", "")).orElse(event.type()))
        .collect(joining());
  }

  private static String types(List<ClientEvent> events) {
    return events.stream().map(ClientEvent::type).collect(joining());
  }

  private static Collector<CharSequence, ?, String> joining() {
    return Collectors.joining(" ");
  }
}
