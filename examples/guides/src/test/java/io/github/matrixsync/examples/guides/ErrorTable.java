package io.github.matrixsync.examples.guides;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The table of errors in the guide. */
final class ErrorTable {
  static final Path DOCUMENT = Path.of("docs", "guide", "tokens-and-errors.md");
  private static final String HEADER = "| request | status | errcode | message | what to do |";

  private ErrorTable() {}

  /**
   * One row.
   *
   * @param request the first piece of code in the first cell
   * @param situation the rest of that cell; may be empty
   */
  record Row(String request, String situation, int status, String errcode, String message) {
    private static Row of(String line) {
      List<String> cells = Arrays.stream(line.split(" \\| ", -1)).toList();
      String request = cells.get(0).substring("| `".length());
      int end = request.indexOf('`');
      return new Row(
          request.substring(0, end),
          request.substring(end + 1).replaceFirst("^, ", ""),
          Integer.parseInt(cells.get(1)),
          cells.get(2).replace("`", ""),
          cells.get(3).replace("`", ""));
    }

    String method() {
      return request.startsWith("POST ") ? "POST" : "GET";
    }

    String path() {
      return request.replaceFirst("^POST ", "").replaceFirst("\\?.*", "");
    }

    String query() {
      int begin = request.indexOf('?');
      return begin < 0 ? "" : request.substring(begin + 1);
    }

    @Override
    public String toString() {
      return request + (situation.isEmpty() ? "" : ", " + situation);
    }
  }

  static List<Row> rows() {
    String document = Documents.ofRepository().read(DOCUMENT);
    String table = document.substring(document.indexOf(HEADER));
    return table
        .lines()
        .skip(2)
        .takeWhile(line -> line.startsWith("|"))
        .map(Row::of)
        .toList();
  }
}
