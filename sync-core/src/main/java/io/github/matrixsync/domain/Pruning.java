package io.github.matrixsync.domain;

import static java.util.Map.entry;

import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomEvent;
import java.util.Map;
import java.util.Set;

/**
 * What a redaction leaves of an event's content, in the rooms of 2015 (room versions 1 to 5): a few keys of a few types, with whatever value they have. Of a key that is there twice the last stays, which is the one that
 * readers go by. Pure.
 *
 * <p>Source: the specification's section "Redactions".
 */
final class Pruning {
  private static final Map<String, Set<String>> KEPT = Map.ofEntries(
      entry(RoomEvent.MEMBER, Set.of("membership")),
      entry("m.room.create", Set.of("creator")),
      entry("m.room.join_rules", Set.of("join_rule")),
      entry(
          "m.room.power_levels",
          Set.of(
              "users",
              "users_default",
              "events",
              "events_default",
              "state_default",
              "ban",
              "kick",
              "redact")),
      entry("m.room.aliases", Set.of("aliases")),
      entry(RoomEvent.HISTORY_VISIBILITY, Set.of("history_visibility")));

  private Pruning() {}

  /** Returns {@code event} as if its JSON had never had more than a redaction leaves. */
  static RoomEvent prune(RoomEvent event) {
    HostFields left = HostFields.of(event, true);
    EventBuffer out = new EventBuffer(event.json().length());
    left.writeContent(out.open().key("content"));
    left.writeRest(out);
    RoomEvent.Builder pruned = RoomEvent.builder(
            event.id(), event.room(), event.sender(), event.type())
        .originServerTs(event.originServerTs())
        .json(RawJson.of(out.close().bytes()));
    event.stateKey().ifPresent(pruned::stateKey);
    event.depth().ifPresent(pruned::depth);
    event.membership().ifPresent(pruned::membership);
    event.historyVisibility().ifPresent(pruned::historyVisibility);
    event.ageSince().ifPresent(pruned::ageSince);
    return pruned.build();
  }

  /** Writes what stays of {@code content}, which is an object, in an event of this type: an object. */
  static void writeContent(String type, JsonField content, EventBuffer out) {
    Set<String> kept = KEPT.getOrDefault(type, Set.of());
    out.open();
    if (!kept.isEmpty()) {
      content.fields().forEach((name, field) -> {
        if (kept.contains(name)) {
          out.field(field);
        }
      });
    }
    out.close();
  }
}
