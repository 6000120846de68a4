package io.github.matrixsync.homeserver.endpoint;

import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.homeserver.body.Answer;
import io.github.matrixsync.homeserver.body.Content;
import io.github.matrixsync.homeserver.body.Json;
import io.github.matrixsync.homeserver.http.Call;
import io.github.matrixsync.homeserver.http.Router;
import io.github.matrixsync.homeserver.json.ObjectNode;
import io.github.matrixsync.homeserver.people.Stages;
import io.github.matrixsync.homeserver.room.Draft;
import io.github.matrixsync.store.ephemeral.PresenceState;
import java.util.Optional;

/**
 * Deactivates an account: its user leaves all rooms, nobody can log in or take the name, and, if the request asks for
 * erasure, the user's events are redacted for everybody who was not in the room at the time.
 *
 * @since 0.1.0
 */
public final class Deactivation {
  private final ServerParts server;

  public Deactivation(ServerParts server) {
    this.server = server;
  }

  public void addTo(Router router) {
    router.add("POST", "account/deactivate", this::deactivate);
  }

  private Answer deactivate(Call call) {
    return Stages.withPassword(call, server.accounts(), () -> {
      UserId user = call.requireUser();
      boolean erase = Json.flag(call.body(), "erase");
      server.accounts().deactivate(user);
      server.sessions().deleteAll(user);
      leaveAll(user);
      if (erase) {
        server.settings().erase(user);
      }
      return Answer.EMPTY;
    });
  }

  private void leaveAll(UserId user) {
    ObjectNode content = Json.object().put("membership", Membership.LEAVE.value());
    for (RoomId room : server.rooms().withMember(user)) {
      server.rooms().send(room, user, Draft.member(user, Content.of(content)));
      server.typing().stop(room, user);
    }
    server.presences().set(user, PresenceState.OFFLINE, Optional.empty());
  }
}
