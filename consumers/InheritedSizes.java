import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Compares the jars that come with a module with the table of a document: {@code java InheritedSizes.java DOCUMENT
 * MODULE} reads lines with a jar's name and its size in bytes. In the table, the module's column has a {@code x} for
 * each jar, and the last row has the sum. It prints each jar that is not in the table, is missing, or grew by more than
 * a tenth, and a wrong sum, and then ends with status 1.
 */
public final class InheritedSizes {
  public static void main(String[] args) throws IOException {
    Map<String, Long> known = new TreeMap<>();
    long sum = column(Path.of(args[0]), args[1], known);
    List<String> wrong = new ArrayList<>();
    if (sum != known.values().stream().mapToLong(Long::longValue).sum()) {
      wrong.add("the sizes in the table do not add up to " + sum);
    }
    for (String line : new String(System.in.readAllBytes()).lines().toList()) {
      String[] parts = line.split(" ", -1);
      String name = parts[0].replaceAll("(-\\d[\\w.-]*)?\\.jar$", "");
      long size = Math.round(Long.parseLong(parts[1]) / 1000.0);
      Long before = known.remove(name);
      if (before == null || size * 10 > before * 11) {
        wrong.add(name + " has " + size + " KB; in the table: " + before);
      }
    }
    known.keySet().forEach(name -> wrong.add(name + " is in the table, but does not come with it"));
    wrong.forEach(line -> System.err.println(args[0] + ", " + args[1] + ": " + line));
    System.exit(wrong.isEmpty() ? 0 : 1);
  }

  /** Reads the sizes of the column's jars, and returns what the table gives as their sum. */
  private static long column(Path document, String module, Map<String, Long> sizes) throws IOException {
    int column = -1;
    for (String line : Files.readAllLines(document)) {
      List<String> cells =
          Arrays.stream(line.split("\\|", -1)).map(cell -> cell.strip().replace("`", "")).toList();
      if (cells.size() > 2 && cells.get(1).equals("artifact")) {
        column = cells.indexOf(module.replaceFirst("^sync-(store-)?", ""));
      } else if (column > 0 && cells.size() > column && cells.get(1).equals("sum, KB")) {
        return number(cells.get(column));
      } else if (column > 0 && cells.size() > column && cells.get(column).equals("x")) {
        sizes.put(cells.get(1), number(cells.get(2)));
      }
    }
    throw new IllegalArgumentException(document + " has no column and sum for " + module);
  }

  private static long number(String cell) {
    return Long.parseLong(cell.replace(",", ""));
  }
}
