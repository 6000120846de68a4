package io.github.matrixsync.homeserver.endpoint;

import io.github.matrixsync.event.DeviceId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.homeserver.body.Answer;
import io.github.matrixsync.homeserver.body.ApiError;
import io.github.matrixsync.homeserver.body.Ids;
import io.github.matrixsync.homeserver.body.Json;
import io.github.matrixsync.homeserver.http.Call;
import io.github.matrixsync.homeserver.http.Router;
import io.github.matrixsync.homeserver.json.ArrayNode;
import io.github.matrixsync.homeserver.json.ObjectNode;
import io.github.matrixsync.homeserver.people.Sessions;
import io.github.matrixsync.homeserver.people.Sessions.Device;
import io.github.matrixsync.homeserver.people.Stages;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Who is logged in and where: the own identity, logging out, and the list of devices.
 *
 * @since 0.1.0
 */
public final class SessionEndpoints {
  private final ServerParts server;
  private final Sessions sessions;

  public SessionEndpoints(ServerParts server) {
    this.server = server;
    this.sessions = server.sessions();
  }

  public void addTo(Router router) {
    router.add("GET", "account/whoami", this::whoAmI);
    router.add("POST", "logout", this::logout);
    router.add("POST", "logout/all", this::logoutAll);
    router.add("GET", "devices", this::devices);
    router.add("GET", "devices/*", this::device);
    router.add("PUT", "devices/*", this::rename);
    router.add("DELETE", "devices/*", call -> delete(call, () -> List.of(id(call.segment(0)))));
    router.add("POST", "delete_devices", call -> delete(call, () -> ids(call)));
  }

  private Answer whoAmI(Call call) {
    UserId user = call.requireUser();
    ObjectNode answer = Json.object()
        .put("user_id", user.value())
        .put("is_guest", server.accounts().isGuest(user));
    call.requester().device().ifPresent(device -> answer.put("device_id", device.value()));
    return Answer.of(answer);
  }

  private Answer logout(Call call) {
    UserId user = call.requireUser();
    DeviceId device =
        call.requester().device().orElseThrow(() -> ApiError.forbidden("a service stays"));
    sessions.delete(user, device);
    return Answer.EMPTY;
  }

  private Answer logoutAll(Call call) {
    sessions.deleteAll(call.requireUser());
    return Answer.EMPTY;
  }

  private Answer devices(Call call) {
    ArrayNode list = Json.array();
    sessions.devices(call.requireUser()).forEach(device -> list.add(json(device)));
    return Answer.of(Json.object().set("devices", list));
  }

  private Answer device(Call call) {
    UserId user = call.requireUser();
    return Answer.of(json(sessions
        .device(user, id(call.segment(0)))
        .orElseThrow(() -> ApiError.notFound("No such device"))));
  }

  private static ObjectNode json(Device device) {
    ObjectNode json = Json.object().put("device_id", device.id().value());
    device.name().ifPresent(name -> json.put("display_name", name));
    return json;
  }

  private Answer rename(Call call) {
    UserId user = call.requireUser();
    DeviceId device = id(call.segment(0));
    Optional<String> name = Json.optionalString(call.body(), "display_name");
    if (!sessions.rename(user, device, name)) {
      throw ApiError.notFound("No such device");
    }
    server.keys().renamed(user);
    return Answer.EMPTY;
  }

  /** Deletes devices, for which the user's password is needed. */
  private Answer delete(Call call, Supplier<List<DeviceId>> devices) {
    UserId user = call.requireUser();
    List<DeviceId> named = devices.get();
    return Stages.withPassword(call, server.accounts(), () -> {
      named.forEach(device -> sessions.delete(user, device));
      return Answer.EMPTY;
    });
  }

  private static List<DeviceId> ids(Call call) {
    return Json.strings(call.body(), "devices").stream()
        .map(SessionEndpoints::id)
        .toList();
  }

  private static DeviceId id(String text) {
    return Ids.id(text, DeviceId::parse);
  }
}
