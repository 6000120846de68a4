package io.github.matrixsync.examples.adapters.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.SyncApi;
import io.github.matrixsync.examples.adapters.AccessTokens;
import io.github.matrixsync.examples.adapters.Adapter;
import io.github.matrixsync.examples.adapters.contract.AdapterContract;
import io.github.matrixsync.examples.adapters.contract.HangUps;
import io.github.matrixsync.examples.adapters.contract.Threads;
import java.lang.reflect.Method;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** The tests of adapters find each mistake, and pass for an adapter without one. */
class PlantedMistakesTest {
  /** Not a test: when all tests have run, it checks what was logged. */
  private static final String AT_THE_END = "closeServer";

  /** A test that sends an access token in a query, which {@link #AT_THE_END} must not find in the log. */
  private static final String WITH_A_QUERY = "token_missingOrUnknown_isRefused";

  private static Mistake planted = Mistake.NONE;

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
  void adapter_withAMistake_failsTheTestOfIt(Mistake mistake) {
    assertThat(failedTests(mistake, Set.of(mistake.test()))).containsExactly(mistake.test());
  }

  @Test
  void adapter_withoutAMistake_passesThem() {
    Set<String> tests =
        EnumSet.allOf(Mistake.class).stream().map(Mistake::test).collect(Collectors.toSet());
    assertThat(failedTests(Mistake.NONE, tests)).isEmpty();
  }

  /** Runs tests against an adapter, and returns which of them fail. */
  private static Set<String> failedTests(Mistake mistake, Set<String> tests) {
    planted = mistake;
    List<Method> selected = ReflectionSupport.findMethods(
        AdapterContract.class,
        method ->
            tests.contains(method.getName().equals(WITH_A_QUERY) ? AT_THE_END : method.getName())
                && !method.getName().equals(AT_THE_END),
        HierarchyTraversalMode.TOP_DOWN);
    Set<String> ran = new TreeSet<>();
    Set<String> failed = new TreeSet<>();
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request()
                .selectors(selected.stream()
                    .map(method -> DiscoverySelectors.selectMethod(Planted.class, method))
                    .toList())
                .build(),
            new TestExecutionListener() {
              @Override
              public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                String name = name(test);
                ran.add(name);
                if (result.getStatus() != TestExecutionResult.Status.SUCCESSFUL) {
                  failed.add(name);
                }
              }
            });
    assertThat(ran).containsAll(selected.stream().map(Method::getName).toList());
    return failed;
  }

  private static String name(TestIdentifier test) {
    return test.getSource()
        .filter(MethodSource.class::isInstance)
        .map(source -> ((MethodSource) source).getMethodName())
        .orElse(AT_THE_END);
  }

  /** The tests, run by {@link #failedTests} alone. */
  static class Planted extends AdapterContract {
    Planted() {
      super("planted");
    }

    static List<Threads> variants() {
      return List.of(Threads.PLATFORM);
    }

    @Override
    protected Adapter start(SyncApi engine, AccessTokens tokens) {
      return new MistakenAdapter(engine, tokens, planted);
    }

    @Override
    protected HangUps hangUps() {
      return HangUps.UNNOTICED;
    }
  }
}
