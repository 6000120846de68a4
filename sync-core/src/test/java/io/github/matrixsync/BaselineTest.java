package io.github.matrixsync;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.jar.JarFile;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The build compares the API of exactly the packages that a module exports, and no export of the baseline is gone. */
class BaselineTest {
  private static final Path BASELINE = Path.of("..", "release", "baseline");
  private static final Pattern EXPORT = Pattern.compile("(?m)^ *exports ([\\w.]+);");
  private static final Pattern EXCLUDE =
      Pattern.compile("<exclude>(io\\.github\\.[\\w.*]+)</exclude>");

  static Stream<String> modules() throws IOException {
    try (Stream<Path> jars = Files.list(BASELINE)) {
      return jars.map(jar -> jar.getFileName().toString().replace(".jar", "")).toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("modules")
  void packages_thatAreCompared_areThoseThatAreExported(String module) throws IOException {
    Set<String> compared = new TreeSet<>(packages(module));
    compared.removeIf(excluded());

    assertThat(compared).isNotEmpty().isEqualTo(exports(module));
  }

  @ParameterizedTest
  @MethodSource("modules")
  void exports_ofTheBaseline_areStillThere(String module) throws IOException {
    Set<String> before = new TreeSet<>();
    try (JarFile jar = new JarFile(BASELINE.resolve(module + ".jar").toFile())) {
      jar.stream()
          .map(entry -> entry.getName())
          .filter(name -> name.endsWith(".class"))
          .forEach(name -> before.add(name.substring(0, name.lastIndexOf('/')).replace('/', '.')));
    }
    before.removeIf(excluded());

    assertThat(before).isNotEmpty();
    assertThat(exports(module)).containsAll(before);
  }

  private static Set<String> packages(String module) throws IOException {
    Path sources = Path.of("..", module, "src", "main", "java");
    try (Stream<Path> files = Files.walk(sources)) {
      return files
          .filter(file -> file.endsWith("package-info.java"))
          .map(file -> sources.relativize(file.getParent()).toString().replaceAll("[/\\\\]", "."))
          .collect(Collectors.toSet());
    }
  }

  private static Set<String> exports(String module) throws IOException {
    Path descriptor = Path.of("..", module, "src", "main", "java", "module-info.java");
    return found(EXPORT, descriptor);
  }

  /** Returns whether the comparison leaves out a package: itself, or one that it is below. */
  private static Predicate<String> excluded() throws IOException {
    String all = found(EXCLUDE, Path.of("..", "pom.xml")).stream()
        .map(exclude -> exclude.replace(".", "\\.").replace("*", ".*"))
        .collect(Collectors.joining("|", "(", ")(\\..*)?"));
    return Pattern.compile(all).asMatchPredicate();
  }

  private static Set<String> found(Pattern pattern, Path file) throws IOException {
    return pattern
        .matcher(Files.readString(file))
        .results()
        .map((MatchResult match) -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
