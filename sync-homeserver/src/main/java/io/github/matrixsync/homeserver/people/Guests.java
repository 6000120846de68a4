package io.github.matrixsync.homeserver.people;

import io.github.matrixsync.homeserver.body.ApiError;
import io.github.matrixsync.homeserver.http.Router;
import io.github.matrixsync.homeserver.room.Draft;
import io.github.matrixsync.homeserver.room.RoomState;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What guests may request: reading world readable rooms, and sending messages to rooms that let guests join. Pure.
 *
 * @since 0.1.0
 */
public final class Guests {
  private static final Set<String> OPEN = Set.of(
      "POST join/*",
      "POST rooms/*/join",
      "POST rooms/*/leave",
      "GET rooms/*/state",
      "GET rooms/*/state/*",
      "GET rooms/*/state/*/*",
      "GET rooms/*/members",
      "POST rooms/*/send/*",
      "PUT rooms/*/send/*",
      "POST rooms/*/send/*/*",
      "PUT rooms/*/send/*/*",
      "PUT rooms/*/typing/*",
      "POST rooms/*/receipt/*/*",
      "GET profile/*",
      "GET profile/*/displayname",
      "GET profile/*/avatar_url",
      "PUT profile/*/displayname",
      "GET publicRooms",
      "GET directory/room/*",
      "GET voip/turnServer",
      "GET capabilities",
      "GET account/whoami",
      "POST logout",
      "GET pushrules/",
      "GET joined_rooms",
      "GET media/config",
      "GET media/download/*/*",
      "GET media/download/*/*/*",
      "GET media/thumbnail/*/*",
      "GET download/*/*",
      "GET download/*/*/*",
      "GET thumbnail/*/*",
      "GET config",
      "GET versions",
      "GET client",
      "GET login",
      "POST login",
      "GET register",
      "POST register");

  private static final String ACCESS = "m.room.guest_access";
  private static final String MESSAGE = "m.room.message";

  private Guests() {}

  /** Refuses requests that guests may not make, and events that are not messages. */
  public static void requireOpen(String method, Router.Match match) {
    boolean isSend = match.pattern().startsWith("rooms/*/send/");
    if (!OPEN.contains(method + " " + match.pattern())
        || (isSend && !match.open().get(1).equals(MESSAGE))) {
      throw forbidden();
    }
  }

  /**
   * Refuses the sync core's calls that guests may not make. They poll for one room at a time in the old API, and have
   * no filters but those of a request.
   */
  public static void requireOpenSync(String path, Map<String, List<String>> query) {
    if (path.equals("/initialSync") || path.startsWith("/events/") || path.startsWith("/user/")) {
      throw forbidden();
    }
    if (query.getOrDefault("filter", List.of()).stream().anyMatch(Guests::isFilterId)) {
      throw forbidden();
    }
    if (path.equals("/events") && !query.containsKey("room_id")) {
      throw ApiError.of(400, "M_UNKNOWN", "Guest users must specify room_id param");
    }
  }

  private static boolean isFilterId(String filter) {
    return !filter.isEmpty() && !filter.startsWith("{");
  }

  /** Refuses a guest who joins a room that does not let guests join. */
  public static void requireMayJoin(RoomState room) {
    if (!mayJoin(room)) {
      throw ApiError.of(403, "M_GUEST_ACCESS_FORBIDDEN", "Guest access not allowed");
    }
  }

  /** Returns whether a room lets guests join. */
  public static boolean mayJoin(RoomState room) {
    return room.content(ACCESS, "").path("guest_access").asString("").equals("can_join");
  }

  /** Returns whether a draft may change whether guests can join. */
  public static boolean isAboutAccess(Draft draft) {
    return draft.type().equals(ACCESS);
  }

  private static ApiError forbidden() {
    return ApiError.of(403, "M_GUEST_ACCESS_FORBIDDEN", "Guest access not allowed");
  }
}
