package io.github.matrixsync.homeserver.endpoint;

import io.github.matrixsync.event.RoomVersion;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.homeserver.body.ApiError;
import io.github.matrixsync.homeserver.body.Content;
import io.github.matrixsync.homeserver.body.Ids;
import io.github.matrixsync.homeserver.body.Json;
import io.github.matrixsync.homeserver.json.JsonNode;
import io.github.matrixsync.homeserver.json.ObjectNode;
import io.github.matrixsync.homeserver.people.Profiles;
import io.github.matrixsync.homeserver.room.Aliases;
import io.github.matrixsync.homeserver.room.Draft;
import io.github.matrixsync.homeserver.room.PowerLevels;
import io.github.matrixsync.homeserver.room.RoomVersions;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes the first events of a room from the body of {@code POST /createRoom}. Confined to one thread. */
final class Creation {
  private static final Set<String> PRESETS =
      Set.of("private_chat", "trusted_private_chat", "public_chat");

  private static final String VERSION = "room_version";

  private final UserId creator;
  private final RoomVersion version;
  private final JsonNode body;
  private final Profiles profiles;
  private final List<String> invited;
  private final List<Draft> initial;

  /**
   * Reads a request.
   *
   * @param otherwise the version of the room if the request names none
   */
  Creation(UserId creator, Content request, Profiles profiles, RoomVersion otherwise) {
    this.creator = creator;
    this.body = request.tree();
    version = Json.optionalString(body, VERSION).map(RoomVersions::parse).orElse(otherwise);
    this.profiles = profiles;
    invited = List.copyOf(new LinkedHashSet<>(Json.strings(body, "invite")));
    initial = InitialState.drafts(request);
  }

  /** Returns whether the room is to be in the public room list. */
  boolean isPublished() {
    String visibility = Json.optionalString(body, "visibility").orElse("private");
    return switch (visibility) {
      case "public" -> true;
      case "private" -> false;
      default -> throw ApiError.badParameter("'visibility' must be public or private");
    };
  }

  /**
   * Returns the drafts in order: the creation, the creator's join, the power levels, the state of the preset and of the
   * request, the invites.
   */
  List<Draft> drafts(Optional<String> alias) {
    String preset = preset();
    List<Draft> drafts = new ArrayList<>();
    drafts.add(state("m.room.create", creation()));
    drafts.add(Draft.member(creator, profiles.member(creator, "join")));
    ObjectNode levels = PowerLevels.initial(top(preset));
    levels.setAll(Json.optionalObject(body, "power_level_content_override"));
    addUnlessInitial(drafts, PowerLevels.TYPE, levels);
    String rule = preset.equals("public_chat") ? "public" : "invite";
    addUnlessInitial(drafts, "m.room.join_rules", Json.object().put("join_rule", rule));
    addUnlessInitial(
        drafts, "m.room.history_visibility", Json.object().put("history_visibility", "shared"));
    if (!isOldest()) {
      String access = preset.equals("public_chat") ? "forbidden" : "can_join";
      addUnlessInitial(drafts, "m.room.guest_access", Json.object().put("guest_access", access));
    }
    initial.forEach(draft ->
        Aliases.requireCanonical(draft, name -> alias.filter(name::equals).isPresent()));
    drafts.addAll(initial);
    for (String key : List.of("name", "topic")) {
      Json.optionalString(body, key)
          .ifPresent(text -> drafts.add(state("m.room." + key, Json.object().put(key, text))));
    }
    alias.ifPresent(name -> drafts.add(isOldest() ? aliases(name) : canonicalAlias(name)));
    invited.forEach(user -> drafts.add(invite(Ids.id(user, UserId::parse))));
    return drafts;
  }

  private ObjectNode creation() {
    JsonNode requested = body.path("creation_content");
    if (!requested.isMissingNode() && !requested.isObject()) {
      throw ApiError.badJson("'creation_content' must be an object");
    }
    ObjectNode content = requested instanceof ObjectNode object ? object.deepCopy() : Json.object();
    content.remove(VERSION);
    if (!isOldest()) {
      content.put(VERSION, version.value());
    }
    return content.put("creator", creator.value());
  }

  private boolean isOldest() {
    return version.equals(RoomVersions.OLDEST);
  }

  private String preset() {
    String otherwise = isPublished() ? "public_chat" : "private_chat";
    String preset = Json.optionalString(body, "preset").orElse(otherwise);
    if (!PRESETS.contains(preset)) {
      throw ApiError.badParameter("'preset' must be one of " + PRESETS);
    }
    return preset;
  }

  private List<String> top(String preset) {
    List<String> top = new ArrayList<>(List.of(creator.value()));
    if (preset.equals("trusted_private_chat")) {
      top.addAll(invited);
    }
    return top;
  }

  private Draft aliases(String alias) {
    ObjectNode content = Json.object();
    content.putArray("aliases").add(alias);
    return Draft.state(
        "m.room.aliases", alias.substring(alias.indexOf(':') + 1), Content.of(content));
  }

  private static Draft canonicalAlias(String alias) {
    return state("m.room.canonical_alias", Json.object().put("alias", alias));
  }

  private Draft invite(UserId user) {
    ObjectNode member = profiles.member(user, "invite").tree().deepCopy();
    if (Json.flag(body, "is_direct")) {
      member.put("is_direct", true);
    }
    return Draft.member(user, Content.of(member));
  }

  private void addUnlessInitial(List<Draft> drafts, String type, ObjectNode content) {
    Draft draft = state(type, content);
    if (initial.stream().noneMatch(event -> event.setsWhat(draft))) {
      drafts.add(draft);
    }
  }

  private static Draft state(String type, ObjectNode content) {
    return Draft.state(type, "", Content.of(content));
  }
}
