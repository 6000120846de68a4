package io.github.matrixsync.examples.homeserver.endpoint;

import io.github.matrixsync.event.UserId;
import io.github.matrixsync.examples.homeserver.appservice.Services;
import io.github.matrixsync.examples.homeserver.body.Answer;
import io.github.matrixsync.examples.homeserver.body.ApiError;
import io.github.matrixsync.examples.homeserver.body.Ids;
import io.github.matrixsync.examples.homeserver.body.Json;
import io.github.matrixsync.examples.homeserver.http.Call;
import io.github.matrixsync.examples.homeserver.http.Router;
import io.github.matrixsync.examples.homeserver.people.Accounts;
import io.github.matrixsync.examples.homeserver.registration.Service;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Registration, login, and the requests that clients make before they sync. */
public final class AccountEndpoints {
  private static final String PASSWORD = "m.login.password";
  private static final String DUMMY = "m.login.dummy";
  private static final String SERVICE = "m.login.application_service";

  private static final List<String> KINDS_OF_PUSH_RULES =
      List.of("override", "content", "room", "sender", "underride");

  private final Accounts accounts;
  private final Services services;

  public AccountEndpoints(Accounts accounts, Services services) {
    this.accounts = accounts;
    this.services = services;
  }

  public void addTo(Router router) {
    router.add("GET", "login", call -> flows());
    router.add("POST", "login", this::login);
    router.add("GET", "voip/turnServer", AccountEndpoints::nothing);
    router.add("GET", "pushrules", AccountEndpoints::pushRules);
    router.add("GET", "pushrules/", AccountEndpoints::pushRules);
    router.add("GET", "pushrules/global/", AccountEndpoints::globalPushRules);
    router.add("GET", "pushrules/device/", AccountEndpoints::nothing);
    router.add("PUT", "pushrules/**", AccountEndpoints::nothing);
    router.add("DELETE", "pushrules/**", AccountEndpoints::nothing);
  }

  /** Adds registration in one step. */
  public void addV1To(Router router) {
    router.add("GET", "register", call -> flows());
    router.add("POST", "register", this::register);
  }

  /** Adds registration in stages. */
  public void addStagesTo(Router router) {
    router.add("POST", "register", this::registerInStages);
  }

  private static Answer nothing(Call call) {
    call.requireUser();
    return Answer.EMPTY;
  }

  private static Answer flows() {
    ObjectNode flows = Json.object();
    flows.putArray("flows").addObject().put("type", PASSWORD);
    return Answer.of(flows);
  }

  private static Answer pushRules(Call call) {
    call.requireUser();
    ObjectNode rules = Json.object();
    rules.set("global", noRules());
    rules.putObject("device");
    return Answer.of(rules);
  }

  private static Answer globalPushRules(Call call) {
    call.requireUser();
    return Answer.of(noRules());
  }

  /** Returns an empty list for each kind of push rule, because clients expect every kind. */
  private static ObjectNode noRules() {
    ObjectNode rules = Json.object();
    KINDS_OF_PUSH_RULES.forEach(rules::putArray);
    return rules;
  }

  private Answer register(Call call) {
    if (isForGuest(call)) {
      return guestSession();
    }
    if (isOfType(call.body(), SERVICE)) {
      return ghostSession(call, Json.string(call.body(), "user"));
    }
    requireType(call.body(), PASSWORD);
    UserId user = newUser(call.body(), "user");
    return session(user, accounts.register(user, Json.string(call.body(), "password")));
  }

  /**
   * Registers in one dummy stage: the first request gets the list of stages, the second one completes the stage. An
   * application service needs no stage.
   */
  private Answer registerInStages(Call call) {
    if (isForGuest(call)) {
      return guestSession();
    }
    if (call.requester().service().isPresent() || isOfType(call.body(), SERVICE)) {
      Optional<String> user = Json.optionalString(call.body(), "user");
      return ghostSession(call, user.orElseGet(() -> Json.string(call.body(), "username")));
    }
    JsonNode auth = call.body().path("auth");
    if (!auth.isObject()) {
      return stages(DUMMY);
    }
    requireType(auth, DUMMY);
    UserId user = newUser(call.body(), "username");
    return session(user, accounts.register(user, Json.string(call.body(), "password")));
  }

  /** Returns the answer that asks for one stage first. */
  static Answer stages(String stage) {
    ObjectNode stages = Json.object().put("session", UUID.randomUUID().toString());
    stages.putArray("flows").addObject().putArray("stages").add(stage);
    stages.putObject("params");
    return new Answer(401, Json.write(stages));
  }

  private static boolean isForGuest(Call call) {
    return switch (call.parameter("kind").orElse("user")) {
      case "guest" -> true;
      case "user" -> false;
      default -> throw ApiError.of(400, "M_UNKNOWN", "'kind' must be guest or user");
    };
  }

  private Answer guestSession() {
    String token = accounts.registerGuest();
    return session(accounts.userOf(token).orElseThrow(), token);
  }

  private Answer ghostSession(Call call, String localpart) {
    Service service = call.requester().requireService();
    UserId ghost = accounts.newGhost(localpart);
    services.requireMayBeCalled(ghost, Optional.of(service));
    return session(ghost, accounts.registerGhost(ghost));
  }

  private Answer login(Call call) {
    requireType(call.body(), PASSWORD);
    UserId user = accounts.named(name(call.body()));
    return session(user, accounts.login(user, Json.string(call.body(), "password")));
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

  private UserId newUser(JsonNode body, String key) {
    UserId user = accounts.newUser(
        Json.optionalString(body, key).orElseGet(() -> UUID.randomUUID().toString()));
    services.requireMayBeCalled(user, Optional.empty());
    return user;
  }

  private static boolean isOfType(JsonNode body, String type) {
    return body.path("type").asString("").equals(type);
  }

  static void requireType(JsonNode body, String type) {
    if (!Json.string(body, "type").equals(type)) {
      throw ApiError.of(400, "M_UNKNOWN", "Bad login type.");
    }
  }

  private static Answer session(UserId user, String token) {
    return Answer.of(Json.object()
        .put("user_id", user.value())
        .put("access_token", token)
        .put("home_server", Ids.server(user)));
  }
}
