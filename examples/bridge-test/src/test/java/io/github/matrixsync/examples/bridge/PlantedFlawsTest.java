package io.github.matrixsync.examples.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** The bridge's tests fail for every flaw, and pass for a bridge without flaws. */
class PlantedFlawsTest {
  @ParameterizedTest
  @EnumSource
  void inProcess_bridgeWithAFlaw_fails(Flaw flaw) {
    assertThatTestsFind(flaw, BridgeInProcessTest.class);
  }

  @ParameterizedTest
  @EnumSource
  void overHttp_bridgeWithAFlaw_fails(Flaw flaw) {
    assertThatTestsFind(flaw, BridgeOverHttpTest.class);
  }

  private static void assertThatTestsFind(Flaw flaw, Class<? extends BridgeTest> tests) {
    List<String> failed = failedTests(flaw, tests);

    assertThat(failed.isEmpty()).as("%s: %s", flaw, failed).isEqualTo(flaw == Flaw.NONE);
  }

  private static List<String> failedTests(Flaw flaw, Class<? extends BridgeTest> tests) {
    LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
        .selectors(DiscoverySelectors.selectClass(tests))
        .configurationParameter(BridgeFixture.FLAW, flaw.name())
        .build();
    List<String> failed = new ArrayList<>();
    LauncherFactory.create().execute(request, new TestExecutionListener() {
      @Override
      public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        result.getThrowable().ifPresent(e -> failed.add(test.getDisplayName() + " " + e));
      }
    });
    return failed;
  }
}
