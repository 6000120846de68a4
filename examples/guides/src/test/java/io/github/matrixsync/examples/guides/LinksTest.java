package io.github.matrixsync.examples.guides;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The links of the documents resolve. */
class LinksTest {
  private static final String OTHER = """
      # Tokens and `errors`: a table
      ## Twice
      ## Twice
      ```
      # no heading
      ```
      """;

  @TempDir
  private Path directory;

  private List<String> wrongIn(String document) throws IOException {
    Files.createDirectories(directory.resolve("docs"));
    Files.writeString(directory.resolve("README.md"), "# Root\n");
    Files.writeString(directory.resolve("docs/other.md"), OTHER);
    Files.writeString(directory.resolve("docs/a.md"), document);
    return Links.check(new Documents(directory));
  }

  @Test
  void links_ofAllDocuments_resolve() {
    assertThat(Links.check(Documents.ofRepository())).isEmpty();
  }

  @Test
  void links_toFilesHeadingsAndAddresses_areRight() throws IOException {
    assertThat(wrongIn("""
        # Here
        [a](other.md), [b](other.md#tokens-and-errors-a-table), [c](other.md#twice-1), [d](#here), [e](../docs),
        [f](../README.md#root), [g](https://example.org/a?b#c), ![h](other.md), [i][]

        [i]: https://example.org/

        `[no](link.md)`
        ```
        [no](link.md)
        ```
        """)).isEmpty();
  }

  @Test
  void link_toAMissingFile_isReported() throws IOException {
    assertThat(wrongIn("[a](missing.md) [b](../../outside.md)\n\n[c]: gone.md\n"))
        .containsExactly(
            "docs/a.md: there is no file for the link missing.md",
            "docs/a.md: there is no file for the link ../../outside.md",
            "docs/a.md: there is no file for the link gone.md");
  }

  @Test
  void link_toAMissingHeading_isReported() throws IOException {
    assertThat(wrongIn("[a](other.md#twice-2) [b](#here) [c](other.md#no-heading)\n"))
        .containsExactly(
            "docs/a.md: there is no heading for the link other.md#twice-2",
            "docs/a.md: there is no heading for the link #here",
            "docs/a.md: there is no heading for the link other.md#no-heading");
  }

  @Test
  void link_toAnAddressThatIsNoHttpsAddress_isReported() throws IOException {
    assertThat(wrongIn("[a](http://example.org/) [b](https:///path) [c](https://example.org/[)\n"))
        .containsExactly(
            "docs/a.md: the link is not to an https address: http://example.org/",
            "docs/a.md: the link is not to an https address: https:///path",
            "docs/a.md: the address of the link is malformed: https://example.org/[");
  }
}
