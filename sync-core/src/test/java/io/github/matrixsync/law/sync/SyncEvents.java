package io.github.matrixsync.law.sync;

import io.github.matrixsync.domain.event.RoomEvents;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.HistoryVisibility;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.store.model.Append;
import io.github.matrixsync.store.state.StateEntry;
import io.github.matrixsync.world.World;
import java.util.List;
import java.util.Optional;

/** Converts logged events to events that a host appends. Each has its id in its content. */
final class SyncEvents {
  /** The key in contents whose value is the event's id. */
  static final String NOTE = "note";

  private SyncEvents() {}

  /**
   * Returns the event in the form in which the host appends it; if the log has a gap before it, events are marked as
   * missing.
   */
  static Append append(LoggedEvent logged, SyncLog log) {
    RoomEvent event = RoomEvents.parse(RawJson.of(json(logged)), World.NOW);
    return switch (logged.how()) {
      case LIVE -> {
        Append live = Append.live(event, entries(logged));
        yield log.gaps.contains(logged.id()) ? live.afterGap() : live;
      }
      case OUTLIER -> Append.outlier(event);
      case BACKFILL ->
        Append.backfill(
            event, Optional.ofNullable(logged.visibility()).map(HistoryVisibility::parse));
    };
  }

  private static List<StateEntry> entries(LoggedEvent logged) {
    return logged.sets().stream()
        .map(entry -> new StateEntry(
            entry.type(), entry.stateKey(), Optional.ofNullable(entry.event()).map(EventId::parse)))
        .toList();
  }

  private static String json(LoggedEvent event) {
    String redacts = event.redacts() == null ? "" : "\"redacts\":\"" + event.redacts() + "\",";
    return "{\"event_id\":\"" + event.id() + "\",\"room_id\":\"" + event.room() + "\",\"sender\":\""
        + event.sender() + "\",\"type\":\"" + event.type() + "\",\"depth\":" + event.depth() + ","
        + (event.stateKey() == null ? "" : "\"state_key\":\"" + event.stateKey() + "\",")
        + redacts + "\"origin_server_ts\":1,\"content\":{" + redacts + value(event) + "\"" + NOTE
        + "\":\"" + event.id() + "\"}}";
  }

  private static String value(LoggedEvent event) {
    String key = switch (event.type()) {
      case LoggedEvent.MEMBER -> "membership";
      case LoggedEvent.VISIBILITY -> "history_visibility";
      case "m.room.name" -> "name";
      case "m.room.canonical_alias" -> "alias";
      default -> "";
    };
    return key.isEmpty() ? "" : "\"" + key + "\":\"" + event.value() + "\",";
  }
}
