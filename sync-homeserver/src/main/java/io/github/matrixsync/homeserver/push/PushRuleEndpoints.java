package io.github.matrixsync.homeserver.push;

import io.github.matrixsync.event.UserId;
import io.github.matrixsync.homeserver.body.Answer;
import io.github.matrixsync.homeserver.body.ApiError;
import io.github.matrixsync.homeserver.body.Json;
import io.github.matrixsync.homeserver.http.Call;
import io.github.matrixsync.homeserver.http.Router;
import io.github.matrixsync.homeserver.json.ArrayNode;
import io.github.matrixsync.homeserver.json.JsonNode;
import io.github.matrixsync.homeserver.json.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reading push rules, adding and removing own ones, and switching any of them on or off.
 *
 * @since 0.1.0
 */
public final class PushRuleEndpoints {
  private static final String ID = "rule_id";
  private static final String DEFAULT = "default";
  private static final String ENABLED = "enabled";
  private static final String ACTIONS = "actions";
  private static final String MASTER = ".m.rule.master";
  private static final int MOST_OF_A_KIND = 500;

  private final PushRules rules;

  public PushRuleEndpoints(PushRules rules) {
    this.rules = rules;
  }

  /** Adds empty lists of rules, which are all that clients of v1 need. */
  public static void addV1To(Router router) {
    router.add("GET", "pushrules", call -> all(call, none()));
    router.add("GET", "pushrules/", call -> all(call, none()));
    router.add("GET", "pushrules/global/", call -> global(call, none()));
    router.add("GET", "pushrules/device/", PushRuleEndpoints::nothing);
    router.add("PUT", "pushrules/**", PushRuleEndpoints::nothing);
    router.add("DELETE", "pushrules/**", PushRuleEndpoints::nothing);
  }

  public void addTo(Router router) {
    router.add("GET", "pushrules", this::all);
    router.add("GET", "pushrules/", this::all);
    router.add("GET", "pushrules/global", call -> global(call, rules.of(call.requireUser())));
    router.add("GET", "pushrules/global/", call -> global(call, rules.of(call.requireUser())));
    router.add("GET", "pushrules/global/*/*", call -> Answer.of(rule(call)));
    router.add("PUT", "pushrules/global/*/*", this::put);
    router.add("DELETE", "pushrules/global/*/*", this::delete);
    for (String member : List.of(ENABLED, ACTIONS)) {
      String path = "pushrules/global/*/*/" + member;
      router.add("GET", path, call -> member(call, member));
      router.add("PUT", path, call -> setMember(call, member));
    }
  }

  private static Answer nothing(Call call) {
    call.requireUser();
    return Answer.EMPTY;
  }

  private static ObjectNode none() {
    ObjectNode rules = Json.object();
    PushRules.KINDS.forEach(rules::putArray);
    return rules;
  }

  private Answer all(Call call) {
    UserId user = call.requireUser();
    rules.ensure(user);
    return all(call, rules.of(user));
  }

  private static Answer all(Call call, ObjectNode global) {
    call.requireUser();
    ObjectNode answer = Json.object();
    answer.set("global", global);
    answer.putObject("device");
    return Answer.of(answer);
  }

  private static Answer global(Call call, ObjectNode global) {
    call.requireUser();
    return Answer.of(global);
  }

  private ObjectNode rule(Call call) {
    return find(ofKind(rules.of(call.requireUser()), call), call.segment(1));
  }

  private Answer member(Call call, String name) {
    return Answer.of(Json.object().set(name, rule(call).path(name)));
  }

  private Answer setMember(Call call, String name) {
    JsonNode value = name.equals(ACTIONS) ? actions(call) : enabled(call);
    return change(call, ofKind -> find(ofKind, call.segment(1)).set(name, value));
  }

  private static JsonNode enabled(Call call) {
    JsonNode value = call.body().path(ENABLED);
    if (!value.isBoolean()) {
      throw ApiError.badJson("'enabled' must be true or false");
    }
    return value;
  }

  private static JsonNode actions(Call call) {
    JsonNode actions = call.body().path(ACTIONS);
    boolean isList =
        actions.isArray() && actions.valueStream().allMatch(one -> one.isString() || isTweak(one));
    if (!isList) {
      throw ApiError.badJson("'actions' must be a list of strings and tweaks");
    }
    return actions;
  }

  private static boolean isTweak(JsonNode action) {
    return action.path("set_tweak").isString();
  }

  private Answer delete(Call call) {
    return change(call, ofKind -> {
      ObjectNode rule = find(ofKind, call.segment(1));
      if (rule.path(DEFAULT).asBoolean(false)) {
        throw ApiError.badParameter("a default rule can be switched off, but not deleted");
      }
      ofKind.remove(index(ofKind, call.segment(1)));
    });
  }

  private Answer put(Call call) {
    call.requireUser();
    ObjectNode rule = newRule(call);
    return change(call, ofKind -> {
      int old = index(ofKind, call.segment(1));
      if (old >= 0) {
        rule.set(ENABLED, ofKind.remove(old).path(ENABLED));
      }
      if (ofKind.size() >= MOST_OF_A_KIND) {
        throw ApiError.of(413, "M_TOO_LARGE", "too many push rules");
      }
      ofKind.insert(place(ofKind, call), rule);
    });
  }

  /** Returns where a rule goes: beside the one that the request names, else before all others of the user. */
  private static int place(ArrayNode ofKind, Call call) {
    Optional<String> before = call.parameter("before");
    Optional<String> after = call.parameter("after");
    if (before.isPresent()) {
      return neighbor(ofKind, before.get());
    }
    if (after.isPresent()) {
      return neighbor(ofKind, after.get()) + 1;
    }
    return index(ofKind, MASTER) + 1;
  }

  private static int neighbor(ArrayNode ofKind, String id) {
    int index = index(ofKind, id);
    if (index < 0 || id.startsWith(".")) {
      throw ApiError.badParameter("the user has no rule '" + id + "' of this kind");
    }
    return index;
  }

  private static ObjectNode newRule(Call call) {
    String id = call.segment(1);
    if (id.isEmpty() || id.startsWith(".") || id.contains("/") || id.contains("\\")) {
      throw ApiError.badParameter("a rule's id has no slashes, and does not begin with a dot");
    }
    ObjectNode rule = Json.object().put(ID, id).put(DEFAULT, false).put(ENABLED, true);
    rule.set(ACTIONS, actions(call));
    switch (call.segment(0)) {
      case "override", "underride" -> rule.set("conditions", conditions(call));
      case "content" -> rule.put("pattern", Json.string(call.body(), "pattern"));
      default -> {}
    }
    return rule;
  }

  private static JsonNode conditions(Call call) {
    JsonNode conditions = Json.list(call.body(), "conditions");
    if (!conditions.valueStream().allMatch(condition -> condition.path("kind").isString())) {
      throw ApiError.badJson("each of 'conditions' must have a 'kind'");
    }
    return conditions;
  }

  private Answer change(Call call, Consumer<ArrayNode> change) {
    rules.change(call.requireUser(), all -> change.accept(ofKind(all, call)));
    return Answer.EMPTY;
  }

  private static ArrayNode ofKind(ObjectNode all, Call call) {
    String kind = call.segment(0);
    if (!PushRules.KINDS.contains(kind)) {
      throw ApiError.badParameter("the kind of a rule must be one of " + PushRules.KINDS);
    }
    return all.withArray(kind);
  }

  private static ObjectNode find(ArrayNode ofKind, String id) {
    int index = index(ofKind, id);
    if (index < 0) {
      throw ApiError.notFound("No such push rule");
    }
    return (ObjectNode) ofKind.get(index);
  }

  private static int index(ArrayNode ofKind, String id) {
    for (int i = 0; i < ofKind.size(); i++) {
      if (ofKind.get(i).path(ID).asString("").equals(id)) {
        return i;
      }
    }
    return -1;
  }
}
