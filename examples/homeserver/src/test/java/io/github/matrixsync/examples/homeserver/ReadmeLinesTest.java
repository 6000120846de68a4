package io.github.matrixsync.examples.homeserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the shell commands of the repository's README and of the example's. Needs bash and curl. */
class ReadmeLinesTest extends ServerTest {
  @TempDir
  private Path directory;

  /** Returns the lines of the code blocks with curl that stand between two texts of a document. */
  private static String lines(Path readme, String after, String before) throws IOException {
    String text = Files.readString(readme);
    assertThat(text).as("%s", readme).contains(after, before);
    String section = text.substring(text.indexOf(after), text.indexOf(before));
    String[] parts = section.split("(?m)^```\n", -1);
    return Arrays.stream(parts)
        .filter(part -> part.contains("curl "))
        .collect(Collectors.joining());
  }

  /** Runs lines in a shell, and returns what they print. */
  private String run(String lines) throws Exception {
    Path printed = directory.resolve("printed");
    Process shell = new ProcessBuilder("bash", "-c", lines)
        .redirectErrorStream(true)
        .redirectOutput(printed.toFile())
        .start();
    try {
      assertThat(shell.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      shell.destroyForcibly();
    }
    return Files.readString(printed);
  }

  @Test
  void tryIt_pastedTwice_answersThePollWithTheMessageBothTimes() throws Exception {
    String lines = lines(Path.of("..", "..", "README.md"), "Or do it by hand", "## Modules")
        .replace("http://127.0.0.1:8008", nobody.base());

    String printed = run(lines + lines);

    assertThat(printed).doesNotContain("errcode").containsPattern("(?s)\"hello\".*\"hello\"");
  }

  @Test
  void twoNodes_pastedTwice_answerThePollWithTheMessageBothTimes() throws Exception {
    String lines = lines(Path.of("README.md"), "field()", "Only what the engine reads")
        .replaceAll("http://127.0.0.1:800[89]", nobody.base()); // one node in place of two

    String printed = run(lines + "wait\n" + lines + "wait\n");

    assertThat(printed).doesNotContain("errcode").containsPattern("(?s)\"hello\".*\"hello\"");
  }
}
