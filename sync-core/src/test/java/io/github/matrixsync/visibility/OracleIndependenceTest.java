package io.github.matrixsync.visibility;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

/** The oracle shares no code with the engine. */
class OracleIndependenceTest {
  @Test
  void oracle_dependsOn_nothingOfTheEngineAndTheContract() {
    classes()
        .that()
        .belongToAnyOf(
            SpecOracle.class,
            ServiceSpecOracle.class,
            Chronicle.class,
            Fact.class,
            Classified.class,
            OtherCases.class,
            Cell.class,
            Cells.class,
            WrittenTables.class)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", "org.jspecify..", "io.github.matrixsync.visibility")
        .check(new ClassFileImporter().importPackages("io.github.matrixsync.visibility"));
  }

  @Test
  void engine_isUsedBy_noneOfTheOracle() {
    classes()
        .that()
        .belongToAnyOf(EventWriter.class, Marks.class, ViewerAnswers.class, Stage.class)
        .should()
        .onlyHaveDependentClassesThat()
        .belongToAnyOf(
            EventWriter.class,
            Marks.class,
            ViewerAnswers.class,
            ParkedViewer.class,
            Stage.class,
            LeftRoomStage.class,
            Case.class,
            RandomHistory.class,
            HistoryCheck.class,
            VisibilityTableTest.class,
            RedactionTableTest.class,
            OracleIndependenceTest.class)
        .check(new ClassFileImporter().importPackages("io.github.matrixsync.visibility"));
  }
}
