package io.github.matrixsync.examples.guides;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.SyncEngine;
import io.github.matrixsync.micrometer.SyncEngineMetrics;
import io.github.matrixsync.operation.EngineHealth;
import io.github.matrixsync.store.memory.MemoryEventStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The guide for operators has every figure, every kind of problem and every logger. */
class OperateGuideTest {
  private static final Pattern LOGGER =
      Pattern.compile("getLogger\\((?:\"([\\w.]+)\"|(\\w+)\\.class)\\)");

  private static final Pattern HOMESERVER_METER = Pattern.compile("\"homeserver\\.([\\w.]+)\"");

  private final Documents documents = Documents.ofRepository();
  private final String guide = documents.read(Path.of("docs", "guide", "operate.md"));

  /** Returns the names in the first column of the table with this header. */
  private Set<String> firstColumn(String header) {
    Set<String> names = new TreeSet<>();
    guide
        .substring(guide.indexOf(header))
        .lines()
        .skip(2)
        .takeWhile(line -> line.startsWith("|"))
        .map(line -> line.split("`"))
        .filter(cells -> cells.length > 1)
        .forEach(cells -> names.add(cells[1]));
    return names;
  }

  @Test
  void meters_ofAnEngine_areThoseOfTheTable() {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    Set<String> names = new TreeSet<>();
    try (SyncEngine engine = SyncEngine.builder(MemoryEventStore.create()).build();
        SyncEngineMetrics metrics = new SyncEngineMetrics(engine)) {
      metrics.bindTo(registry);
      registry
          .getMeters()
          .forEach(
              meter -> names.add(meter.getId().getName().replaceFirst("^matrix\\.sync\\.", "")));
    }

    assertThat(firstColumn("| meter |")).isEqualTo(names);
  }

  @Test
  void meters_ofTheExampleHomeserver_areThoseOfTheTable() {
    Path source = documents
        .below(Path.of("examples", "homeserver", "src", "main", "java"), "Meters.java")
        .get(0);
    Set<String> names = new TreeSet<>();
    HOMESERVER_METER
        .matcher(documents.read(source))
        .results()
        .forEach(name -> names.add(name.group(1)));

    assertThat(names).isNotEmpty();
    assertThat(firstColumn("| meter of the homeserver |")).isEqualTo(names);
  }

  @Test
  void kinds_ofProblems_areThoseOfTheTable() {
    assertThat(firstColumn("| kind |"))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(EngineHealth.Kind.values()).map(Enum::name).toList());
  }

  @Test
  void loggers_ofTheLibrary_areInTheGuide() {
    List<Path> sources = new ArrayList<>();
    for (String module :
        List.of("sync-core", "sync-homeserver", "sync-store-postgres", "examples/homeserver")) {
      sources.addAll(documents.below(Path.of(module, "src", "main", "java"), ".java"));
    }
    Set<String> missing = new TreeSet<>();
    for (Path source : sources) {
      LOGGER
          .matcher(documents.read(source))
          .results()
          .map(logger -> logger.group(1) != null ? logger.group(1) : logger.group(2))
          .filter(name -> !guide.contains(name + "`"))
          .forEach(missing::add);
    }
    assertThat(missing).isEmpty();
  }
}
