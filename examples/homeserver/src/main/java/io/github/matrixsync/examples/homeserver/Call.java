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
 * @param path the decoded path segments that the pattern left open
 * @param query the decoded query parameters
 * @param body the body, an empty object if there is none
 * @param user who asks; absent where nobody need be known
 */
record Call(
    List<String> path, Map<String, List<String>> query, ObjectNode body, Optional<UserId> user) {
  UserId requireUser() {
    return user.orElseThrow(() -> query.containsKey("access_token")
        ? ApiError.of(401, "M_UNKNOWN_TOKEN", "unknown access token")
        : ApiError.of(401, "M_MISSING_TOKEN", "missing access token"));
  }

  RoomId room(int segment) {
    return id(path.get(segment), RoomId::parse);
  }

  UserId userId(int segment) {
    return id(path.get(segment), UserId::parse);
  }

  EventId eventId(int segment) {
    return id(path.get(segment), EventId::parse);
  }

  static <I> I id(String text, Function<String, I> parser) {
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      throw ApiError.badParameter(String.valueOf(e.getMessage()));
    }
  }
}
