package io.github.matrixsync.rest;

import java.util.Optional;

/**
 * Which endpoint a path names. Immutable.
 *
 * @param endpoint the endpoint
 * @param segment the one segment that the endpoint leaves open, still percent-encoded; empty if it
 *     leaves none open, and if there is nothing between two slashes
 */
record Route(Endpoint endpoint, String segment) {
  /** What the edge answers. */
  enum Endpoint {
    EVENTS("/events"),
    INITIAL_SYNC("/initialSync"),
    EVENT("/events/{eventId}"),
    ROOM_INITIAL_SYNC("/rooms/{roomId}/initialSync"),
    MESSAGES("/rooms/{roomId}/messages");

    private final String template;

    Endpoint(String template) {
      this.template = template;
    }

    /** Returns the path with names in place of ids, as the logs show it. */
    @Override
    public String toString() {
      return template;
    }
  }

  private static final String ONE_EVENT = "/events/";
  private static final String ONE_ROOM = "/rooms/";
  private static final Optional<Route> EVENTS = Optional.of(new Route(Endpoint.EVENTS, ""));
  private static final Optional<Route> INITIAL_SYNC =
      Optional.of(new Route(Endpoint.INITIAL_SYNC, ""));

  /**
   * Returns the route of {@code path}, whose fixed segments must be spelled as they are; empty if
   * it is none of ours.
   */
  static Optional<Route> of(String path) {
    if (path.equals("/events")) {
      return EVENTS;
    }
    if (path.equals("/initialSync")) {
      return INITIAL_SYNC;
    }
    if (path.startsWith(ONE_EVENT)) {
      return path.indexOf('/', ONE_EVENT.length()) < 0
          ? Optional.of(new Route(Endpoint.EVENT, path.substring(ONE_EVENT.length())))
          : Optional.empty();
    }
    return path.startsWith(ONE_ROOM) ? ofRoom(path) : Optional.empty();
  }

  private static Optional<Route> ofRoom(String path) {
    int end = path.indexOf('/', ONE_ROOM.length());
    if (end < 0) {
      return Optional.empty();
    }
    String room = path.substring(ONE_ROOM.length(), end);
    return switch (path.substring(end)) {
      case "/initialSync" -> Optional.of(new Route(Endpoint.ROOM_INITIAL_SYNC, room));
      case "/messages" -> Optional.of(new Route(Endpoint.MESSAGES, room));
      default -> Optional.empty();
    };
  }
}
