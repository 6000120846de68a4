package io.github.matrixsync;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every exported public type has a {@code @since} tag. */
class SinceTest {
  private static final Pattern EXPORT = Pattern.compile("(?m)^ *exports ([\\w.]+);");
  private static final Pattern TYPE = Pattern.compile(
      "(?m)^ *public (?:static |final |abstract |sealed |non-sealed )*(?:class|interface|record|enum|@interface) ");
  private static final Pattern TOP = Pattern.compile(TYPE.pattern().replace("^ *", "^"));
  private static final Pattern SINCE = Pattern.compile("(?m)^ *\\* @since \\d");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sync-store-spi",
        "sync-store-memory",
        "sync-store-postgres",
        "sync-store-tck",
        "sync-core",
        "sync-homeserver",
        "sync-micrometer",
        "sync-testkit"
      })
  void publicTypes_ofExportedPackages_haveAVersion(String module) throws IOException {
    Path sources = Path.of("..", module, "src", "main", "java");
    List<Path> without = new ArrayList<>();
    int types = 0;
    for (Path file : exported(sources)) {
      String text = Files.readString(file);
      if (TOP.matcher(text).find()) {
        types++;
        if (SINCE.matcher(text).results().count() < TYPE.matcher(text).results().count()) {
          without.add(file);
        }
      }
    }

    assertThat(without).isEmpty();
    assertThat(types).isPositive();
  }

  private static List<Path> exported(Path sources) throws IOException {
    List<Path> files = new ArrayList<>();
    String module = Files.readString(sources.resolve("module-info.java"));
    for (String name :
        EXPORT.matcher(module).results().map(export -> export.group(1)).toList()) {
      try (Stream<Path> all = Files.list(sources.resolve(name.replace('.', '/')))) {
        all.filter(file -> file.toString().endsWith(".java")).forEach(files::add);
      }
    }
    return files;
  }
}
