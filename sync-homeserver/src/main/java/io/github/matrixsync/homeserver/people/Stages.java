package io.github.matrixsync.homeserver.people;

import io.github.matrixsync.event.UserId;
import io.github.matrixsync.homeserver.body.Answer;
import io.github.matrixsync.homeserver.body.ApiError;
import io.github.matrixsync.homeserver.body.Json;
import io.github.matrixsync.homeserver.http.Call;
import io.github.matrixsync.homeserver.json.JsonNode;
import io.github.matrixsync.homeserver.json.ObjectNode;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * The user-interactive authentication, in one stage: a request without {@code auth} is answered with the stage, and the
 * next one completes it. Stateless.
 *
 * @since 0.1.0
 */
public final class Stages {
  /** The stage that asks for a user's password. */
  public static final String PASSWORD = "m.login.password";

  private Stages() {}

  /** Returns the answer that asks for one stage first. */
  public static Answer ask(String stage) {
    ObjectNode stages = Json.object().put("session", UUID.randomUUID().toString());
    stages.putArray("flows").addObject().putArray("stages").add(stage);
    stages.putObject("params");
    return Answer.of(401, stages);
  }

  /**
   * Answers a request for which the password of its user is needed, who is logged in.
   *
   * @param action what is done if the request has the right password
   */
  public static Answer withPassword(Call call, Accounts accounts, Supplier<Answer> action) {
    UserId user = call.requireUser();
    JsonNode auth = call.body().path("auth");
    if (!auth.isObject()) {
      return ask(PASSWORD);
    }
    requireType(auth, PASSWORD);
    accounts.requirePassword(user, Json.string(auth, "password"));
    return action.get();
  }

  /**
   * Checks which stage a request completes, or how it logs in.
   *
   * @throws ApiError with the status 400 if it is not by {@code type}
   */
  public static void requireType(JsonNode body, String type) {
    if (!Json.string(body, "type").equals(type)) {
      throw ApiError.of(400, "M_UNKNOWN", "Bad login type.");
    }
  }
}
