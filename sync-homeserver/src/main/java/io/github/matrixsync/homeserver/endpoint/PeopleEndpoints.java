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
import io.github.matrixsync.homeserver.json.ObjectNode;
import io.github.matrixsync.homeserver.people.Profiles;
import io.github.matrixsync.store.ephemeral.PresenceChange;
import io.github.matrixsync.store.ephemeral.PresenceState;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Presence and profiles.
 *
 * @since 0.1.0
 */
public final class PeopleEndpoints {
  private static final int LONGEST_NAME = 256;
  private static final int LONGEST_URL = 1_000;

  private final ServerParts server;

  public PeopleEndpoints(ServerParts server) {
    this.server = server;
  }

  public void addTo(Router v1) {
    v1.add("GET", "presence/*/status", this::status);
    v1.add("PUT", "presence/*/status", this::setStatus);
    v1.add("GET", "presence/list/*", this::list);
    v1.add("POST", "presence/list/*", this::changeList);
    v1.add("GET", "profile/*", call -> Answer.of(profile(call).json()));
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
            "last_active_ago", Math.max(0, Duration.between(last, Instant.now()).toMillis())));
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
    UserId user = call.userId(0);
    requireKnown(user);
    return server.profiles().of(user);
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
