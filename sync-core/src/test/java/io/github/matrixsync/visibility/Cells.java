package io.github.matrixsync.visibility;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** All cells of the tables by visibility and membership, with their letters. Immutable. */
final class Cells {
  static final String ORDINARY = "Ordinary events";
  static final String CHANGE = "Changes of the visibility";
  static final String OWN = "The viewer's own membership";
  static final String SENT = "What the viewer sent";
  static final String BACKFILL = "Backfill";
  static final String PEEK = "Peeks";

  static final List<String> SAID = List.of(
      "world_readable", "shared", "invited", "joined", "keyless", "no string", "unrecognised");
  static final List<String> MEMBERSHIPS = List.of("join", "invite", "knock", "leave", "ban");
  static final List<String> VISIBILITIES = with("unset", SAID);
  static final List<String> STANDINGS = with("none", MEMBERSHIPS);
  private static final List<String> LATER = List.of("N", "K");

  private final WrittenTables tables;

  Cells(WrittenTables tables) {
    this.tables = tables;
  }

  private static List<String> with(String first, List<String> others) {
    List<String> all = new ArrayList<>(List.of(first));
    all.addAll(others);
    return List.copyOf(all);
  }

  /** Returns the row that decides a cell. */
  Map<String, String> row(Cell cell) {
    String table = cell.table();
    return switch (table) {
      case ORDINARY ->
        tables.find(table, "visibility", cell.visibility(), "membership", cell.membership());
      case CHANGE, PEEK ->
        tables.find(table, "before", read(cell.before()), "after", read(cell.visibility()));
      case OWN -> tables.find(table, "from", cell.before(), "to", cell.membership());
      case SENT -> tables.find(table, "membership", cell.membership());
      case BACKFILL -> tables.find(table, "visibility", cell.visibility());
      default -> throw new IllegalArgumentException(table);
    };
  }

  /** Returns the letter of a cell: {@code A}, {@code P} or {@code -}. */
  String letter(Cell cell) {
    String letter = WrittenTables.cell(row(cell), column(cell));
    boolean prunes = cell.table().equals(CHANGE) && cell.erased();
    return prunes && letter.equals("A") && !cell.membership().equals("join") ? "P" : letter;
  }

  private static String column(Cell cell) {
    return switch (cell.table()) {
      case CHANGE ->
        switch (cell.membership()) {
          case "join" -> "join";
          case "invite" -> cell.later() + " invite";
          default -> cell.later() + " other";
        };
      case PEEK -> cell.membership().equals("join") ? "join" : "other";
      case OWN, SENT -> cell.erased() ? "erased" : "sent";
      default -> (cell.erased() ? "erased " : "") + cell.later();
    };
  }

  private static String read(String visibility) {
    return switch (visibility) {
      case "world_readable", "invited", "joined" -> visibility;
      default -> "shared";
    };
  }

  List<Cell> all() {
    List<Cell> all = new ArrayList<>();
    for (boolean erased : new boolean[] {false, true}) {
      for (String visibility : VISIBILITIES) {
        for (String membership : STANDINGS) {
          LATER.forEach(
              later -> all.add(new Cell(ORDINARY, "", visibility, membership, later, erased)));
          all.add(new Cell(SENT, "", visibility, membership, "", erased));
        }
      }
      addChanges(all, erased);
      addOwn(all, erased);
      for (String visibility :
          List.of("world_readable", "shared", "invited", "joined", "unknown")) {
        LATER.forEach(later -> all.add(new Cell(BACKFILL, "", visibility, "", later, erased)));
      }
    }
    for (String before : VISIBILITIES) {
      for (String visibility : VISIBILITIES) {
        if (before.equals(visibility) || !visibility.equals("unset")) {
          STANDINGS.forEach(
              membership -> all.add(new Cell(PEEK, before, visibility, membership, "", false)));
        }
      }
    }
    return List.copyOf(all);
  }

  private static void addChanges(List<Cell> all, boolean erased) {
    for (String before : VISIBILITIES) {
      for (String after : SAID) {
        for (String membership : STANDINGS) {
          LATER.forEach(
              later -> all.add(new Cell(CHANGE, before, after, membership, later, erased)));
        }
      }
    }
  }

  private static void addOwn(List<Cell> all, boolean erased) {
    for (String visibility : VISIBILITIES) {
      for (String from : STANDINGS) {
        MEMBERSHIPS.forEach(to -> all.add(new Cell(OWN, from, visibility, to, "", erased)));
      }
    }
  }
}
