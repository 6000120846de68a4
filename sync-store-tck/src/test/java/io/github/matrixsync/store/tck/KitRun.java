package io.github.matrixsync.store.tck;

import io.github.matrixsync.store.tck.rules.event.BulkSize;
import io.github.matrixsync.store.tck.support.Rule;
import io.github.matrixsync.store.tck.support.Timeouts;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** One run of classes of the kit by the JUnit platform, and what came of it. Confined to one thread. */
final class KitRun implements TestExecutionListener {
  /** The rules that say that something comes. */
  private static final Set<Rule> OF_WHAT_MUST_COME =
      EnumSet.of(Rule.W1, Rule.W3, Rule.L1, Rule.L2, Rule.T2, Rule.TD5, Rule.NC4);

  /** The rules whose broken stores fail with many only. */
  private static final Set<Rule> OF_MANY = EnumSet.of(Rule.B2, Rule.B3);

  /** The rules of reads with default implementations. Such a read fails whenever a read that it calls is broken. */
  private static final Set<Rule> OF_DEFAULT_READS = EnumSet.of(Rule.B4, Rule.S3, Rule.S4);

  private static final int FEW = 20;

  private static final long SHORT = TimeUnit.MILLISECONDS.toNanos(500);
  private static final long LONG = TimeUnit.SECONDS.toNanos(60);

  private final ToLongFunction<String> timeout;
  private final List<String> tests = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();
  private final Set<Rule> failedRules = EnumSet.noneOf(Rule.class);

  private Set<Rule> besides = Set.of();

  private KitRun(ToLongFunction<String> timeout) {
    this.timeout = timeout;
  }

  /** Runs classes over stores of which every test is expected to pass. */
  static KitRun of(List<Class<?>> classes) {
    return of(classes, test -> LONG, Set.of());
  }

  /**
   * Runs classes over stores one of which breaks a rule. Where that shows in that something does not come, the tests of
   * that rule do not wait for it long; all others, which are to pass, wait as long as it takes.
   */
  static KitRun of(List<Class<?>> classes, Rule broken) {
    boolean isInVain = OF_WHAT_MUST_COME.contains(broken);
    if (!OF_MANY.contains(broken)) {
      BulkSize.set(FEW);
    }
    ToLongFunction<String> timeout = test -> isInVain && Rule.of(test) == broken ? SHORT : LONG;
    return of(classes, timeout, OF_DEFAULT_READS.contains(broken) ? Set.of() : OF_DEFAULT_READS);
  }

  /** Returns the names of the tests that classes have, and runs none. */
  static List<String> testsOf(List<Class<?>> classes) {
    TestPlan plan = LauncherFactory.create().discover(request(classes));
    return plan.getRoots().stream()
        .flatMap(root -> plan.getDescendants(root).stream())
        .filter(TestIdentifier::isTest)
        .map(KitRun::nameOf)
        .toList();
  }

  private static LauncherDiscoveryRequest request(List<Class<?>> classes) {
    return LauncherDiscoveryRequestBuilder.request()
        .selectors(classes.stream().map(DiscoverySelectors::selectClass).toList())
        .build();
  }

  /**
   * Runs classes.
   *
   * @param besides further rules whose failures are ignored
   */
  private static KitRun of(
      List<Class<?>> classes, ToLongFunction<String> timeout, Set<Rule> besides) {
    KitRun run = new KitRun(timeout);
    run.besides = besides;
    try {
      LauncherFactory.create().execute(request(classes), run);
    } finally {
      Timeouts.reset();
      BulkSize.reset();
    }
    return run;
  }

  @Override
  public void executionStarted(TestIdentifier test) {
    if (test.isTest()) {
      Timeouts.set(timeout.applyAsLong(nameOf(test)));
    }
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    String name = nameOf(test);
    if (test.isTest()) {
      tests.add(name);
    }
    boolean failed = result.getStatus() != TestExecutionResult.Status.SUCCESSFUL;
    if (failed && !(test.isTest() && besides.contains(Rule.of(name)))) {
      String message = result.getThrowable().map(Throwable::getMessage).orElse("");
      failures.add(name + ": " + message);
      failedRules.add(Rule.of(name));
    }
  }

  private static String nameOf(TestIdentifier test) {
    return test.getSource()
        .filter(MethodSource.class::isInstance)
        .map(MethodSource.class::cast)
        .map(MethodSource::getMethodName)
        .orElse(test.getDisplayName());
  }

  /** Returns the names of all tests that ran. */
  List<String> tests() {
    return tests;
  }

  /** Returns the names of the tests that failed, each with its failure's message. */
  List<String> failures() {
    return failures;
  }

  /** Returns the rules whose tests failed. */
  Set<Rule> failedRules() {
    return failedRules;
  }
}
