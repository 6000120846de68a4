package io.github.matrixsync.examples.homeserver;

import io.github.matrixsync.event.UserId;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Registration, login, and what clients ask before they sync. */
final class AccountEndpoints {
  private static final String PASSWORD = "m.login.password";
  private static final String DUMMY = "m.login.dummy";

  private final Accounts accounts;

  AccountEndpoints(Accounts accounts) {
    this.accounts = accounts;
  }

  void addTo(Router router) {
    router.add("GET", "login", call -> flows());
    router.add("POST", "login", this::login);
    router.add("GET", "voip/turnServer", AccountEndpoints::nothing);
    router.add("GET", "pushrules", AccountEndpoints::pushRules);
    router.add("GET", "pushrules/", AccountEndpoints::pushRules);
    router.add("GET", "pushrules/global/", AccountEndpoints::nothing);
    router.add("GET", "pushrules/device/", AccountEndpoints::nothing);
    router.add("PUT", "pushrules/**", AccountEndpoints::nothing);
    router.add("DELETE", "pushrules/**", AccountEndpoints::nothing);
  }

  /** Adds registration in one step. */
  void addV1To(Router router) {
    router.add("GET", "register", call -> flows());
    router.add("POST", "register", this::register);
  }

  /** Adds registration in stages. */
  void addStagesTo(Router router) {
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
    rules.putObject("global");
    rules.putObject("device");
    return Answer.of(rules);
  }

  private Answer register(Call call) {
    if (isForGuest(call)) {
      return guestSession();
    }
    requireType(call.body(), PASSWORD);
    UserId user = newUser(call.body(), "user");
    return session(user, accounts.register(user, Json.string(call.body(), "password")));
  }

  /** The first request is told the one stage that there is; the second one says that it went through it. */
  private Answer registerInStages(Call call) {
    if (isForGuest(call)) {
      return guestSession();
    }
    JsonNode auth = call.body().path("auth");
    if (!auth.isObject()) {
      return stages(DUMMY);
    }
    requireType(auth, DUMMY);
    UserId user = newUser(call.body(), "username");
    return session(user, accounts.register(user, Json.string(call.body(), "password")));
  }

  /** Returns what one is told who has to go through one stage first. */
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

  private Answer login(Call call) {
    requireType(call.body(), PASSWORD);
    UserId user = accounts.user(Json.string(call.body(), "user"));
    return session(user, accounts.login(user, Json.string(call.body(), "password")));
  }

  private UserId newUser(JsonNode body, String key) {
    return accounts.newUser(
        Json.optionalString(body, key).orElseGet(() -> UUID.randomUUID().toString()));
  }

  static void requireType(JsonNode body, String type) {
    if (!Json.string(body, "type").equals(type)) {
      throw ApiError.of(400, "M_UNKNOWN", "Bad login type.");
    }
  }

  private static Answer session(UserId user, String token) {
    String home = user.value().substring(user.value().indexOf(':') + 1);
    return Answer.of(Json.object()
        .put("user_id", user.value())
        .put("access_token", token)
        .put("home_server", home));
  }
}
