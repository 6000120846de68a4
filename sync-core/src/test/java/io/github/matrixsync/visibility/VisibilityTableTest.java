package io.github.matrixsync.visibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.event.Membership;
import io.github.matrixsync.world.Report;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests every row of {@code who-sees-what.md} on an engine over the memory store: by id, in the stream, in pages, in
 * snapshots.
 */
class VisibilityTableTest {
  private static final WrittenTables TABLES = WrittenTables.read("who-sees-what.md");
  private static final Cells CELLS = new Cells(TABLES);

  static Stream<Case> cells() {
    return CELLS.all().stream().flatMap(cell -> Case.of(cell).stream());
  }

  @Test
  void tables_rowsAndCases_areCounted() {
    Map<String, Integer> rows = TABLES.rowsByTable();
    Map<String, Long> cases = new HashMap<>();
    cells().forEach(each -> cases.merge(each.cell().table(), 1L, Long::sum));
    Report.write(
        "who-sees-what",
        "who-sees-what.md: "
            + rows.values().stream().mapToInt(Integer::intValue).sum() + " rows " + rows + ", "
            + cells().count() + " cases by visibility and membership " + cases);

    assertThat(rows).hasSize(10).doesNotContainValue(0);
    assertThat(new HashSet<>(CELLS.all())).hasSameSizeAs(CELLS.all());
  }

  /** Each row of the tables decides at least one cell. */
  @Test
  void tables_everyRow_isTheAnswerToACell() {
    Set<Map<String, String>> used = new HashSet<>();
    CELLS.all().forEach(cell -> used.add(CELLS.row(cell)));

    for (String title :
        List.of(Cells.ORDINARY, Cells.CHANGE, Cells.OWN, Cells.SENT, Cells.BACKFILL, Cells.PEEK)) {
      assertThat(used).as(title).containsAll(TABLES.rows(title));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cells")
  void event_ofEveryCell_isSeenAsWritten(Case each) {
    String letter = CELLS.letter(each.cell());
    try (Stage stage = new Stage()) {
      int event = each.play(stage);
      switch (each.cell().table()) {
        case Cells.PEEK -> assertThat(stage.inPeek(event)).as("%s", each).isEqualTo(letter);
        case Cells.OWN -> checkOwn(each, stage, event, letter);
        case Cells.SENT -> check(each, stage, event, letter, letter);
        case Cells.BACKFILL -> check(each, stage, event, letter, "-");
        default -> {
          boolean due = each.cell().membership().equals("join");
          check(each, stage, event, letter, due ? letter : "-");
        }
      }
    }
  }

  private static void checkOwn(Case each, Stage stage, int event, String letter) {
    check(each, stage, event, letter, letter);
    assertThat(stage.ownInSnapshot(event))
        .as("%s", each)
        .isEqualTo(each.cell().membership().equals("knock") ? "-" : letter);
  }

  private static void check(Case each, Stage stage, int event, String letter, String due) {
    String inRoom = each.isReadable() ? letter : "-";
    boolean listedAsVisited =
        stage.membership().filter(now -> now != Membership.INVITE).isPresent();
    String inSnapshot = each.wasIn() && listedAsVisited ? letter : "-";
    assertThat(List.of(
            "by id " + stage.byId(event),
            "stream " + stage.inStream(event),
            "page " + stage.inPage(event),
            "snapshot " + stage.inSnapshot(event)))
        .as("%s", each)
        .containsExactly(
            "by id " + letter, "stream " + due, "page " + inRoom, "snapshot " + inSnapshot);
  }

  static Stream<Arguments> whoMayPeek() {
    return Cells.VISIBILITIES.stream()
        .flatMap(visibility ->
            Cells.STANDINGS.stream().map(membership -> Arguments.of(visibility, membership)));
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("whoMayPeek")
  void peek_byVisibilityAndMembershipNow_isAnsweredAsWritten(String visibility, String membership) {
    Map<String, String> row = TABLES.find("Who may peek", "visibility", visibility);
    try (Stage stage = new Stage()) {
      stage.setVisibility(visibility);
      stage.bringTo(membership);
      int event = stage.message(Stage.SENDER);

      assertThat(stage.inPeek(event))
          .isEqualTo(WrittenTables.cell(row, membership.equals("join") ? "join" : "other"));
    }
  }

  static Stream<Map<String, String>> intervals() {
    return TABLES.rows("Left and come back").stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("intervals")
  void event_whileTheViewerWasAway_isSeenAsWritten(Map<String, String> row) {
    String visibility = WrittenTables.cell(row, "visibility");
    try (Stage stage = new Stage()) {
      stage.setVisibility(visibility);
      stage.join();
      int in = stage.message(Stage.SENDER);
      stage.leave();
      int away = stage.message(Stage.SENDER);
      stage.member(Stage.SENDER, Stage.VIEWER, "invite");
      int invited = stage.message(Stage.SENDER);
      Map<String, String> seen = new HashMap<>(Map.of("visibility", visibility));
      seen.put("while in", stage.byId(in));
      seen.put("away, not back yet", stage.byId(away));
      seen.put("away and invited, not back yet", stage.byId(invited));
      stage.join();
      seen.put("away, back later", stage.byId(away));
      seen.put("away and invited, back later", stage.byId(invited));
      stage.leave();
      seen.put("after the last leave", stage.byId(stage.message(Stage.SENDER)));

      assertThat(seen).isEqualTo(row);
      assertThat(stage.byId(in)).isEqualTo("A");
      assertThat(stage.byId(away)).isEqualTo(row.get("away, back later"));
      assertThat(stage.inPage(away)).isEqualTo(row.get("away, back later"));
      assertThat(stage.inSnapshot(invited)).isEqualTo(row.get("away and invited, back later"));
    }
  }

  static Stream<Map<String, String>> departures() {
    return TABLES.rows("Rooms that were left").stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("departures")
  void room_afterEveryHistory_isShownAsWritten(Map<String, String> row) {
    try (LeftRoomStage play = new LeftRoomStage()) {
      play.act(Objects.requireNonNull(row.get("history")));

      assertThat(play.shown()).isEqualTo(row);
      assertThat(play.stateIsOfTheVisit()).isTrue();
    }
  }

  static Stream<Map<String, String>> keptBack() {
    return TABLES.rows("What is kept from the viewer").stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("keptBack")
  void event_keptFromTheViewer_isSeenAsWritten(Map<String, String> row) {
    String letter = WrittenTables.cell(row, "seen");
    try (LeftRoomStage play = new LeftRoomStage()) {
      int event = play.keepBack(WrittenTables.cell(row, "event"));

      assertThat(List.of(play.stage().byId(event), play.stage().inStream(event)))
          .containsOnly(letter);
    }
  }
}
