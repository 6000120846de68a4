package io.github.matrixsync.homeserver.http;

import io.github.matrixsync.event.DeviceId;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.homeserver.body.ApiError;
import io.github.matrixsync.homeserver.body.Content;
import io.github.matrixsync.homeserver.body.Ids;
import io.github.matrixsync.homeserver.body.Payload;
import io.github.matrixsync.homeserver.json.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One parsed request.
 *
 * @param match the route that the path matched
 * @param query the query's parameters
 * @param payload the body
 * @param requester who sent it
 * @since 0.1.0
 */
public record Call(
    Router.Match match, Map<String, List<String>> query, Payload payload, Requester requester) {
  public UserId requireUser() {
    return requester.requireUser();
  }

  /** Returns the device that sent the request; a service has none. */
  public DeviceId requireDevice() {
    requireUser();
    return requester
        .device()
        .orElseThrow(() -> ApiError.badParameter("only a device can do this, not a service"));
  }

  /** Returns the user in the path, who must be the requester. */
  public UserId requireOneself(int segment) {
    UserId user = requireUser();
    if (!user.equals(userId(segment))) {
      throw ApiError.forbidden("not for others");
    }
    return user;
  }

  /** Returns the first value of a query parameter. */
  public Optional<String> parameter(String name) {
    return query.getOrDefault(name, List.of()).stream().findFirst();
  }

  /** Returns the JSON object in the body, an empty one if there is none. */
  public Content content() {
    return payload.content();
  }

  public ObjectNode body() {
    return content().tree();
  }

  /** Returns a decoded path segment that the pattern left open. */
  public String segment(int index) {
    return match.open().get(index);
  }

  public RoomId room() {
    return Ids.id(segment(0), RoomId::parse);
  }

  public UserId userId(int segment) {
    return Ids.id(segment(segment), UserId::parse);
  }

  public EventId eventId(int segment) {
    return Ids.id(segment(segment), EventId::parse);
  }
}
