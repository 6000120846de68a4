package io.github.matrixsync.visibility;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The tables of a Markdown document. Immutable. */
final class WrittenTables {
  private final Map<String, List<Map<String, String>>> tables = new LinkedHashMap<>();

  private WrittenTables() {}

  static WrittenTables read(String document) {
    try (InputStream in =
        Objects.requireNonNull(WrittenTables.class.getResourceAsStream(document), document)) {
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static WrittenTables parse(String text) {
    WrittenTables read = new WrittenTables();
    String title = "";
    List<String> columns = List.of();
    for (String line : text.lines().toList()) {
      if (line.startsWith("## ")) {
        title = line.substring(3).strip();
        columns = List.of();
      } else if (line.startsWith("|") && columns.isEmpty()) {
        columns = cells(line);
        read.tables.put(title, new ArrayList<>());
      } else if (line.startsWith("|") && !line.startsWith("|-")) {
        read.rows(title).add(row(title, columns, cells(line)));
      }
    }
    return read;
  }

  private static Map<String, String> row(String title, List<String> columns, List<String> cells) {
    if (cells.size() != columns.size()) {
      throw new IllegalStateException(title + ": a row of " + cells.size() + " cells: " + cells);
    }
    Map<String, String> row = new LinkedHashMap<>();
    for (int i = 0; i < cells.size(); i++) {
      row.put(columns.get(i), cells.get(i));
    }
    return row;
  }

  private static List<String> cells(String line) {
    String inner = line.substring(1, line.lastIndexOf('|'));
    return Arrays.stream(inner.split("\\|", -1)).map(String::strip).toList();
  }

  List<Map<String, String>> rows(String title) {
    return Objects.requireNonNull(tables.get(title), title);
  }

  Map<String, Integer> rowsByTable() {
    Map<String, Integer> counts = new LinkedHashMap<>();
    tables.forEach((title, rows) -> counts.put(title, rows.size()));
    return counts;
  }

  /**
   * Returns the first row whose column {@code one} matches {@code value} and whose column {@code other} matches {@code
   * another}.
   */
  Map<String, String> find(String title, String one, String value, String other, String another) {
    return rows(title).stream()
        .filter(row -> standsFor(row, one, value) && standsFor(row, other, another))
        .findFirst()
        .orElseThrow(() ->
            new IllegalStateException(title + " has no row for " + value + " and " + another));
  }

  Map<String, String> find(String title, String column, String value) {
    return find(title, column, value, column, value);
  }

  private static boolean standsFor(Map<String, String> row, String column, String value) {
    String cell = cell(row, column);
    return cell.equals("any") || List.of(cell.split(", ")).contains(value);
  }

  /** Returns the text in a column of a row. */
  static String cell(Map<String, String> row, String column) {
    return Objects.requireNonNull(row.get(column), () -> column + " in " + row);
  }
}
