package io.github.matrixsync.world;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executor;

/** An executor that queues tasks and runs a random one at each step. Confined to one thread. */
public final class SteppedExecutor implements Executor {
  private final List<Runnable> tasks = new ArrayList<>();
  private final Random random;

  public SteppedExecutor(Random random) {
    this.random = random;
  }

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
  }

  /** Runs one queued task, and returns whether there was one. */
  public boolean step() {
    if (tasks.isEmpty()) {
      return false;
    }
    tasks.remove(random.nextInt(tasks.size())).run();
    return true;
  }
}
