package io.github.matrixsync.homeserver;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** How the packages depend on each other. */
class ArchitectureTest {
  private static final String ROOT = "io.github.matrixsync.homeserver";

  @Test
  void packages_areWithoutCycles() {
    JavaClasses main = new ClassFileImporter()
        .withImportOption(new ImportOption.DoNotIncludeTests())
        .importPackages(ROOT);

    slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(main);
  }
}
