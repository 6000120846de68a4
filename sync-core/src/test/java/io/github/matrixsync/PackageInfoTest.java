package io.github.matrixsync;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every package of every module fits on one screen, and its package-info lists all of its types. */
class PackageInfoTest {
  private static final String INFO = "package-info.java";

  private static final List<String> PUBLISHED = List.of(
      "sync-store-spi",
      "sync-store-memory",
      "sync-store-postgres",
      "sync-store-tck",
      "sync-core",
      "sync-homeserver",
      "sync-micrometer",
      "sync-testkit");

  /** Packages with fewer than 4 or more than 15 types, and why. */
  private static final Map<String, String> OTHER_SIZES = Map.of(
      "sync-core/internal/error",
          "every other package of internal may use it, so it stands below them",
      "sync-homeserver/homeserver", "the parts are in the packages below",
      "sync-homeserver/homeserver/media", "no other part has to do with files",
      "sync-micrometer/micrometer", "the whole module",
      "sync-store-postgres/store/postgres/internal/purge", "neither appending nor reading",
      "sync-store-postgres/store/postgres/internal/schema", "neither appending nor reading",
      "sync-store-tck/store/tck/oracle", "the only package without tests or their tools");

  @Test
  void packageInfo_ofEveryPackage_listsEveryType() throws IOException {
    List<String> unlisted = new ArrayList<>();
    for (Map.Entry<String, List<String>> types : packages().entrySet()) {
      Path folder = folder(types.getKey());
      String info = Files.readString(folder.resolve(INFO));
      for (String type : types.getValue()) {
        if (!Pattern.compile("\\b" + type + "\\b").matcher(info).find()) {
          unlisted.add(types.getKey() + ": " + type);
        }
      }
    }

    assertThat(unlisted).isEmpty();
  }

  @Test
  void packages_ofEveryModule_have4To15Types() throws IOException {
    Map<String, Integer> others = new TreeMap<>();
    packages().forEach((name, types) -> {
      if (types.size() < 4 || types.size() > 15) {
        others.put(name, types.size());
      }
    });

    assertThat(others.keySet()).isEqualTo(OTHER_SIZES.keySet());
  }

  /** Returns the types of each package, by the module's name and the package's path below the common one. */
  private static Map<String, List<String>> packages() throws IOException {
    Map<String, List<String>> packages = new TreeMap<>();
    for (String module : PUBLISHED) {
      Path root = root(module);
      try (Stream<Path> files = Files.walk(root)) {
        files
            .filter(file -> file.toString().endsWith(".java") && !file.endsWith(INFO))
            .forEach(file -> {
              String name = (module + "/" + root.relativize(file.getParent())).replace('\\', '/');
              String type = file.getFileName().toString().replace(".java", "");
              packages.computeIfAbsent(name, any -> new ArrayList<>()).add(type);
            });
      }
    }
    return packages;
  }

  private static Path folder(String name) {
    int module = name.indexOf('/');
    return root(name.substring(0, module)).resolve(name.substring(module + 1));
  }

  private static Path root(String module) {
    return Path.of("..", module, "src", "main", "java", "io", "github", "matrixsync");
  }
}
