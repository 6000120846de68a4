package io.github.matrixsync;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.github.matrixsync.domain.EncodedEvent;
import io.github.matrixsync.domain.EncodedEvents;
import io.github.matrixsync.domain.EventForm;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.internal.due.Gate;
import io.github.matrixsync.internal.due.RoomReads;
import io.github.matrixsync.internal.keep.Caches;
import io.github.matrixsync.internal.keep.DamagedEvents;
import io.github.matrixsync.internal.keep.Encoder;
import io.github.matrixsync.internal.keep.KeptEvents;
import io.github.matrixsync.internal.keep.KeptLists;
import io.github.matrixsync.internal.log.Entry;
import io.github.matrixsync.internal.log.StreamLaw;
import io.github.matrixsync.store.model.StoredEvent;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Which way dependencies point. */
class ArchitectureTest {
  private static final String ROOT = "io.github.matrixsync";
  private static final Set<String> EXPORTED =
      Set.of(ROOT, ROOT + ".call", ROOT + ".domain", ROOT + ".operation", ROOT + ".rest");
  private static final String[] ENGINE = {
    ROOT,
    ROOT + ".call",
    ROOT + ".domain",
    ROOT + ".internal..",
    ROOT + ".operation",
    ROOT + ".rest"
  };
  private static final String ROOM_READER = "RoomReader";

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
        .resideInAnyPackage(ENGINE)
        .check(main);
  }

  @Test
  void engine_dependsOn_noParticularStore() {
    noClasses()
        .that()
        .resideInAnyPackage(ENGINE)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT + ".store.memory")
        .check(main);
  }

  @Test
  void whatIsAskedAndAnswered_dependsOn_theRulesAlone() {
    noClasses()
        .that()
        .resideInAnyPackage(ROOT + ".call", ROOT + ".operation")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(ROOT, ROOT + ".internal..", ROOT + ".rest")
        .check(main);
  }

  @Test
  void packages_are_withoutCycles() {
    slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(main);
  }

  @Test
  void edge_sees_nothingOfTheInside() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + ".rest")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT + ".internal..")
        .check(main);
  }

  /** What a host must name is exported; all else that is public is so for other packages of the engine. */
  @Test
  void publicSignatures_showNoTypeOf_theInsideJacksonOrCaffeine() {
    for (JavaClass each : main) {
      if (isExported(each)) {
        assertThat(shown(each)).as(each.getName()).noneMatch(ArchitectureTest::isHidden);
      }
    }
  }

  private static boolean isExported(JavaClass each) {
    return each.getModifiers().contains(JavaModifier.PUBLIC)
        && EXPORTED.contains(each.getPackageName());
  }

  /** Returns the names of the types that a host can see of a class. */
  private static Set<String> shown(JavaClass each) {
    return each.getCodeUnits().stream()
        .filter(unit -> unit.getModifiers().contains(JavaModifier.PUBLIC))
        .flatMap(unit -> unit.getAllInvolvedRawTypes().stream())
        .map(JavaClass::getName)
        .collect(Collectors.toSet());
  }

  private static boolean isHidden(String type) {
    return type.startsWith("tools.jackson.")
        || type.startsWith("com.github.benmanes.")
        || type.startsWith(ROOT + ".internal.");
  }

  /**
   * What a client gets of a room event is made in three places: by the gate, of the window's entries by those who ask
   * the stream's law first, and in whole lists by those who ask what each viewer may be given.
   */
  @Test
  void roomEvents_areShownBy_nobodyPastTheGate() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".domain")
        .and()
        .doNotBelongToAnyOf(Encoder.class, Entry.class)
        .should()
        .callMethod(EncodedEvent.class, "of", EventForm.class, StoredEvent.class, Optional.class)
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
        .doNotBelongToAnyOf(DamagedEvents.class)
        .should()
        .callMethod(EncodedEvents.class, "of", EventForm.class, List.class, Function.class)
        .check(main);
    noClasses()
        .that()
        .doNotHaveSimpleName(ROOM_READER)
        .and()
        .doNotBelongToAnyOf(KeptLists.class)
        .should()
        .callMethod(KeptLists.class, "messages", List.class, long.class, EventForm.class, int.class)
        .check(main);
    noClasses()
        .that()
        .doNotBelongToAnyOf(Entry.class)
        .should()
        .callMethod(Entry.class, "encoded", EventForm.class)
        .check(main);
    noClasses()
        .that()
        .doNotBelongToAnyOf(Gate.class)
        .should()
        .callMethod(Entry.class, "encoded", StoredEvent.class, Optional.class, EventForm.class)
        .check(main);
    noClasses()
        .that()
        .doNotBelongToAnyOf(RoomReads.class)
        .should()
        .callMethod(Gate.class, "encode", Entry.class, EventForm.class)
        .check(main);
    classes()
        .that()
        .haveSimpleName(RoomReads.class.getSimpleName())
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(StreamLaw.class)
        .check(main);
  }

  /**
   * The host's JSON, which holds what a redaction or an erasure takes away, is read by the pure rules alone; who has to
   * keep within a bound looks at its length.
   */
  @Test
  void jsonOfRoomEvents_isReadBy_theRulesAlone() {
    noClasses()
        .that()
        .resideInAnyPackage(ROOT, ROOT + ".internal..", ROOT + ".rest")
        .and()
        .doNotHaveSimpleName(ROOM_READER)
        .and()
        .doNotBelongToAnyOf(Entry.class, KeptEvents.class)
        .should()
        .callMethod(RoomEvent.class, "json")
        .check(main);
  }
}
