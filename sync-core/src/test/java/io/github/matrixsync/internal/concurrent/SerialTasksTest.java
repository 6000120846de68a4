package io.github.matrixsync.internal.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.world.Logged;
import io.github.matrixsync.world.ManualScheduler;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SerialTasksTest {
  private final Deque<Runnable> steps = new ArrayDeque<>();
  private final SerialTasks<String> tasks =
      new SerialTasks<>(new EngineThreads(steps::add, new ManualScheduler())::serve);
  private final List<String> done = new ArrayList<>();

  @RegisterExtension
  final Logged logged = new Logged();

  @Test
  void execute_oneKey_theNextIsOfferedWhenTheOneBeforeHasRun() {
    execute("a", "a1");
    execute("a", "a2");
    execute("b", "b1");
    execute("a", "a3");
    assertThat(steps).hasSize(2);

    runAll();

    assertThat(done).containsExactly("a1", "b1", "a2", "a3");
  }

  @Test
  void execute_whileOneRuns_isNext() {
    tasks.execute("a", () -> {
      execute("a", "inner");
      assertThat(steps).isEmpty();
      done.add("outer");
    });
    runAll();

    assertThat(done).containsExactly("outer", "inner");
  }

  @Test
  void execute_afterAllHaveRun_begins() {
    execute("a", "a1");
    runAll();
    execute("a", "a2");
    runAll();

    assertThat(done).containsExactly("a1", "a2");
  }

  @Test
  void execute_oneFails_theNextRuns() {
    tasks.execute("a", () -> {
      throw new IllegalStateException("fails");
    });
    execute("a", "a2");

    runAll();

    assertThat(done).containsExactly("a2");
    assertThat(logged.entries())
        .satisfiesExactly(
            entry -> assertThat(entry).contains("a task of the engine failed"),
            entry -> assertThat(entry).contains("a task of the engine succeeds again"));
  }

  private void execute(String key, String name) {
    tasks.execute(key, () -> done.add(name));
  }

  private void runAll() {
    while (!steps.isEmpty()) {
      steps.remove().run();
    }
  }
}
