package io.github.matrixsync.domain;

import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomEvent;
import java.util.Set;

/**
 * Takes away of an event what a redaction takes in a room of its version ({@link Survivors}). Of a key that is there
 * twice the last stays, which is the one that readers go by. Pure.
 */
final class Pruning {
  private static final String THIRD_PARTY_INVITE = "third_party_invite";
  private static final String SIGNED = "signed";

  private Pruning() {}

  /** Returns {@code event} as if its JSON had never had more than a redaction leaves. */
  static RoomEvent prune(RoomEvent event) {
    HostFields left = HostFields.of(event, true);
    JsonWriter<?> out = new JsonWriter<>(event.json().length());
    left.writeContent(out.open().key("content"));
    left.writeRest(out);
    RoomEvent.Builder pruned = withJson(event, RawJson.of(out.close().bytes()));
    if (Survivors.in(event.roomVersion()).keepTarget()) {
      event.redacts().ifPresent(pruned::redacts);
    }
    return pruned.build();
  }

  /** Returns the envelope of {@code event}, but for what it redacts, with other JSON. */
  static RoomEvent.Builder withJson(RoomEvent event, RawJson json) {
    RoomEvent.Builder copy = RoomEvent.builder(
            event.id(), event.room(), event.sender(), event.type())
        .originServerTs(event.originServerTs())
        .json(json);
    event.stateKey().ifPresent(copy::stateKey);
    event.depth().ifPresent(copy::depth);
    event.membership().ifPresent(copy::membership);
    event.historyVisibility().ifPresent(copy::historyVisibility);
    event.ageSince().ifPresent(copy::ageSince);
    event.roomVersion().ifPresent(copy::roomVersion);
    return copy;
  }

  /** Writes what stays of {@code content}, which is an object, in an event of this type: an object. */
  static void writeContent(Survivors survivors, String type, JsonField content, JsonWriter<?> out) {
    if (survivors.keepAll(type)) {
      out.value(content);
      return;
    }
    Set<String> kept = survivors.keys(type);
    boolean signedInvite = survivors.keepSignedInvite(type);
    out.open();
    if (!kept.isEmpty()) {
      content.fields().forEach((name, field) -> {
        if (kept.contains(name)) {
          out.field(field);
        } else if (signedInvite && name.equals(THIRD_PARTY_INVITE) && field.isObject()) {
          writeSigned(field, out.key(THIRD_PARTY_INVITE));
        }
      });
    }
    out.close();
  }

  private static void writeSigned(JsonField invite, JsonWriter<?> out) {
    out.open();
    JsonField signed = invite.fields().get(SIGNED);
    if (signed != null) {
      out.field(signed);
    }
    out.close();
  }
}
