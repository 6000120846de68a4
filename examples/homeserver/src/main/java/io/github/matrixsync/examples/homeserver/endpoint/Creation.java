package io.github.matrixsync.examples.homeserver.endpoint;

import io.github.matrixsync.event.UserId;
import io.github.matrixsync.examples.homeserver.body.ApiError;
import io.github.matrixsync.examples.homeserver.body.Content;
import io.github.matrixsync.examples.homeserver.body.Ids;
import io.github.matrixsync.examples.homeserver.body.Json;
import io.github.matrixsync.examples.homeserver.people.Profiles;
import io.github.matrixsync.examples.homeserver.room.Aliases;
import io.github.matrixsync.examples.homeserver.room.Draft;
import io.github.matrixsync.examples.homeserver.room.PowerLevels;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes the first events of a room from the body of {@code POST /createRoom}. Confined to one thread. */
final class Creation {
  private static final Set<String> PRESETS =
      Set.of("private_chat", "trusted_private_chat", "public_chat");

  private final UserId creator;
  private final JsonNode body;
  private final Profiles profiles;
  private final List<String> invited;
  private final List<Draft> initial;

  Creation(UserId creator, Content request, Profiles profiles) {
    this.creator = creator;
    this.body = request.tree();
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
    addUnlessInitial(drafts, PowerLevels.TYPE, PowerLevels.initial(top(preset)));
    String rule = preset.equals("public_chat") ? "public" : "invite";
    addUnlessInitial(drafts, "m.room.join_rules", Json.object().put("join_rule", rule));
    addUnlessInitial(
        drafts, "m.room.history_visibility", Json.object().put("history_visibility", "shared"));
    initial.forEach(draft ->
        Aliases.requireCanonical(draft, name -> alias.filter(name::equals).isPresent()));
    drafts.addAll(initial);
    for (String key : List.of("name", "topic")) {
      Json.optionalString(body, key)
          .ifPresent(text -> drafts.add(state("m.room." + key, Json.object().put(key, text))));
    }
    alias.ifPresent(name -> drafts.add(aliases(name)));
    invited.forEach(user -> drafts.add(invite(Ids.id(user, UserId::parse))));
    return drafts;
  }

  private ObjectNode creation() {
    JsonNode requested = body.path("creation_content");
    if (!requested.isMissingNode() && !requested.isObject()) {
      throw ApiError.badJson("'creation_content' must be an object");
    }
    ObjectNode content = requested instanceof ObjectNode object ? object.deepCopy() : Json.object();
    return content.put("creator", creator.value());
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

  private Draft invite(UserId user) {
    return Draft.member(user, profiles.member(user, "invite"));
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
