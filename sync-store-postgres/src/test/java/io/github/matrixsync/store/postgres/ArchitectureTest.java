package io.github.matrixsync.store.postgres;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Checks which packages may depend on which, and what the public API shows. */
class ArchitectureTest {
  private static final String ROOT = "io.github.matrixsync.store.postgres";
  private static final String INSIDE = ROOT + ".internal.";

  /** The packages of {@code internal} from the bottom up, each with those that it may depend on. */
  private static final String LAYERS = """
      sql:
      schema: sql
      stream: sql
      write: sql stream
      append: sql stream write
      read: append sql stream
      purge: sql stream write
      entry: sql stream write
      ephemeral: entry sql stream write
      settings: entry sql stream write
      device: entry sql stream write
      """;

  private final JavaClasses main = new ClassFileImporter()
      .withImportOption(new ImportOption.DoNotIncludeTests())
      .importPackages(ROOT);

  @Test
  void layers_eachPackage_knowsThoseBelowItAlone() {
    for (String line : LAYERS.lines().toList()) {
      String[] parts = line.split(":", 2);
      Set<String> known = Stream.of(parts[1].split(" ", -1))
          .filter(name -> !name.isEmpty())
          .map(name -> INSIDE + name)
          .collect(Collectors.toSet());
      String layer = INSIDE + parts[0];
      known.add(layer);
      assertThat(packagesKnownTo(layer)).as(layer).isNotEmpty().isSubsetOf(known);
    }
  }

  private Set<String> packagesKnownTo(String layer) {
    return main.stream()
        .filter(each -> each.getPackageName().equals(layer))
        .flatMap(each -> each.getDirectDependenciesFromSelf().stream())
        .map(dependency -> dependency.getTargetClass().getPackageName())
        .filter(name -> name.startsWith(ROOT))
        .collect(Collectors.toSet());
  }

  @Test
  void layers_everyPackageInside_hasItsLine() {
    List<String> lines =
        LAYERS.lines().map(line -> INSIDE + line.split(":", 2)[0]).toList();
    assertThat(main.stream().map(JavaClass::getPackageName).filter(name -> !name.equals(ROOT)))
        .isNotEmpty()
        .isSubsetOf(lines);
  }

  @Test
  void packages_are_withoutCycles() {
    slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(main);
  }

  /** A host inherits these alone. */
  @Test
  void module_dependsOn_theContractAndTheDriverAlone() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "javax.sql..",
            "org.jspecify..",
            "org.postgresql..",
            "io.github.matrixsync.event",
            "io.github.matrixsync.store",
            "io.github.matrixsync.store.device",
            "io.github.matrixsync.store.ephemeral",
            "io.github.matrixsync.store.model",
            "io.github.matrixsync.store.state",
            "io.github.matrixsync.store.timeline",
            ROOT + "..")
        .check(main);
  }

  /** Everything else is plain JDBC: the driver's own classes are needed to listen, and to read what failed. */
  @Test
  void driver_isUsedBy_connectionsAndListeningAlone() {
    noClasses()
        .that()
        .resideOutsideOfPackages(INSIDE + "sql", INSIDE + "stream")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.postgresql..")
        .check(main);
  }

  /** Connections come and go in one place, which leaves each as it was given. */
  @Test
  void dataSource_isAskedBy_connectionsAndListeningAlone() {
    noClasses()
        .that()
        .resideOutsideOfPackages(INSIDE + "sql", INSIDE + "stream")
        .should()
        .callMethod(javax.sql.DataSource.class, "getConnection")
        .check(main);
  }

  @Test
  void publicSignatures_showNoTypeOf_theInsideOrTheDriver() {
    for (JavaClass each : main) {
      if (each.getPackageName().equals(ROOT) && each.getModifiers().contains(JavaModifier.PUBLIC)) {
        assertThat(shown(each))
            .as(each.getName())
            .noneMatch(type -> type.startsWith(INSIDE) || type.startsWith("org.postgresql."));
      }
    }
  }

  /** Returns the names of the types in the public signatures of a class. */
  private static Set<String> shown(JavaClass each) {
    return each.getCodeUnits().stream()
        .filter(unit -> unit.getModifiers().contains(JavaModifier.PUBLIC))
        .flatMap(unit -> unit.getAllInvolvedRawTypes().stream())
        .map(JavaClass::getName)
        .collect(Collectors.toSet());
  }
}
