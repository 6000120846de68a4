package io.github.matrixsync;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.github.matrixsync.domain.event.EventForm;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.internal.cache.Caches;
import io.github.matrixsync.internal.cache.DamagedEvents;
import io.github.matrixsync.internal.cache.EncodedEventCache;
import io.github.matrixsync.internal.cache.EventCache;
import io.github.matrixsync.internal.cache.RoomListCache;
import io.github.matrixsync.internal.delivery.DueEvents;
import io.github.matrixsync.internal.delivery.EventGate;
import io.github.matrixsync.internal.encoding.EncodedEvent;
import io.github.matrixsync.internal.encoding.EncodedEvents;
import io.github.matrixsync.internal.log.DeliveryRule;
import io.github.matrixsync.internal.log.WindowEntry;
import io.github.matrixsync.store.model.StoredEvent;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonParser;

/** Checks which packages may depend on which, and what the public API shows. */
class ArchitectureTest {
  private static final String ROOT = "io.github.matrixsync";
  private static final Set<String> EXPORTED = Set.of(
      ROOT,
      ROOT + ".call",
      ROOT + ".call.room",
      ROOT + ".domain.appservice",
      ROOT + ".domain.event",
      ROOT + ".domain.filter",
      ROOT + ".domain.token",
      ROOT + ".operation",
      ROOT + ".rest",
      ROOT + ".sync");
  private static final String[] ENGINE = {
    ROOT,
    ROOT + ".call..",
    ROOT + ".domain..",
    ROOT + ".internal..",
    ROOT + ".operation",
    ROOT + ".rest",
    ROOT + ".sync"
  };

  /** The packages of the engine from the bottom up, each with the packages of the engine that it may depend on. */
  private static final String LAYERS = """
      internal.json:
      domain.token:
      domain.appservice:
      domain.filter: internal.json
      domain.event: internal.json
      domain.visibility: domain.event
      internal.encoding: domain.event internal.json
      operation:
      call: domain.appservice domain.event domain.filter domain.token internal.encoding
      call.room: call domain.appservice domain.event domain.filter domain.token
      sync: domain.event domain.filter domain.token
      internal.error: call
      internal.concurrent: operation
      internal.stores: domain.token internal.concurrent operation
      internal.cache: domain.event domain.visibility internal.encoding internal.stores operation
      internal.log: domain.event domain.token internal.concurrent internal.encoding
      internal.membership: domain.token internal.log
      internal.follow: call domain.token internal.cache internal.concurrent internal.error internal.log \
          internal.membership internal.stores operation
      internal.delivery: call domain.event domain.visibility internal.cache internal.encoding internal.error \
          internal.follow internal.json internal.log internal.membership internal.stores
      internal.ephemeral: domain.event domain.filter domain.token internal.encoding internal.follow internal.log \
          internal.membership internal.stores operation
      internal.appservice: domain.appservice domain.event domain.token domain.visibility internal.delivery \
          internal.ephemeral internal.follow internal.log internal.membership internal.stores
      internal.longpoll: call domain.appservice domain.event domain.token internal.appservice internal.concurrent \
          internal.delivery internal.ephemeral internal.error internal.follow internal.log internal.membership \
          internal.stores operation
      internal.snapshot: call call.room domain.appservice domain.event domain.filter domain.token \
          domain.visibility internal.cache internal.concurrent internal.delivery internal.encoding \
          internal.ephemeral internal.error internal.follow internal.json internal.stores operation
      internal.room: domain.event domain.filter domain.token domain.visibility internal.cache internal.delivery \
          internal.encoding internal.json internal.log internal.stores sync
      internal.sync: call domain.event domain.filter domain.token domain.visibility internal.cache internal.delivery \
          internal.concurrent internal.encoding internal.ephemeral internal.follow internal.log internal.longpoll \
          internal.membership internal.room internal.snapshot internal.stores operation sync
      """;

  private static final String ROOM_READER = "RoomReader";

  private final JavaClasses main = new ClassFileImporter()
      .withImportOption(new ImportOption.DoNotIncludeTests())
      .importPackages(ROOT);

  @Test
  void layers_eachPackage_knowsThoseBelowItAlone() {
    for (String line : LAYERS.lines().toList()) {
      String[] parts = line.split(":", 2);
      Set<String> known = Stream.of(parts[1].split(" ", -1))
          .filter(name -> !name.isEmpty())
          .map(name -> ROOT + "." + name)
          .collect(Collectors.toSet());
      String layer = ROOT + "." + parts[0];
      known.add(layer);
      assertThat(enginePackagesKnownTo(layer)).as(layer).isNotEmpty().isSubsetOf(known);
    }
  }

  private Set<String> enginePackagesKnownTo(String layer) {
    return main.stream()
        .filter(each -> each.getPackageName().equals(layer))
        .flatMap(each -> each.getDirectDependenciesFromSelf().stream())
        .map(dependency -> dependency.getTargetClass().getPackageName())
        .filter(name -> name.startsWith(ROOT + ".") || name.equals(ROOT))
        .filter(name -> !name.startsWith(ROOT + ".event") && !name.startsWith(ROOT + ".store"))
        .collect(Collectors.toSet());
  }

  @Test
  void layers_everyPackageInside_hasItsLine() {
    assertThat(main.stream()
            .map(JavaClass::getPackageName)
            .filter(
                name -> name.startsWith(ROOT + ".internal.") || name.startsWith(ROOT + ".domain."))
            .map(name -> name.substring(ROOT.length() + 1)))
        .isSubsetOf(LAYERS.lines().map(line -> line.split(":", 2)[0]).toList());
  }

  @Test
  void domain_dependsOn_theContractAndJacksonAlone() {
    classes()
        .that()
        .resideInAnyPackage(ROOT + ".domain..", ROOT + ".internal.json")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "org.jspecify..",
            "tools.jackson.core..",
            ROOT + ".domain..",
            ROOT + ".internal.json",
            ROOT + ".event",
            ROOT + ".store..")
        .check(main);
  }

  @Test
  void domain_callsNo_clockThreadOrRandom() {
    noClasses()
        .that()
        .resideInAnyPackage(ROOT + ".domain..", ROOT + ".event")
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
  void packages_are_withoutCycles() {
    slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(main);
  }

  @Test
  void edge_seesOfTheInside_encodingAndJsonAlone() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + ".rest")
        .should()
        .dependOnClassesThat(resideInAPackage(ROOT + ".internal..")
            .and(not(resideInAnyPackage(ROOT + ".internal.encoding", ROOT + ".internal.json"))))
        .check(main);
  }

  /** Exported packages show only types that a host needs; other public types serve other packages of the engine. */
  @Test
  void publicSignatures_showNoTypeOf_theInsideJacksonOrCaffeine() {
    for (JavaClass each : main) {
      if (isExported(each)) {
        assertThat(shown(each)).as(each.getName()).noneMatch(ArchitectureTest::isHidden);
      }
    }
  }

  @Test
  void publicSignatures_ofAClassThatShowsJackson_areNoticed() {
    JavaClass leaky = new ClassFileImporter().importClass(Leaky.class);

    assertThat(shown(leaky))
        .filteredOn(ArchitectureTest::isHidden)
        .containsExactly(JsonParser.class.getName());
  }

  /** Breaks the rule of public signatures. */
  public static final class Leaky {
    public Optional<JsonParser> parser() {
      return Optional.empty();
    }
  }

  private static boolean isExported(JavaClass each) {
    return each.getModifiers().contains(JavaModifier.PUBLIC)
        && EXPORTED.contains(each.getPackageName());
  }

  /** Returns the names of the types in the public signatures of a class. */
  private static Set<String> shown(JavaClass each) {
    return each.getCodeUnits().stream()
        .filter(unit -> unit.getModifiers().contains(JavaModifier.PUBLIC))
        .flatMap(unit -> unit.getAllInvolvedRawTypes().stream())
        .map(JavaClass::getName)
        .collect(Collectors.toSet());
  }

  /** Hosts catch these errors; only the engine creates them. */
  @Test
  void errorsOfTheEngine_haveNo_publicConstructorOrFactory() {
    List<JavaClass> errors = main.stream()
        .filter(each -> isExported(each) && each.isAssignableTo(Throwable.class))
        .toList();

    assertThat(errors).hasSizeGreaterThan(6);
    for (JavaClass each : errors) {
      assertThat(each.getCodeUnits())
          .as(each.getName())
          .filteredOn(unit -> unit.getModifiers().contains(JavaModifier.PUBLIC))
          .noneMatch(
              unit -> unit.isConstructor() || unit.getModifiers().contains(JavaModifier.STATIC));
    }
  }

  private static boolean isHidden(String type) {
    return type.startsWith("tools.jackson.")
        || type.startsWith("com.github.benmanes.")
        || type.startsWith(ROOT + ".internal.");
  }

  /**
   * Room events are encoded for clients in three places: by the gate, by readers of the window that apply the delivery
   * rule first, and in lists by readers that check what each viewer may see.
   */
  @Test
  void roomEvents_areShownBy_nobodyPastTheGate() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".internal.encoding")
        .and()
        .doNotBelongToAnyOf(EncodedEventCache.class, WindowEntry.class)
        .should()
        .callMethod(EncodedEvent.class, "of", EventForm.class, StoredEvent.class, Optional.class)
        .check(main);
    noClasses()
        .that()
        .doNotBelongToAnyOf(EventGate.class, Caches.class, EncodedEventCache.class)
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(EncodedEventCache.class)
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
        .doNotBelongToAnyOf(RoomListCache.class)
        .should()
        .callMethod(
            RoomListCache.class, "messages", List.class, long.class, EventForm.class, int.class)
        .check(main);
    noClasses()
        .that()
        .doNotBelongToAnyOf(WindowEntry.class)
        .should()
        .callMethod(WindowEntry.class, "encoded", EventForm.class)
        .check(main);
    noClasses()
        .that()
        .doNotBelongToAnyOf(EventGate.class)
        .should()
        .callMethod(
            WindowEntry.class, "encoded", StoredEvent.class, Optional.class, EventForm.class)
        .check(main);
    noClasses()
        .that()
        .doNotBelongToAnyOf(DueEvents.class)
        .and()
        .haveNameNotMatching(".*\\.DraftEncoder(\\$.*)?")
        .should()
        .callMethod(EventGate.class, "encode", WindowEntry.class, EventForm.class)
        .check(main);
    classes()
        .that()
        .haveSimpleName(DueEvents.class.getSimpleName())
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(DeliveryRule.class)
        .check(main);
  }

  /**
   * The host's JSON still holds what a redaction or an erasure removes, so only the rules of the domain read it.
   * Classes that keep within a bound read its length.
   */
  @Test
  void jsonOfRoomEvents_isReadBy_theRulesAlone() {
    noClasses()
        .that()
        .resideInAnyPackage(ROOT, ROOT + ".internal..", ROOT + ".rest")
        .and()
        .resideOutsideOfPackage(ROOT + ".internal.encoding")
        .and()
        .doNotBelongToAnyOf(WindowEntry.class, EventCache.class)
        .should()
        .callMethod(RoomEvent.class, "json")
        .check(main);
  }
}
