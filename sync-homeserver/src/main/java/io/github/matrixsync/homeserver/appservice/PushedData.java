package io.github.matrixsync.homeserver.appservice;

import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.homeserver.body.Json;
import io.github.matrixsync.homeserver.json.ArrayNode;
import io.github.matrixsync.homeserver.json.JsonNode;
import io.github.matrixsync.homeserver.json.ObjectNode;
import java.util.List;
import java.util.Optional;

/**
 * Writes the bodies of transactions. Pure.
 *
 * <p>Room events have their fields in the places of today and in those of v1, so that old and new bridges read them.
 * Typing, receipts and presence are there, under two names, if the service asks for them. The engine's stream has them
 * for the rooms of interest to the service, and no to-device messages, device lists or key counts.
 *
 * <p>Source: {@code PUT /_matrix/app/v1/transactions/{txnId}} of the Application Service API v1.13; MSC2409.
 */
final class PushedData {
  private static final String PRESENCE = "m.presence";

  /** What the events of v1 have at the top level, those of today in {@code unsigned}. */
  private static final List<String> UNSIGNED =
      List.of("age", "replaces_state", "prev_content", "redacted_because", "invite_room_state");

  private PushedData() {}

  /**
   * Returns the body of a transaction; empty if nothing is to be sent.
   *
   * @param chunk what a stream had, in the form {@code R0_WITH_USER_ID}
   */
  static Optional<RawJson> body(List<ClientEvent> chunk, boolean withEphemeral) {
    ObjectNode body = Json.object();
    ArrayNode events = body.putArray("events");
    ArrayNode ephemeral = Json.array();
    for (ClientEvent entry : chunk) {
      if (entry.id().isPresent()) {
        events.addRaw(event(entry));
      } else if (withEphemeral) {
        ephemeral.addRaw(ephemeral(entry));
      }
    }
    if (!ephemeral.isEmpty()) {
      body.set("ephemeral", ephemeral).set("de.sorunome.msc2409.ephemeral", ephemeral);
    }
    return events.isEmpty() && ephemeral.isEmpty()
        ? Optional.empty()
        : Optional.of(Json.write(body));
  }

  private static RawJson event(ClientEvent event) {
    JsonNode unsigned = Json.read(event.json()).path("unsigned");
    ObjectNode more = Json.object();
    UNSIGNED.forEach(name -> more.set(name, unsigned.path(name)));
    return with(event.json(), more);
  }

  /** Presence of v1 has its user in the content alone. */
  private static RawJson ephemeral(ClientEvent entry) {
    ObjectNode more = Json.object();
    if (entry.type().equals(PRESENCE)) {
      more.set("sender", Json.read(entry.content()).path("user_id"));
    }
    return with(entry.json(), more);
  }

  /** Adds members to an object, whose own stay as they are. */
  private static RawJson with(RawJson object, ObjectNode more) {
    if (more.isEmpty()) {
      return object;
    }
    String text = object.toString();
    return RawJson.of(
        text.substring(0, text.length() - 1) + "," + more.toString().substring(1));
  }
}
