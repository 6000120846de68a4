package io.github.matrixsync.homeserver.endpoint;

import io.github.matrixsync.event.RoomAlias;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.homeserver.body.Answer;
import io.github.matrixsync.homeserver.body.ApiError;
import io.github.matrixsync.homeserver.body.Content;
import io.github.matrixsync.homeserver.body.Ids;
import io.github.matrixsync.homeserver.body.Json;
import io.github.matrixsync.homeserver.http.Call;
import io.github.matrixsync.homeserver.http.Router;
import io.github.matrixsync.homeserver.json.ArrayNode;
import io.github.matrixsync.homeserver.json.ObjectNode;
import io.github.matrixsync.homeserver.registration.Service;
import io.github.matrixsync.homeserver.room.Aliases;
import io.github.matrixsync.homeserver.room.Draft;
import io.github.matrixsync.homeserver.room.RoomState;
import io.github.matrixsync.homeserver.room.Rules;
import java.util.Optional;

/**
 * Room aliases.
 *
 * @since 0.1.0
 */
public final class DirectoryEndpoints {
  private final ServerParts server;

  public DirectoryEndpoints(ServerParts server) {
    this.server = server;
  }

  public void addTo(Router v1) {
    v1.add("GET", "directory/room/*", this::resolve);
    v1.add("PUT", "directory/room/*", this::add);
    v1.add("DELETE", "directory/room/*", this::remove);
  }

  private Answer resolve(Call call) {
    RoomAlias alias = Ids.id(call.segment(0), RoomAlias::parse);
    ObjectNode answer =
        Json.object().put("room_id", server.aliases().require(alias).value());
    answer.putArray("servers").add(server.name());
    return Answer.of(answer);
  }

  /**
   * Adds an alias. A user must be allowed to send {@code m.room.aliases}; an application service may add aliases of its
   * namespace.
   */
  private Answer add(Call call) {
    UserId user = call.requireUser();
    RoomAlias alias = server.aliases().parse(call.segment(0));
    RoomId room = Ids.id(Json.string(call.body(), "room_id"), RoomId::parse);
    Optional<Service> service = call.requester().service();
    RoomState state = server.rooms().require(room);
    synchronized (state) {
      server.services().requireMayBeNamed(alias, service);
      if (service.filter(its -> its.owns(alias)).isEmpty()) {
        new Rules(state).require(user, aliases(room));
      }
      server.aliases().add(alias, room, user);
      server.rooms().tell(state, user, aliases(room));
    }
    return Answer.EMPTY;
  }

  private Answer remove(Call call) {
    UserId user = call.requireUser();
    RoomAlias alias = server.aliases().parse(call.segment(0));
    RoomState state = server.rooms().require(server.aliases().require(alias));
    synchronized (state) {
      if (!server.aliases().require(alias).equals(state.id())) {
        throw ApiError.notFound("Room alias " + alias + " not found.");
      }
      requireMayRemove(call, alias, state);
      server.aliases().remove(alias);
      server.rooms().tell(state, user, aliases(state.id()));
      Aliases.withoutCanonical(state, alias)
          .ifPresent(draft -> server.rooms().tell(state, user, draft));
    }
    return Answer.EMPTY;
  }

  /** An alias may be removed by its creator, by the service that owns it, and by users with the power level for it. */
  private void requireMayRemove(Call call, RoomAlias alias, RoomState state) {
    UserId user = call.requireUser();
    Optional<Service> service = call.requester().service();
    server.services().requireMayBeNamed(alias, service);
    boolean isOwn = server.aliases().isBy(alias, user);
    if (service.isPresent() && (isOwn || service.get().owns(alias))) {
      return;
    }
    Rules rules = new Rules(state);
    rules.requireJoined(user);
    if (!isOwn) {
      rules.require(user, aliases(state.id()));
    }
  }

  private Draft aliases(RoomId room) {
    ObjectNode content = Json.object();
    ArrayNode names = content.putArray("aliases");
    server.aliases().of(room).forEach(alias -> names.add(alias.value()));
    return Draft.state("m.room.aliases", server.name(), Content.of(content));
  }
}
