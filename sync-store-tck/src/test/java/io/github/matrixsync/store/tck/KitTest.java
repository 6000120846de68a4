package io.github.matrixsync.store.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.store.model.EventKind;
import io.github.matrixsync.store.tck.broken.BrokenRole;
import io.github.matrixsync.store.tck.broken.BrokenShared;
import io.github.matrixsync.store.tck.broken.BrokenSharedRole;
import io.github.matrixsync.store.tck.broken.BrokenSharedSyncRole;
import io.github.matrixsync.store.tck.broken.BrokenStore;
import io.github.matrixsync.store.tck.broken.BrokenStores;
import io.github.matrixsync.store.tck.broken.BrokenSyncReads;
import io.github.matrixsync.store.tck.broken.BrokenSyncRole;
import io.github.matrixsync.store.tck.reference.ReferenceLog;
import io.github.matrixsync.store.tck.reference.StoresUnderTest;
import io.github.matrixsync.store.tck.reference.SyncStoresUnderTest;
import io.github.matrixsync.store.tck.support.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The kit finds no fault with the reference, and with each broken store exactly the one it has. Which rules
 * failed for which store stands in {@code target/reports/kit.txt} afterwards.
 */
class KitTest {
  private static final List<String> MATRIX = new ArrayList<>();

  @AfterEach
  void restoreTheReference() {
    StoresUnderTest.reset();
    SyncStoresUnderTest.reset();
  }

  @AfterAll
  static void writeMatrix() throws IOException {
    StringBuilder head = new StringBuilder(" ".repeat(60));
    Stream.of(Rule.values()).forEach(rule -> head.append(rule.name()).append(' '));
    MATRIX.add(0, head.toString());
    Path reports = Files.createDirectories(Path.of("target", "reports"));
    Files.write(reports.resolve("kit.txt"), MATRIX);
  }

  @Test
  void reference_everyTest_passes() {
    KitRun events = KitRun.of(StoresUnderTest.EVENTS);
    KitRun reads = KitRun.of(StoresUnderTest.READS);
    KitRun roles = KitRun.of(StoresUnderTest.ROLES);
    KitRun sync = KitRun.of(SyncStoresUnderTest.ALL);
    KitRun shared = KitRun.of(StoresUnderTest.SHARED);
    KitRun sharedRoles = KitRun.of(StoresUnderTest.SHARED_ROLES);
    note("the reference event store", events);
    note("the reference event store, only read", reads);
    note("the reference roles", roles);
    note("the reference roles that /sync needs", sync);
    note("several reference event stores", shared);
    note("several reference roles", sharedRoles);

    assertThat(events.failures()).isEmpty();
    assertThat(reads.failures()).isEmpty();
    assertThat(roles.failures()).isEmpty();
    assertThat(sync.failures()).isEmpty();
    assertThat(shared.failures()).isEmpty();
    assertThat(sharedRoles.failures()).isEmpty();
  }

  @Test
  void storeThatLeavesOutPositions_everyTest_passes() {
    StoresUnderTest.newLog = LogWithGaps::new;
    KitRun run = KitRun.of(StoresUnderTest.EVENTS);
    note("the reference event store, positions left out", run);

    assertThat(run.failures()).isEmpty();
  }

  /** Uses every third position. */
  private static final class LogWithGaps extends ReferenceLog {
    @Override
    public long nextPosition(EventKind kind) {
      if (kind == EventKind.BACKFILL) {
        lastBackfill -= 2;
      } else {
        last += 2;
      }
      return super.nextPosition(kind);
    }
  }

  @Test
  void everyRule_hasATestAndABrokenStore() {
    Map<Rule, Integer> tests = new EnumMap<>(Rule.class);
    Stream.of(
            StoresUnderTest.EVENTS,
            StoresUnderTest.ROLES,
            SyncStoresUnderTest.ALL,
            StoresUnderTest.SHARED,
            StoresUnderTest.SHARED_ROLES)
        .flatMap(classes -> KitRun.testsOf(classes).stream())
        .forEach(name -> tests.merge(Rule.of(name), 1, Integer::sum));
    Set<Rule> broken = EnumSet.noneOf(Rule.class);
    Stream.concat(BrokenStores.all(), BrokenSyncReads.ALL.stream())
        .map(BrokenStore::rule)
        .forEach(broken::add);
    Stream.concat(BrokenRole.ALL.stream(), BrokenSyncRole.ALL.stream())
        .map(BrokenRole::rule)
        .forEach(broken::add);

    assertThat(tests.keySet()).containsExactly(Rule.values());
    assertThat(broken).containsExactly(Rule.values());
    StringBuilder counts = new StringBuilder("tests by rule:");
    tests.forEach(
        (rule, count) -> counts.append(' ').append(rule.name()).append('=').append(count));
    MATRIX.add(counts.toString());
  }

  @Test
  void rules_areThoseOfTheContract() throws Exception {
    List<String> numbers = new ArrayList<>();
    for (String folder : List.of("store", "store/device", "store/timeline")) {
      String contract = Files.readString(Path.of(
          "../sync-store-spi/src/main/java/io/github/matrixsync", folder, "package-info.java"));
      Matcher matcher = Pattern.compile("<li><b>(\\w+)</b>").matcher(contract);
      while (matcher.find()) {
        numbers.add(matcher.group(1));
      }
    }

    assertThat(numbers)
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(Rule.values()).map(Rule::name).toList());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("io.github.matrixsync.store.tck.broken.BrokenStores#all")
  void brokenStore_failsItsRuleAndNoOther(BrokenStore broken) {
    StoresUnderTest.newLog = broken.newLog();
    StoresUnderTest.newStore = broken.newStore();

    assertFails(broken.rule(), broken.toString(), StoresUnderTest.EVENTS);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("io.github.matrixsync.store.tck.broken.BrokenStores#readOnly")
  void brokenStore_onlyRead_failsItsRuleAndNoOther(BrokenStore broken) {
    StoresUnderTest.newLog = broken.newLog();
    StoresUnderTest.newStore = broken.newStore();

    assertFails(broken.rule(), broken + ", only read", StoresUnderTest.READS);
  }

  static Stream<BrokenStore> brokenShared() {
    return BrokenShared.ALL.stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("brokenShared")
  void brokenSharedStore_failsItsRuleAndNoOther(BrokenStore broken) {
    StoresUnderTest.newLog = broken.newLog();
    StoresUnderTest.newStore = broken.newStore();

    assertFails(broken.rule(), broken + ", several", StoresUnderTest.SHARED);
  }

  static Stream<BrokenRole> brokenSharedRoles() {
    return BrokenSharedRole.ALL.stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("brokenSharedRoles")
  void brokenSharedRole_failsItsRuleAndNoOther(BrokenRole broken) {
    broken.role().run();

    assertFails(broken.rule(), broken + ", several", StoresUnderTest.SHARED_ROLES);
  }

  static Stream<BrokenRole> brokenRoles() {
    return BrokenRole.ALL.stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("brokenRoles")
  void brokenRole_failsItsRuleAndNoOther(BrokenRole broken) {
    broken.role().run();

    assertFails(broken.rule(), broken.toString(), StoresUnderTest.ROLES);
  }

  static Stream<BrokenStore> brokenSyncReads() {
    return BrokenSyncReads.ALL.stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("brokenSyncReads")
  void brokenSyncRead_failsItsRuleAndNoOther(BrokenStore broken) {
    StoresUnderTest.newStore = broken.newStore();

    assertFails(broken.rule(), broken.toString(), StoresUnderTest.READS);
  }

  static Stream<BrokenRole> brokenSyncRoles() {
    return Stream.concat(BrokenSyncRole.ALL.stream(), BrokenSharedSyncRole.ALL.stream());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("brokenSyncRoles")
  void brokenSyncRole_failsItsRuleAndNoOther(BrokenRole broken) {
    broken.role().run();

    assertFails(broken.rule(), broken.toString(), SyncStoresUnderTest.ALL);
  }

  private static void assertFails(Rule rule, String what, List<Class<?>> classes) {
    KitRun run = KitRun.of(classes, rule);
    note(what, run);

    assertThat(run.failures()).isNotEmpty().allMatch(failure -> failure.contains(rule.toString()));
    assertThat(run.failedRules()).containsExactly(rule);
  }

  private static void note(String what, KitRun run) {
    StringBuilder row = new StringBuilder("%-60s".formatted(what));
    Stream.of(Rule.values())
        .forEach(rule -> row.append(run.failedRules().contains(rule) ? "X  " : ".  "));
    MATRIX.add(row + " " + run.failures().size() + " of " + run.tests().size() + " failed");
  }
}
