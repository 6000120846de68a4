import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compares jars with the table of a document: {@code java InheritedSizes.java DOCUMENT} reads lines with a jar's name
 * and its size in bytes. It prints each jar that is not in the table, is missing, or grew by more than a tenth, and
 * then ends with status 1.
 */
public final class InheritedSizes {
  private static final Pattern ROW = Pattern.compile("\\| `([a-z0-9_-]+)` \\| ([\\d,]+) KB \\|.*");

  public static void main(String[] args) throws IOException {
    Map<String, Long> known = new TreeMap<>();
    for (String line : Files.readAllLines(Path.of(args[0]))) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        known.put(row.group(1), Long.parseLong(row.group(2).replace(",", "")));
      }
    }
    boolean isRight = true;
    BufferedReader lines = new BufferedReader(new InputStreamReader(System.in));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      String[] parts = line.split(" ", -1);
      String name = parts[0].replaceAll("(-\\d[\\w.-]*)?\\.jar$", "");
      long size = Math.round(Long.parseLong(parts[1]) / 1000.0);
      Long before = known.remove(name);
      if (before == null || size * 10 > before * 11) {
        System.err.println(name + ": " + size + " KB; " + args[0] + " has " + before);
        isRight = false;
      }
    }
    for (String name : known.keySet()) {
      System.err.println(name + ": in " + args[0] + ", but no host inherits it");
      isRight = false;
    }
    System.exit(isRight ? 0 : 1);
  }
}
