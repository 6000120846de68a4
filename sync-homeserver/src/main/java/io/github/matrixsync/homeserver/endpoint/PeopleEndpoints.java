package io.github.matrixsync.homeserver.endpoint;

import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.homeserver.body.Answer;
import io.github.matrixsync.homeserver.body.ApiError;
import io.github.matrixsync.homeserver.body.Ids;
import io.github.matrixsync.homeserver.body.Json;
import io.github.matrixsync.homeserver.http.Call;
import io.github.matrixsync.homeserver.http.Router;
import io.github.matrixsync.homeserver.json.ArrayNode;
import io.github.matrixsync.homeserver.json.JsonNode;
import io.github.matrixsync.homeserver.json.ObjectNode;
import io.github.matrixsync.homeserver.people.Profiles;
import io.github.matrixsync.store.ephemeral.PresenceChange;
import io.github.matrixsync.store.ephemeral.PresenceState;
import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Presence and profiles.
 *
 * @since 0.1.0
 */
public final class PeopleEndpoints {
  private static final int LONGEST_NAME = 256;
  private static final int LONGEST_URL = 1_000;
  private static final int MOST_OF_A_PROFILE = 64 << 10;
  private static final Pattern FIELD = Pattern.compile("[a-z][a-z0-9_.-]{0,254}");

  private final ServerParts server;

  public PeopleEndpoints(ServerParts server) {
    this.server = server;
  }

  public void addTo(Router v1) {
    v1.add("GET", "presence/*/status", this::status);
    v1.add("PUT", "presence/*/status", this::setStatus);
    v1.add("GET", "presence/list/*", this::list);
    v1.add("POST", "presence/list/*", this::changeList);
    v1.add("GET", "profile/*", call -> Answer.of(fields(known(call))));
    v1.add(
        "GET",
        "profile/*/displayname",
        call -> Answer.of(profile(call).json().retain("displayname")));
    v1.add(
        "GET",
        "profile/*/avatar_url",
        call -> Answer.of(profile(call).json().retain("avatar_url")));
    v1.add("PUT", "profile/*/displayname", this::setDisplayName);
    v1.add("PUT", "profile/*/avatar_url", this::setAvatarUrl);
  }

  /** Adds the fields of a profile beside name and avatar. */
  public void addNewerTo(Router router) {
    router.add("GET", "profile/*/*", this::field);
    router.add("PUT", "profile/*/*", this::setField);
    router.add("DELETE", "profile/*/*", this::removeField);
  }

  private Answer status(Call call) {
    UserId viewer = call.requireUser();
    UserId user = call.userId(0);
    if (!maySee(viewer, user)) {
      throw ApiError.notFound("Presence information not visible");
    }
    ObjectNode content = content(user);
    content.remove("user_id");
    return Answer.of(content);
  }

  private boolean maySee(UserId viewer, UserId user) {
    if (viewer.equals(user) || server.settings().presenceList(viewer).contains(user)) {
      return true;
    }
    Set<RoomId> shared = server.rooms().joinedBy(viewer);
    return !Collections.disjoint(shared, server.rooms().joinedBy(user));
  }

  private ObjectNode content(UserId user) {
    ObjectNode content = Json.object().put("user_id", user.value());
    Optional<PresenceChange> presence = server.presences().get(user);
    content.put(
        "presence",
        presence.map(PresenceChange::state).orElse(PresenceState.OFFLINE).value());
    presence
        .flatMap(PresenceChange::lastActive)
        .ifPresent(last -> content.put(
            "last_active_ago",
            Math.max(0, Duration.between(last, server.clock().instant()).toMillis())));
    presence
        .flatMap(PresenceChange::statusMessage)
        .ifPresent(text -> content.put("status_msg", text));
    content.setAll(server.profiles().of(user).json());
    return content;
  }

  private Answer setStatus(Call call) {
    UserId user = call.requireOneself(0);
    PresenceState state = PresenceState.parse(Json.string(call.body(), "presence"))
        .orElseThrow(() -> ApiError.badParameter("'presence' is none of the known states"));
    server.presences().set(user, state, Json.optionalString(call.body(), "status_msg"));
    return Answer.EMPTY;
  }

  private Answer list(Call call) {
    UserId user = call.requireOneself(0);
    ArrayNode list = Json.array();
    server.settings().presenceList(user).stream()
        .sorted(Comparator.naturalOrder())
        .forEach(other -> list.add(entry(content(other))));
    return Answer.of(list);
  }

  /**
   * Returns an entry in both forms: as the event that the specification has, and with the fields at the top level, as
   * servers of that time sent it.
   */
  private static ObjectNode entry(ObjectNode content) {
    ObjectNode entry = Json.object().put("type", "m.presence").put("accepted", true);
    entry.set("content", content);
    entry.setAll(content);
    return entry;
  }

  private Answer changeList(Call call) {
    UserId user = call.requireOneself(0);
    Set<UserId> invited = ids(call, "invite");
    invited.forEach(this::requireKnown);
    Set<UserId> dropped = ids(call, "drop");
    synchronized (server.settings()) {
      Set<UserId> list = new HashSet<>(server.settings().presenceList(user));
      list.addAll(invited);
      list.removeAll(dropped);
      server.settings().setPresenceList(user, list);
    }
    return Answer.EMPTY;
  }

  private Set<UserId> ids(Call call, String key) {
    Set<UserId> ids = new HashSet<>();
    for (String text : Json.strings(call.body(), key)) {
      ids.add(Ids.id(text, UserId::parse));
    }
    return ids;
  }

  private Profiles.Profile profile(Call call) {
    return server.profiles().of(known(call));
  }

  private UserId known(Call call) {
    UserId user = call.userId(0);
    requireKnown(user);
    return user;
  }

  private ObjectNode fields(UserId user) {
    ObjectNode fields = server.profiles().of(user).json();
    fields.setAll(server.profiles().otherFields(user));
    return fields;
  }

  private Answer field(Call call) {
    ObjectNode field = fields(known(call)).retain(call.segment(1));
    if (field.isEmpty()) {
      throw ApiError.notFound("The profile has no such field");
    }
    return Answer.of(field);
  }

  private Answer setField(Call call) {
    UserId user = call.requireOneself(0);
    String name = call.segment(1);
    JsonNode value = call.body().path(name);
    if (!FIELD.matcher(name).matches()) {
      throw ApiError.badParameter("a field's name has 1 to 255 of a-z, 0-9, '.', '_' and '-'");
    }
    if (value.isMissingNode()) {
      throw ApiError.of(400, "M_MISSING_PARAM", "'" + name + "' is missing");
    }
    if (fields(user).set(name, value).toString().length() > MOST_OF_A_PROFILE) {
      throw ApiError.of(400, "M_PROFILE_TOO_LARGE", "a profile may have 64 KiB");
    }
    server.profiles().setOtherField(user, name, value);
    return Answer.EMPTY;
  }

  private Answer removeField(Call call) {
    UserId user = call.requireOneself(0);
    Optional<String> none = Optional.empty();
    switch (call.segment(1)) {
      case "displayname" ->
        server.profiles().change(user, old -> new Profiles.Profile(none, old.avatarUrl()));
      case "avatar_url" ->
        server.profiles().change(user, old -> new Profiles.Profile(old.displayName(), none));
      default -> server.profiles().setOtherField(user, call.segment(1), JsonNode.missing());
    }
    return Answer.EMPTY;
  }

  private Answer setDisplayName(Call call) {
    UserId user = call.requireOneself(0);
    Optional<String> name = text(call, "displayname", LONGEST_NAME);
    server.profiles().change(user, old -> new Profiles.Profile(name, old.avatarUrl()));
    return Answer.EMPTY;
  }

  private Answer setAvatarUrl(Call call) {
    UserId user = call.requireOneself(0);
    Optional<String> url = text(call, "avatar_url", LONGEST_URL);
    server.profiles().change(user, old -> new Profiles.Profile(old.displayName(), url));
    return Answer.EMPTY;
  }

  /** Returns a text of a profile, whose length is limited because it is part of each of the user's member events. */
  private static Optional<String> text(Call call, String key, int longest) {
    Optional<String> text = Json.optionalString(call.body(), key);
    if (text.filter(given -> given.length() > longest).isPresent()) {
      throw ApiError.badParameter("'" + key + "' is longer than " + longest + " characters");
    }
    return text;
  }

  private void requireKnown(UserId user) {
    if (!server.accounts().exists(user)) {
      throw ApiError.notFound("No such user");
    }
  }
}
