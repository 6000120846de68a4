package io.github.matrixsync;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.github.matrixsync.domain.EncodedEvents;
import io.github.matrixsync.domain.EventForm;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.store.StoredEvent;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Which way dependencies point. */
class ArchitectureTest {
  private static final String ROOT = "io.github.matrixsync";
  private final JavaClasses main = new ClassFileImporter()
      .withImportOption(new ImportOption.DoNotIncludeTests())
      .importPackages(ROOT);

  @Test
  void domain_dependsOn_theContractAndJacksonAlone() {
    classes()
        .that()
        .resideInAPackage(ROOT + ".domain")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "org.jspecify..",
            "tools.jackson.core..",
            ROOT + ".domain",
            ROOT + ".event",
            ROOT + ".store")
        .check(main);
  }

  @Test
  void domain_callsNo_clockThreadOrRandom() {
    noClasses()
        .that()
        .resideInAnyPackage(ROOT + ".domain", ROOT + ".event")
        .should()
        .callMethod(java.time.Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .dependOnClassesThat()
        .resideInAnyPackage("java.util.concurrent..", "org.slf4j..")
        .check(main);
  }

  @Test
  void contract_dependsOn_nothingOfTheEngine() {
    noClasses()
        .that()
        .resideInAnyPackage(ROOT + ".event", ROOT + ".store..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(ROOT, ROOT + ".domain", ROOT + ".rest")
        .check(main);
  }

  @Test
  void engine_dependsOn_noParticularStoreAndNotOnTheEdge() {
    noClasses()
        .that()
        .resideInAnyPackage(ROOT, ROOT + ".rest")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT + ".store.memory")
        .check(main);
    noClasses()
        .that()
        .resideInAnyPackage(ROOT, ROOT + ".domain")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT + ".rest")
        .check(main);
  }

  @Test
  void publicSignatures_showNoTypeOf_jacksonOrCaffeine() {
    noClasses()
        .that()
        .arePublic()
        .and()
        .resideInAnyPackage(ROOT, ROOT + ".rest")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("tools.jackson..", "com.github.benmanes..")
        .check(main);
  }

  /** What a client gets of a room event is made in three places: by the gate, of the window's entries by those who ask the stream's law first, and in whole lists by those who ask what each viewer may be given. */
  @Test
  void roomEvents_areShownBy_nobodyPastTheGate() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".domain")
        .and()
        .doNotBelongToAnyOf(Encoder.class, Entry.class)
        .should()
        .callMethod(EventForm.class, "encode", StoredEvent.class, Optional.class)
        .check(main);
    noClasses()
        .that()
        .doNotBelongToAnyOf(Gate.class, Caches.class, Encoder.class)
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(Encoder.class)
        .check(main);
    noClasses()
        .that()
        .doNotBelongToAnyOf(KeptLists.class)
        .should()
        .callMethod(EncodedEvents.class, "of", EventForm.class, List.class, Function.class)
        .check(main);
    noClasses()
        .that()
        .doNotBelongToAnyOf(RoomReader.class, KeptLists.class)
        .should()
        .callMethod(KeptLists.class, "messages", List.class, long.class, EventForm.class, int.class)
        .check(main);
    noClasses()
        .that()
        .doNotBelongToAnyOf(RoomReads.class, News.class)
        .should()
        .callMethod(Entry.class, "encoded", EventForm.class)
        .check(main);
    classes()
        .that()
        .haveSimpleName(RoomReads.class.getSimpleName())
        .or()
        .haveSimpleName(News.class.getSimpleName())
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(StreamLaw.class)
        .check(main);
  }

  /** The host's JSON, which holds what a redaction or an erasure takes away, is read by the pure rules alone; who has to keep within a bound looks at its length. */
  @Test
  void jsonOfRoomEvents_isReadBy_theRulesAlone() {
    noClasses()
        .that()
        .resideInAnyPackage(ROOT, ROOT + ".rest")
        .and()
        .doNotBelongToAnyOf(Window.class, KeptEvents.class, RoomReader.class)
        .should()
        .callMethod(RoomEvent.class, "json")
        .check(main);
  }
}
