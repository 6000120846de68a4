package io.github.matrixsync.examples.homeserver;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/**
 * One request, taken apart.
 *
 * @param match what the path was matched with
 * @param query the query's parameters
 * @param content the body, an empty object if there is none
 * @param requester who sent it
 */
record Call(
    Router.Match match, Map<String, List<String>> query, Content content, Requester requester) {
  UserId requireUser() {
    return requester.requireUser();
  }

  /** Returns the user whose own business the path names. */
  UserId requireOneself(int segment) {
    UserId user = requireUser();
    if (!user.equals(userId(segment))) {
      throw ApiError.forbidden("not for others");
    }
    return user;
  }

  /** Returns the first value of a query parameter. */
  Optional<String> parameter(String name) {
    return query.getOrDefault(name, List.of()).stream().findFirst();
  }

  ObjectNode body() {
    return content.tree();
  }

  /** Returns a decoded path segment that the pattern left open. */
  String segment(int index) {
    return match.open().get(index);
  }

  RoomId room() {
    return id(segment(0), RoomId::parse);
  }

  UserId userId(int segment) {
    return id(segment(segment), UserId::parse);
  }

  EventId eventId(int segment) {
    return id(segment(segment), EventId::parse);
  }

  static <I> I id(String text, Function<String, I> parser) {
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      throw ApiError.badParameter(String.valueOf(e.getMessage()));
    }
  }
}
