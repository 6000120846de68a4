package io.github.matrixsync.examples.guides;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The documents show code that the build compiles. */
class ShownCodeTest {
  private static final String SOURCE = """
      class Source {
        void body() {
          // region sum
          if (one) {
            two();
          }
          // endregion
        }
      }
      """;

  @TempDir
  private Path directory;

  @BeforeEach
  void source() throws IOException {
    write("Source.java", SOURCE);
  }

  private void write(String path, String text) throws IOException {
    Path file = directory.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private List<String> wrongIn(String path, String document) throws IOException {
    write(path, document);
    return ShownCode.check(new Documents(directory));
  }

  @Test
  void blocks_ofAllDocuments_areThoseOfTheSources() {
    List<String> wrong = ShownCode.check(Documents.ofRepository());

    assertThat(wrong).as(() -> String.join("\n", wrong)).isEmpty();
  }

  @Test
  void block_ofARegionOrAWholeFile_isRight() throws IOException {
    assertThat(wrongIn("a.md", """
        <!-- file: Source.java#sum -->
        ```java
        if (one) {
          two();
        }
        ```

        <!-- file: Source.java -->
        ```java
        %s```
        """.formatted(SOURCE))).isEmpty();
  }

  @Test
  void block_thatDiffersFromItsSource_isReportedWithWhatToPaste() throws IOException {
    assertThat(wrongIn("docs/guide/a.md", """
        Text.
        <!-- file: Source.java#sum -->
        ```java
        if (one) {
          three();
        }
        ```
        """))
        .containsExactly("docs/guide/a.md:3: the block differs from Source.java#sum; paste:\n"
            + "if (one) {\n  two();\n}\n");
  }

  @Test
  void block_ofAMissingFileOrRegion_isReported() throws IOException {
    assertThat(wrongIn("a.md", """
        <!-- file: Other.java -->
        ```java
        ```
        <!-- file: Source.java#other -->
        ```java
        ```
        """))
        .containsExactly(
            "a.md:2: there is no file Other.java",
            "a.md:5: there is no region of this name in Source.java#other");
  }

  @Test
  void block_withoutASource_isReported() throws IOException {
    assertThat(wrongIn("a.md", "```java\nint one;\n```\n"))
        .containsExactly(
            "a.md:1: a block of java needs <!-- file: PATH#REGION --> on the line before it");
  }

  @Test
  void block_thatIsExcused_isReportedInAGuideOnly() throws IOException {
    String excused = "<!-- not compiled: a reason -->\n```xml\n<a/>\n```\n";

    assertThat(wrongIn("a.md", excused)).isEmpty();
    assertThat(wrongIn("docs/guide/a.md", excused))
        .containsExactly(
            "docs/guide/a.md:2: a block of xml needs <!-- file: PATH#REGION --> on the line before"
                + " it");
  }

  @Test
  void block_ofAGuideWithoutALanguage_isReported() throws IOException {
    assertThat(wrongIn("docs/guide/a.md", "```\nanything\n```\n"))
        .containsExactly(
            "docs/guide/a.md:1: a block needs a language: sh if the reader runs it, text if not");
  }
}
