package io.github.matrixsync.testkit.junit;

import static io.github.matrixsync.testkit.MatrixAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.matrixsync.testkit.MatrixWorld;
import io.github.matrixsync.testkit.TestUser;
import io.github.matrixsync.testkit.http.RequestPattern;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.opentest4j.TestAbortedException;

/** Both extensions, tested by running test classes that use them correctly or wrongly. */
class ExtensionTest {
  private static final List<MatrixWorld> WORLDS = new ArrayList<>();
  private static final List<Throwable> FAILURES = new ArrayList<>();

  private final PrintStream standardOutput = System.out;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @BeforeEach
  void capture() {
    WORLDS.clear();
    FAILURES.clear();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void release() {
    System.setOut(standardOutput);
  }

  private static void run(Class<?> type) {
    LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
        .selectors(DiscoverySelectors.selectClass(type))
        .build();
    LauncherFactory.create().execute(request, new TestExecutionListener() {
      @Override
      public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        result.getThrowable().ifPresent(FAILURES::add);
      }
    });
  }

  private static boolean isClosed(MatrixWorld world) {
    try {
      world.engine();
      return false;
    } catch (IllegalStateException e) {
      return true;
    }
  }

  @MatrixTest
  static class EachTest {
    @BeforeEach
    void before(MatrixWorld world) {
      world.user("alice").creates("here");
      WORLDS.add(world);
    }

    @Test
    void one(MatrixWorld world) {
      WORLDS.add(world);
    }

    @Test
    void two(MatrixWorld world) {
      WORLDS.add(world);
    }
  }

  @Test
  void matrixTest_onAClass_hasAWorldForEachTest() {
    run(EachTest.class);

    assertThat(FAILURES).isEmpty();
    assertThat(WORLDS).hasSize(4).allMatch(ExtensionTest::isClosed);
    assertThat(WORLDS.get(0)).isSameAs(WORLDS.get(1)).isNotSameAs(WORLDS.get(2));
    assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  static class OneMethod {
    @Test
    @MatrixTest
    void one(MatrixWorld world) {
      WORLDS.add(world);
    }
  }

  @Test
  void matrixTest_onAMethod_hasAWorld() {
    run(OneMethod.class);

    assertThat(FAILURES).isEmpty();
    assertThat(WORLDS).hasSize(1);
  }

  @MatrixTest
  static class Failing {
    @Test
    void fails(MatrixWorld world) {
      TestUser alice = world.user("alice");
      alice.says(alice.creates("here"), "hi");
      assertThat(alice).sawMessages("ho");
    }
  }

  @Test
  void failingTest_printsTheStory() {
    run(Failing.class);

    assertThat(FAILURES).hasSize(1);
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .startsWith("The story of Failing.fails:\n2026-01-01T00:00:00Z\n")
        .contains("  alice.says(here, \"hi\")\n");
  }

  @MatrixTest
  static class ExpectingInVain {
    @Test
    void expects(MatrixWorld world) {
      world.server().expects(RequestPattern.get("account/whoami")).once();
    }
  }

  @Test
  void expectationThatFailsAtTheEnd_printsTheStory() {
    run(ExpectingInVain.class);

    assertThat(FAILURES).hasSize(1);
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .startsWith("The story of ExpectingInVain.expects:\n");
  }

  @MatrixTest
  static class Skipped {
    @Test
    void expects(MatrixWorld world) {
      world.server().expects(RequestPattern.get("account/whoami")).once();
      assumeTrue(false);
    }
  }

  @Test
  void skippedTest_staysSkipped() {
    run(Skipped.class);

    assertThat(FAILURES).singleElement().isInstanceOf(TestAbortedException.class);
    assertThat(FAILURES.get(0).getSuppressed()).isEmpty();
    assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @MatrixTest
  static class SwallowedFailure {
    @Test
    void passes(MatrixWorld world) {
      world.time().schedule(() -> {}, Duration.ofSeconds(1));
      world.time().asScheduledExecutor().execute(() -> {
        throw new IllegalStateException("a bridge's task");
      });
    }
  }

  @Test
  void failureInAReaction_failsTheTestAtItsEnd() {
    run(SwallowedFailure.class);

    assertThat(FAILURES)
        .singleElement()
        .satisfies(e -> assertThat(e).hasMessage("a bridge's task"));
  }

  @MatrixTest
  static class TwoWorlds {
    @Test
    void two(MatrixWorld one, MatrixWorld two) {
      WORLDS.add(one);
    }
  }

  @Test
  void twoParameters_areRefused() {
    run(TwoWorlds.class);

    assertThat(FAILURES)
        .singleElement()
        .satisfies(e -> assertThat(e)
            .isInstanceOf(ParameterResolutionException.class)
            .hasMessage("two has 2 parameters of the type MatrixWorld, but a test has one world; "
                + "for a second one write MatrixWorld.create() and close it"));
  }

  @MatrixTest
  static class InBeforeAll {
    @BeforeAll
    static void before(MatrixWorld world) {
      WORLDS.add(world);
    }

    @Test
    void never() {}
  }

  @Test
  void matrixTest_inBeforeAll_saysWhatToWrite() {
    run(InBeforeAll.class);

    assertThat(FAILURES)
        .singleElement()
        .satisfies(e -> assertThat(e)
            .isInstanceOf(ParameterResolutionException.class)
            .hasMessageContaining(
                "@RegisterExtension static final MatrixWorldExtension MATRIX = "));
  }

  static class InstanceField {
    @RegisterExtension
    MatrixWorldExtension matrix =
        MatrixWorldExtension.with(builder -> builder.serverName("example.org"));

    @Test
    void one() {
      WORLDS.add(matrix.world());
    }

    @Test
    void two(MatrixWorld world) {
      WORLDS.add(world);
    }
  }

  @Test
  void instanceField_hasAWorldForEachTest() {
    run(InstanceField.class);

    assertThat(FAILURES).isEmpty();
    assertThat(WORLDS).hasSize(2).doesNotHaveDuplicates().allMatch(ExtensionTest::isClosed);
    assertThat(WORLDS).allMatch(world -> world.serverName().equals("example.org"));
  }

  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  static class InstanceFieldOfOneInstance extends InstanceField {}

  @Test
  void instanceField_ofOneInstanceForAllTests_hasAWorldForEachTest() {
    run(InstanceFieldOfOneInstance.class);

    assertThat(FAILURES).isEmpty();
    assertThat(WORLDS).hasSize(2).doesNotHaveDuplicates().allMatch(ExtensionTest::isClosed);
  }

  @TestMethodOrder(MethodOrderer.MethodName.class)
  static class StaticField {
    @RegisterExtension
    static final MatrixWorldExtension MATRIX = MatrixWorldExtension.with(builder -> {});

    @BeforeAll
    static void before(MatrixWorld world) {
      world.user("alice").creates("here");
    }

    @Test
    void one() {
      WORLDS.add(MATRIX.world());
    }

    @Test
    void two() {
      MATRIX.reset();
      MATRIX.world().user("alice").creates("here");
      WORLDS.add(MATRIX.world());
    }
  }

  @Test
  void staticField_hasAWorldForTheClass_andResetEmptiesIt() {
    run(StaticField.class);

    assertThat(FAILURES).isEmpty();
    assertThat(WORLDS).hasSize(2).doesNotHaveDuplicates().allMatch(ExtensionTest::isClosed);
  }

  static class InstanceFieldInBeforeAll {
    @RegisterExtension
    MatrixWorldExtension matrix = MatrixWorldExtension.with(builder -> {});

    @BeforeAll
    static void before(MatrixWorld world) {
      WORLDS.add(world);
    }

    @Test
    void never() {}
  }

  @Test
  void instanceField_inBeforeAll_isRefused() {
    run(InstanceFieldInBeforeAll.class);

    assertThat(FAILURES)
        .singleElement()
        .satisfies(e -> assertThat(e).isInstanceOf(ParameterResolutionException.class));
  }

  @Test
  void world_withoutAnAnnotation_saysSo() {
    MatrixWorldExtension matrix = MatrixWorldExtension.with(builder -> {});

    org.assertj.core.api.Assertions.assertThatThrownBy(matrix::world)
        .hasMessage("there is no world now; is the field annotated with @RegisterExtension?");
  }
}
