import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Follows a guide in a directory, and prints how long that took: {@code java FollowGuide.java GUIDE DIRECTORY VERSION}.
 *
 * <p>It saves a block after a line like {@code This is `pom.xml`:} under this name, with VERSION as the version of this
 * library. It runs a block of {@code sh}. Each line of a block of {@code text} must be in the output of the
 * commands before it. Other blocks without a name are skipped. If a command fails or a line is missing, the program
 * prints the output and ends with status 1.
 */
public final class FollowGuide {
  private static final Pattern NAME = Pattern.compile("This is `([^`]+)`:");
  private static final Pattern LIBRARY = Pattern.compile(
      "(?<before><groupId>io\\.github\\.matrixsync</groupId>\\s*<artifactId>[^<]+</artifactId>\\s*<version>)[^<]+");

  private final Path directory;
  private final String version;
  private String name = "";
  private String output = "";
  private int steps;

  private FollowGuide(Path directory, String version) {
    this.directory = directory;
    this.version = version;
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    Path guide = Path.of(args[0]);
    FollowGuide reader = new FollowGuide(Path.of(args[1]), args[2]);
    long begin = System.nanoTime();
    reader.follow(Files.readAllLines(guide));
    System.out.printf(
        "%s: %d commands and files, followed in %.1f s%n",
        guide.getFileName(), reader.steps, (System.nanoTime() - begin) / 1e9);
  }

  private void follow(List<String> lines) throws IOException, InterruptedException {
    for (int at = 0; at < lines.size(); at++) {
      String line = lines.get(at);
      Matcher named = NAME.matcher(line);
      if (named.find()) {
        name = named.group(1);
      } else if (line.startsWith("```")) {
        int end = lines.subList(at + 1, lines.size()).indexOf("```") + at + 1;
        take(line.substring(3), lines.subList(at + 1, end));
        name = "";
        at = end;
      }
    }
  }

  private void take(String language, List<String> block) throws IOException, InterruptedException {
    if (!name.isEmpty()) {
      steps++;
      Path file = directory.resolve(name);
      Files.createDirectories(file.getParent());
      Matcher library = LIBRARY.matcher(String.join("\n", block));
      Files.writeString(file, library.replaceAll("${before}" + Matcher.quoteReplacement(version)) + "\n");
    } else if (language.equals("sh")) {
      steps++;
      run(String.join("\n", block));
    } else if (language.equals("text")) {
      block.stream().filter(line -> !output.contains(line)).findFirst().ifPresent(missing -> {
        throw failed("did not print: " + missing);
      });
    }
  }

  private void run(String commands) throws IOException, InterruptedException {
    long begin = System.nanoTime();
    Path log = Files.createTempFile("follow", ".log");
    Process shell = new ProcessBuilder("bash", "-euo", "pipefail", "-c", commands)
        .directory(directory.toFile())
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
    int status = shell.waitFor();
    output = Files.readString(log, StandardCharsets.UTF_8);
    Files.delete(log);
    System.out.printf("  %5.1f s: %s%n", (System.nanoTime() - begin) / 1e9, commands.replace("\n", "\n           "));
    if (status != 0) {
      throw failed("ended with status " + status + ": " + commands);
    }
  }

  private IllegalStateException failed(String how) {
    System.out.println(output);
    return new IllegalStateException(how);
  }
}
