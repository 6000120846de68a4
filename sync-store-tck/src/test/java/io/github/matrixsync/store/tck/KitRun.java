package io.github.matrixsync.store.tck;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** One run of classes of the kit by the JUnit platform, and what came of it. Confined to one thread. */
final class KitRun implements TestExecutionListener {
  private final List<String> tests = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();
  private final Set<Rule> failedRules = EnumSet.noneOf(Rule.class);

  static KitRun of(List<Class<?>> classes) {
    KitRun run = new KitRun();
    LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
        .selectors(classes.stream().map(DiscoverySelectors::selectClass).toList())
        .build();
    LauncherFactory.create().execute(request, run);
    return run;
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    String name = test.getSource()
        .filter(MethodSource.class::isInstance)
        .map(MethodSource.class::cast)
        .map(MethodSource::getMethodName)
        .orElse(test.getDisplayName());
    if (test.isTest()) {
      tests.add(name);
    }
    if (result.getStatus() != TestExecutionResult.Status.SUCCESSFUL) {
      String message = result.getThrowable().map(Throwable::getMessage).orElse("");
      failures.add(name + ": " + message);
      failedRules.add(Rule.of(name));
    }
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
