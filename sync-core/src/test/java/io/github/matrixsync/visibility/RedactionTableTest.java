package io.github.matrixsync.visibility;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.domain.event.EventForm;
import io.github.matrixsync.domain.event.JsonTree;
import io.github.matrixsync.domain.event.RoomEvents;
import io.github.matrixsync.domain.visibility.Erasure;
import io.github.matrixsync.domain.visibility.RoomView;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomVersion;
import io.github.matrixsync.internal.encoding.EncodedEvent;
import io.github.matrixsync.store.model.EventKind;
import io.github.matrixsync.store.model.Redaction;
import io.github.matrixsync.store.model.StoredEvent;
import io.github.matrixsync.store.state.Timelines;
import io.github.matrixsync.world.Report;
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
  private static final String NOT_GIVEN = "not given";
  private static final String ALL = "all";
  private static final String TARGET = "$9:h";
  private static final List<String> NEVER_KEPT = List.of(
      "room_version",
      "federate",
      "notifications",
      "displayname",
      "avatar_url",
      "reason",
      "body",
      "name",
      "topic",
      "signed",
      "custom");

  /** The places that show a pruned event. */
  private enum Place {
    REDACTED,
    ERASED,
    REPLACED,
    REDACTION
  }

  private record Case(Map<String, String> row, String version, EventForm form, Place place) {
    /** Returns the keys that the table keeps. */
    String kept() {
      String column = row.keySet().stream()
          .filter(versions -> List.of(versions.split(", ")).contains(version))
          .findFirst()
          .orElseThrow();
      return WrittenTables.cell(row, column);
    }

    @Override
    public String toString() {
      return row.values().iterator().next() + " in " + version + ", " + form + " " + place;
    }
  }

  private static Stream<Case> cases(String table, Set<Place> places) {
    return TABLES.rows(table).stream()
        .flatMap(row -> versions()
            .flatMap(version -> Stream.of(EventForm.values())
                .filter(form -> form != EventForm.FEDERATION)
                .flatMap(
                    form -> places.stream().map(place -> new Case(row, version, form, place)))));
  }

  /** Returns all versions that the columns name. */
  private static Stream<String> versions() {
    return TABLES.rows("Content").get(0).keySet().stream()
        .skip(1)
        .flatMap(column -> Stream.of(column.split(", ")));
  }

  static Stream<Case> contents() {
    return cases("Content", Set.of(Place.values()));
  }

  static Stream<Case> fields() {
    return cases("Beside the content", Set.of(Place.REDACTED, Place.ERASED, Place.REDACTION));
  }

  @Test
  void tables_rowsAndCases_areCounted() {
    Report.write(
        "what-a-redaction-leaves",
        "what-a-redaction-leaves.md: rows " + TABLES.rowsByTable() + ", "
            + (contents().count() + fields().count()) + " cases");

    assertThat(TABLES.rowsByTable()).hasSize(2).doesNotContainValue(0);
    assertThat(versions()).hasSize(RoomVersion.NEWEST_RULES + 2);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("contents")
  void content_prunedEventOfEveryType_keepsWhatIsWritten(Case each) {
    RoomEvent event = event(WrittenTables.cell(each.row(), "type"), 1, each.version());

    Map<String, @Nullable Object> content = content(event, each);

    Map<String, @Nullable Object> all = JsonTree.object(object(contentOfAll()).getBytes(UTF_8));
    assertThat(content).as("%s", each).isEqualTo(left(all, each.kept()));
  }

  private static Map<String, @Nullable Object> left(
      Map<String, @Nullable Object> content, String kept) {
    if (kept.equals(ALL)) {
      return content;
    }
    Map<String, @Nullable Object> left = new TreeMap<>();
    for (String path : kept.equals("-") ? new String[0] : kept.split(", ")) {
      String[] keys = path.split("\\.", 2);
      left.put(
          keys[0],
          keys.length == 1 ? content.get(path) : left(JsonTree.object(content, keys[0]), keys[1]));
    }
    return left;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("fields")
  void field_ofAPrunedEvent_standsWhereIsWritten(Case each) {
    Set<String> expected = TABLES.rows("Beside the content").stream()
        .filter(row -> isIn(row, each.version()))
        .map(row -> WrittenTables.cell(row, each.form().name()))
        .filter(place -> !place.equals("-"))
        .collect(Collectors.toCollection(TreeSet::new));
    String field = WrittenTables.cell(each.row(), "field");

    Set<String> shown = places(pruned(event(RoomEvent.MEMBER, 1, each.version()), each));

    String place = WrittenTables.cell(each.row(), each.form().name());
    assertThat(shown).as("%s", each).isEqualTo(expected);
    assertThat(shown.contains(field))
        .as("%s", each)
        .isEqualTo(place.equals(field) && isIn(each.row(), each.version()));
  }

  private static boolean isIn(Map<String, String> row, String version) {
    String versions = WrittenTables.cell(row, "versions");
    return versions.equals("any") || List.of(versions.split(", ")).contains(version);
  }

  /** Returns the paths of all fields outside {@code content}, except those that show other events. */
  private static Set<String> places(Map<String, @Nullable Object> event) {
    Set<String> places = new TreeSet<>(event.keySet());
    if (places.remove("unsigned")) {
      JsonTree.object(event, "unsigned").keySet().forEach(key -> places.add("unsigned." + key));
    }
    places.removeAll(Set.of("content", "redacted_because", "unsigned.redacted_because"));
    return places;
  }

  private static Map<String, @Nullable Object> content(RoomEvent event, Case each) {
    if (each.place() == Place.REPLACED) {
      RoomEvent newer = event("m.room.name", 2, NOT_GIVEN);
      StoredEvent replaced = stored(event, Optional.of(redaction()));
      StoredEvent shown = replacing(newer, event);
      return JsonTree.object(
          computed(encode(each.form(), shown, Optional.of(replaced)), each), "prev_content");
    }
    return JsonTree.object(pruned(event, each), "content");
  }

  private static Map<String, @Nullable Object> pruned(RoomEvent event, Case each) {
    return switch (each.place()) {
      case REDACTED ->
        encode(each.form(), stored(event, Optional.of(redaction())), Optional.empty());
      case ERASED -> {
        RoomView view = RoomView.of(EventWriter.user("viewer"), Timelines.EMPTY, 9);
        Erasure.Shown shown = Erasure.of(Set.of(event.sender()))
            .show(stored(event, Optional.empty()), Optional.empty(), view);
        yield encode(each.form(), shown.event(), shown.replaced());
      }
      default -> {
        StoredEvent target =
            stored(event("m.room.name", 2, NOT_GIVEN), Optional.of(new Redaction(event, true)));
        yield JsonTree.object(
            computed(encode(each.form(), target, Optional.empty()), each), "redacted_because");
      }
    };
  }

  private static Map<String, @Nullable Object> computed(
      Map<String, @Nullable Object> event, Case each) {
    return each.form() != EventForm.V1 ? JsonTree.object(event, "unsigned") : event;
  }

  private static Map<String, @Nullable Object> encode(
      EventForm form, StoredEvent event, Optional<StoredEvent> replaced) {
    return JsonTree.object(
        EncodedEvent.of(form, event, replaced).json(EventWriter.NOW).toByteArray());
  }

  private static Redaction redaction() {
    return new Redaction(event("m.room.redaction", 3, NOT_GIVEN), false);
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

  /** Returns an event with every top-level field, whose content has every key that any type keeps, and others. */
  private static RoomEvent event(String type, int id, String version) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("event_id", "\"" + EventWriter.event(id) + "\"");
    fields.put("room_id", "\"!r:h\"");
    fields.put("sender", "\"@sender:h\"");
    fields.put("type", "\"" + type + "\"");
    fields.put("state_key", type.equals(RoomEvent.MEMBER) ? "\"@sender:h\"" : "\"\"");
    fields.put("origin_server_ts", "1");
    fields.put("depth", "1");
    fields.put("membership", "\"join\"");
    fields.put("redacts", "\"" + TARGET + "\"");
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
    RawJson json = RawJson.of(object(fields));
    return version.equals(NOT_GIVEN)
        ? RoomEvents.parse(json, EventWriter.NOW)
        : RoomEvents.parse(json, RoomVersion.of(version), EventWriter.NOW);
  }

  private static Map<String, String> contentOfAll() {
    List<String> keys = new ArrayList<>(NEVER_KEPT);
    for (Map<String, String> row : TABLES.rows("Content")) {
      row.values().stream()
          .skip(1)
          .flatMap(kept -> Stream.of(kept.split(", ")))
          .filter(kept -> !kept.equals("-") && !kept.equals(ALL))
          .forEach(keys::add);
    }
    Map<String, String> content = new TreeMap<>();
    keys.forEach(key -> {
      String[] path = key.split("\\.", 2);
      content.put(
          path[0],
          path.length == 1
              ? "\"" + value(key) + "\""
              : "{\"display_name\":\"dn\",\"" + path[1] + "\":{\"mxid\":1}}");
    });
    return content;
  }

  private static String value(String key) {
    return switch (key) {
      case "membership" -> "join";
      case "history_visibility" -> "joined";
      case "redacts" -> TARGET;
      default -> "value of " + key;
    };
  }

  private static String object(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(field -> "\"" + field.getKey() + "\":" + field.getValue())
        .collect(Collectors.joining(",", "{", "}"));
  }
}
