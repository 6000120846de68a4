package io.github.matrixsync.visibility;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

/** The sentences share nothing with what they are held against. */
class OracleIndependenceTest {
  @Test
  void sentences_dependOn_nothingOfTheEngineAndTheContract() {
    classes()
        .that()
        .belongToAnyOf(
            Sentences.class,
            ServiceSentences.class,
            Chronicle.class,
            Fact.class,
            Classified.class,
            Other.class,
            Cell.class,
            Cells.class,
            WrittenTables.class)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", "org.jspecify..", "io.github.matrixsync.visibility")
        .check(new ClassFileImporter().importPackages("io.github.matrixsync.visibility"));
  }

  @Test
  void sentences_askNobody_whoKnowsTheEngine() {
    classes()
        .that()
        .belongToAnyOf(Scribe.class, Marks.class, Hearing.class, Stage.class)
        .should()
        .onlyHaveDependentClassesThat()
        .belongToAnyOf(
            Scribe.class,
            Marks.class,
            Hearing.class,
            Listener.class,
            Stage.class,
            Play.class,
            Case.class,
            RandomHistory.class,
            Trial.class,
            VisibilityTableTest.class,
            RedactionTableTest.class,
            OracleIndependenceTest.class)
        .check(new ClassFileImporter().importPackages("io.github.matrixsync.visibility"));
  }
}
