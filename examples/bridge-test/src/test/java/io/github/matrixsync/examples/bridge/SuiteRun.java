package io.github.matrixsync.examples.bridge;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * One run of a test class. Immutable.
 *
 * @param passed how many tests passed
 * @param failed the names of the others, each with its failure
 */
record SuiteRun(int passed, List<String> failed) {
  SuiteRun {
    failed = List.copyOf(failed);
  }

  /** Runs a test class with parameters of JUnit. */
  static SuiteRun of(Class<?> tests, Map<String, String> parameters) {
    LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
        .selectors(DiscoverySelectors.selectClass(tests))
        .configurationParameters(parameters)
        .build();
    Results results = new Results();
    LauncherFactory.create().execute(request, results);
    return new SuiteRun(results.passed.get(), List.copyOf(results.failed));
  }

  /** Thread-safe: parallel tests end on several threads. */
  private static final class Results implements TestExecutionListener {
    private final AtomicInteger passed = new AtomicInteger();
    private final Queue<String> failed = new ConcurrentLinkedQueue<>();

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
      result
          .getThrowable()
          .ifPresentOrElse(e -> failed.add(test.getDisplayName() + " " + e), () -> {
            if (test.isTest()) {
              passed.incrementAndGet();
            }
          });
    }
  }
}
