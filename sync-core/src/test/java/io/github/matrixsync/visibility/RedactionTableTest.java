package io.github.matrixsync.visibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.domain.Erasure;
import io.github.matrixsync.domain.EventForm;
import io.github.matrixsync.domain.RoomEvents;
import io.github.matrixsync.domain.RoomView;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.rest.Json;
import io.github.matrixsync.store.EventKind;
import io.github.matrixsync.store.Redaction;
import io.github.matrixsync.store.StoredEvent;
import io.github.matrixsync.store.Timelines;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every row of {@code what-a-redaction-leaves.md} as a case, in every place where a pruned event is shown. */
class RedactionTableTest {
  private static final WrittenTables TABLES = WrittenTables.read("what-a-redaction-leaves.md");
  private static final List<String> NEVER_KEPT = List.of(
      "join_authorised_via_users_server",
      "third_party_invite",
      "allow",
      "invite",
      "room_version",
      "m.federate",
      "notifications",
      "displayname",
      "avatar_url",
      "redacts",
      "reason",
      "body",
      "name",
      "topic",
      "signed",
      "custom");

  /** Where a pruned event is shown. */
  private enum Place {
    REDACTED,
    ERASED,
    REPLACED,
    REDACTION
  }

  private record Case(Map<String, String> row, EventForm form, Place place) {
    @Override
    public String toString() {
      return row + " " + form + " " + place;
    }
  }

  private static Stream<Case> cases(String table, Set<Place> places) {
    return TABLES.rows(table).stream()
        .flatMap(row -> Stream.of(EventForm.values())
            .flatMap(form -> places.stream().map(place -> new Case(row, form, place))));
  }

  static Stream<Case> contents() {
    return cases("Content", Set.of(Place.values()));
  }

  static Stream<Case> fields() {
    return cases("Beside the content", Set.of(Place.REDACTED, Place.ERASED, Place.REDACTION));
  }

  @Test
  void tables_rowsAndCases_areCounted() {
    System.out.println("what-a-redaction-leaves.md: rows " + TABLES.rowsByTable() + ", "
        + (contents().count() + fields().count()) + " cases");

    assertThat(TABLES.rowsByTable()).hasSize(2).doesNotContainValue(0);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("contents")
  void content_prunedEventOfEveryType_keepsWhatIsWritten(Case each) {
    RoomEvent event = event(WrittenTables.cell(each.row(), "type"));

    Map<String, @Nullable Object> content = content(event, each);

    String kept = WrittenTables.cell(each.row(), "keys that stay");
    assertThat(content.keySet())
        .as("%s", each)
        .isEqualTo(kept.equals("-") ? Set.of() : Set.of(kept.split(", ")));
    content.forEach(
        (key, value) -> assertThat(value).as("%s of %s", key, each).isEqualTo(value(key)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("fields")
  void field_ofAPrunedEvent_standsWhereIsWritten(Case each) {
    Set<String> expected = TABLES.rows("Beside the content").stream()
        .map(row -> WrittenTables.cell(row, each.form().name()))
        .filter(place -> !place.equals("-"))
        .collect(Collectors.toCollection(TreeSet::new));
    String field = WrittenTables.cell(each.row(), "field");

    Set<String> shown = places(pruned(event(RoomEvent.MEMBER), each));

    String place = WrittenTables.cell(each.row(), each.form().name());
    assertThat(shown).as("%s", each).isEqualTo(expected);
    assertThat(shown.contains(field)).as("%s", each).isEqualTo(place.equals(field));
  }

  /** Returns the places of the fields beside the content, with those of {@code unsigned} one by one; less what comes of other events. */
  private static Set<String> places(Map<String, @Nullable Object> event) {
    Set<String> places = new TreeSet<>(event.keySet());
    if (places.remove("unsigned")) {
      Json.object(event, "unsigned").keySet().forEach(key -> places.add("unsigned." + key));
    }
    places.removeAll(Set.of("content", "redacted_because", "unsigned.redacted_because"));
    return places;
  }

  private static Map<String, @Nullable Object> content(RoomEvent event, Case each) {
    if (each.place() == Place.REPLACED) {
      RoomEvent newer = event("m.room.name", 2);
      StoredEvent replaced = stored(event, Optional.of(redaction()));
      StoredEvent shown = replacing(newer, event);
      return Json.object(
          computed(encode(each.form(), shown, Optional.of(replaced)), each), "prev_content");
    }
    return Json.object(pruned(event, each), "content");
  }

  private static Map<String, @Nullable Object> pruned(RoomEvent event, Case each) {
    return switch (each.place()) {
      case REDACTED ->
        encode(each.form(), stored(event, Optional.of(redaction())), Optional.empty());
      case ERASED -> {
        RoomView view = RoomView.of(Scribe.user("viewer"), Timelines.EMPTY, 9);
        Erasure.Shown shown = Erasure.of(Set.of(event.sender()))
            .show(stored(event, Optional.empty()), Optional.empty(), view);
        yield encode(each.form(), shown.event(), shown.replaced());
      }
      default -> {
        StoredEvent target =
            stored(event("m.room.name", 2), Optional.of(new Redaction(event, true)));
        yield Json.object(
            computed(encode(each.form(), target, Optional.empty()), each), "redacted_because");
      }
    };
  }

  private static Map<String, @Nullable Object> computed(
      Map<String, @Nullable Object> event, Case each) {
    return each.form() == EventForm.R0 ? Json.object(event, "unsigned") : event;
  }

  private static Map<String, @Nullable Object> encode(
      EventForm form, StoredEvent event, Optional<StoredEvent> replaced) {
    return Json.object(form.encode(event, replaced).json(Scribe.NOW).toByteArray());
  }

  private static Redaction redaction() {
    return new Redaction(event("m.room.redaction", 3), false);
  }

  private static StoredEvent stored(RoomEvent event, Optional<Redaction> redaction) {
    return new StoredEvent(
        event,
        EventKind.LIVE,
        1,
        1,
        Optional.empty(),
        List.of(),
        Optional.empty(),
        false,
        redaction);
  }

  private static StoredEvent replacing(RoomEvent event, RoomEvent old) {
    return new StoredEvent(
        event,
        EventKind.LIVE,
        2,
        2,
        Optional.of(old.id()),
        List.of(),
        Optional.empty(),
        false,
        Optional.empty());
  }

  private static RoomEvent event(String type) {
    return event(type, 1);
  }

  /** Returns an event with every field that there is, and in its content every key that any type keeps, and more. */
  private static RoomEvent event(String type, int id) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("event_id", "\"" + Scribe.event(id) + "\"");
    fields.put("room_id", "\"!r:h\"");
    fields.put("sender", "\"@sender:h\"");
    fields.put("type", "\"" + type + "\"");
    fields.put("state_key", type.equals(RoomEvent.MEMBER) ? "\"@sender:h\"" : "\"\"");
    fields.put("origin_server_ts", "1");
    fields.put("depth", "1");
    fields.put("membership", "\"join\"");
    fields.put("redacts", "\"$9:h\"");
    for (String other : List.of(
        "invite_room_state",
        "custom",
        "prev_state",
        "origin",
        "hashes",
        "signatures",
        "prev_events",
        "auth_events")) {
      fields.put(other, "[1]");
    }
    fields.put(
        "unsigned",
        "{\"age_ts\":1,\"transaction_id\":\"t\",\"custom\":1,\"invite_room_state\":[1]}");
    fields.put("content", object(contentOfAll()));
    return RoomEvents.parse(RawJson.of(object(fields)), Scribe.NOW);
  }

  private static Map<String, String> contentOfAll() {
    List<String> keys = new ArrayList<>(NEVER_KEPT);
    TABLES.rows("Content").stream()
        .map(row -> WrittenTables.cell(row, "keys that stay"))
        .filter(kept -> !kept.equals("-"))
        .forEach(kept -> keys.addAll(List.of(kept.split(", "))));
    Map<String, String> content = new TreeMap<>();
    keys.forEach(key -> content.put(key, "\"" + value(key) + "\""));
    return content;
  }

  private static String value(String key) {
    return switch (key) {
      case "membership" -> "join";
      case "history_visibility" -> "joined";
      default -> "value of " + key;
    };
  }

  private static String object(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(field -> "\"" + field.getKey() + "\":" + field.getValue())
        .collect(Collectors.joining(",", "{", "}"));
  }
}
