package io.github.matrixsync.visibility;

import io.github.matrixsync.domain.appservice.ServiceNamespaces;
import io.github.matrixsync.domain.event.RoomEvents;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.HistoryVisibility;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.model.Append;
import io.github.matrixsync.store.state.StateEntry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Converts facts to events that a host appends. Each event has a mark in its content and one outside of it, which
 * identify it wherever a client sees a part of it.
 */
final class EventWriter {
  static final Instant NOW = Instant.ofEpochMilli(1_443_000_000_000L);

  private EventWriter() {}

  static EventId event(int id) {
    return EventId.parse("$" + id + ":h");
  }

  static UserId user(String name) {
    return UserId.parse("@" + name + ":h");
  }

  static RoomId room(String name) {
    return RoomId.parse("!" + name + ":h");
  }

  /** Returns the namespaces of a service. A room's alias is its name. */
  static ServiceNamespaces namespaces(ServiceSpecOracle service) {
    return ServiceNamespaces.of(
        patterns("@", service.users()),
        patterns("!", service.byId()),
        patterns("#", service.byAlias()));
  }

  private static List<Pattern> patterns(String sigil, Set<String> names) {
    return names.stream().map(name -> Pattern.compile(sigil + name + ":")).toList();
  }

  static Append append(Fact fact) {
    RoomEvent event = RoomEvents.parse(RawJson.of(json(fact)), NOW);
    return switch (fact.how()) {
      case "live" ->
        Append.live(event, fact.sets().stream().map(EventWriter::entry).toList());
      case "outlier" -> Append.outlier(event);
      default ->
        Append.backfill(event, Optional.ofNullable(fact.there()).map(HistoryVisibility::parse));
    };
  }

  private static StateEntry entry(Fact.Entry entry) {
    return new StateEntry(
        entry.type(),
        key(entry.type(), entry.stateKey()),
        Optional.ofNullable(entry.event()).map(EventWriter::event));
  }

  private static String key(String type, String stateKey) {
    return type.equals(Fact.MEMBER) ? user(stateKey).value() : stateKey;
  }

  private static String json(Fact fact) {
    StringBuilder json = new StringBuilder("{\"event_id\":\"")
        .append(event(fact.id()))
        .append("\",\"room_id\":\"")
        .append(room(fact.room()))
        .append("\",\"sender\":\"")
        .append(user(fact.sender()))
        .append("\",\"type\":\"")
        .append(fact.type())
        .append("\",\"depth\":")
        .append(fact.depth())
        .append(",\"origin_server_ts\":1,\"age_ts\":")
        .append(NOW.toEpochMilli())
        .append(",\"beside\":\"beside-")
        .append(fact.id())
        .append("\",\"content\":{")
        .append(value(fact))
        .append(fact.redacts() == null ? "" : "\"redacts\":\"" + event(fact.redacts()) + "\",")
        .append("\"note\":\"within-")
        .append(fact.id())
        .append("\"}");
    String stateKey = fact.stateKey();
    if (stateKey != null) {
      json.append(",\"state_key\":\"").append(key(fact.type(), stateKey)).append('"');
    }
    Integer target = fact.redacts();
    if (target != null) {
      json.append(",\"redacts\":\"").append(event(target)).append('"');
    }
    return json.append('}').toString();
  }

  private static String value(Fact fact) {
    @Nullable String key = switch (fact.type()) {
      case Fact.MEMBER -> "membership";
      case Fact.VISIBILITY -> "history_visibility";
      default -> null;
    };
    if (key == null || fact.says().equals("keyless")) {
      return "";
    }
    return "\"" + key + "\":" + (fact.says().equals("no string") ? "7" : "\"" + fact.says() + "\"")
        + ",";
  }

  /** Returns the number of an event. */
  static int number(EventId id) {
    return Integer.parseInt(id.value().substring(1, id.value().indexOf(':')));
  }

  static List<Append> appends(List<Fact> facts) {
    return facts.stream().map(EventWriter::append).toList();
  }
}
