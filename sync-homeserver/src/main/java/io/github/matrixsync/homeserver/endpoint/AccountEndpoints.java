package io.github.matrixsync.homeserver.endpoint;

import io.github.matrixsync.event.DeviceId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.homeserver.appservice.Services;
import io.github.matrixsync.homeserver.body.Answer;
import io.github.matrixsync.homeserver.body.ApiError;
import io.github.matrixsync.homeserver.body.Ids;
import io.github.matrixsync.homeserver.body.Json;
import io.github.matrixsync.homeserver.http.Call;
import io.github.matrixsync.homeserver.http.Router;
import io.github.matrixsync.homeserver.json.JsonNode;
import io.github.matrixsync.homeserver.json.ObjectNode;
import io.github.matrixsync.homeserver.people.Accounts;
import io.github.matrixsync.homeserver.people.Sessions;
import io.github.matrixsync.homeserver.people.Stages;
import io.github.matrixsync.homeserver.registration.Service;
import java.util.Optional;
import java.util.UUID;

/**
 * Registration and login.
 *
 * @since 0.1.0
 */
public final class AccountEndpoints {
  private static final String DUMMY = "m.login.dummy";
  private static final String SERVICE = "m.login.application_service";
  private static final String DEVICE = "device_id";

  private final Accounts accounts;
  private final Sessions sessions;
  private final Services services;

  public AccountEndpoints(ServerParts server) {
    this.accounts = server.accounts();
    this.sessions = server.sessions();
    this.services = server.services();
  }

  /** Adds login, and registration in one step; answers do not show devices. */
  public void addV1To(Router router) {
    router.add("GET", "login", call -> flows());
    router.add("POST", "login", call -> withoutDevice(login(call)));
    router.add("GET", "register", call -> flows());
    router.add("POST", "register", call -> withoutDevice(register(call)));
  }

  /** Adds login, and registration in stages. */
  public void addTo(Router router) {
    router.add("GET", "login", call -> flows());
    router.add("POST", "login", call -> Answer.of(login(call)));
    router.add("GET", "register/available", this::available);
    addStagesTo(router);
  }

  /** Adds registration in stages. */
  public void addStagesTo(Router router) {
    router.add("POST", "register", this::registerInStages);
  }

  private static Answer flows() {
    ObjectNode flows = Json.object();
    flows.putArray("flows").addObject().put("type", Stages.PASSWORD);
    return Answer.of(flows);
  }

  private static Answer withoutDevice(ObjectNode session) {
    session.remove(DEVICE);
    return Answer.of(session);
  }

  private ObjectNode register(Call call) {
    if (isForGuest(call)) {
      return session(accounts.registerGuest(), call.body());
    }
    if (isOfType(call.body(), SERVICE)) {
      return session(newGhost(call, Json.string(call.body(), "user")), call.body());
    }
    Stages.requireType(call.body(), Stages.PASSWORD);
    return session(registered(call.body(), "user"), call.body());
  }

  /**
   * Registers in one dummy stage: the first request gets the list of stages, the second one completes the stage. An
   * application service needs no stage.
   */
  private Answer registerInStages(Call call) {
    if (isForGuest(call)) {
      return Answer.of(session(accounts.registerGuest(), call.body()));
    }
    boolean isWithoutLogin = Json.flag(call.body(), "inhibit_login");
    if (call.requester().service().isPresent() || isOfType(call.body(), SERVICE)) {
      Optional<String> user = Json.optionalString(call.body(), "user");
      String name = user.orElseGet(() -> Json.string(call.body(), "username"));
      return registered(newGhost(call, name), call, isWithoutLogin);
    }
    JsonNode auth = call.body().path("auth");
    if (!auth.isObject()) {
      return Stages.ask(DUMMY);
    }
    Stages.requireType(auth, DUMMY);
    return registered(registered(call.body(), "username"), call, isWithoutLogin);
  }

  private Answer registered(UserId user, Call call, boolean isWithoutLogin) {
    return Answer.of(isWithoutLogin ? identity(user) : session(user, call.body()));
  }

  private static boolean isForGuest(Call call) {
    return switch (call.parameter("kind").orElse("user")) {
      case "guest" -> true;
      case "user" -> false;
      default -> throw ApiError.of(400, "M_UNKNOWN", "'kind' must be guest or user");
    };
  }

  private UserId registered(JsonNode body, String key) {
    UserId user = accounts.newUser(
        Json.optionalString(body, key).orElseGet(() -> UUID.randomUUID().toString()));
    services.requireMayBeCalled(user, Optional.empty());
    String password = Json.string(body, "password");
    device(body);
    accounts.register(user, password);
    return user;
  }

  private UserId newGhost(Call call, String localpart) {
    Service service = call.requester().requireService();
    UserId ghost = accounts.newGhost(localpart);
    services.requireMayBeCalled(ghost, Optional.of(service));
    device(call.body());
    accounts.registerGhost(ghost);
    return ghost;
  }

  private Answer available(Call call) {
    String name = call.parameter("username")
        .orElseThrow(() -> ApiError.of(400, "M_MISSING_PARAM", "'username' is missing"));
    UserId user = accounts.newUser(name);
    services.requireMayBeCalled(user, Optional.empty());
    if (accounts.exists(user)) {
      throw ApiError.of(400, "M_USER_IN_USE", "User ID already taken.");
    }
    return Answer.of(Json.object().put("available", true));
  }

  private ObjectNode login(Call call) {
    Stages.requireType(call.body(), Stages.PASSWORD);
    UserId user = accounts.named(name(call.body()));
    accounts.requirePassword(user, Json.string(call.body(), "password"));
    return session(user, call.body());
  }

  /** Returns the name at login, of {@code user} or of {@code identifier} as newer clients send it. */
  private static String name(JsonNode body) {
    JsonNode identifier = body.path("identifier");
    if (!identifier.isObject()) {
      return Json.string(body, "user");
    }
    if (!Json.string(identifier, "type").equals("m.id.user")) {
      throw ApiError.of(400, "M_UNKNOWN", "Unknown login identifier type");
    }
    return Json.string(identifier, "user");
  }

  private static boolean isOfType(JsonNode body, String type) {
    return body.path("type").asString("").equals(type);
  }

  private static ObjectNode identity(UserId user) {
    return Json.object().put("user_id", user.value()).put("home_server", Ids.server(user));
  }

  /** Logs a user in on the device that the request names, or on a new one. */
  private ObjectNode session(UserId user, JsonNode body) {
    Optional<String> name = Json.optionalString(body, "initial_device_display_name");
    String token = sessions.open(user, device(body), name);
    DeviceId device = sessions.of(token).orElseThrow().device();
    return identity(user).put("access_token", token).put(DEVICE, device.value());
  }

  private static Optional<DeviceId> device(JsonNode body) {
    return Json.optionalString(body, DEVICE).map(id -> Ids.id(id, DeviceId::parse));
  }
}
