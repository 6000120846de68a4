package io.github.matrixsync.examples.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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
    List<String> failed =
        SuiteRun.of(tests, Map.of(BridgeFixture.FLAW, flaw.name())).failed();

    assertThat(failed.isEmpty()).as("%s: %s", flaw, failed).isEqualTo(flaw == Flaw.NONE);
  }
}
