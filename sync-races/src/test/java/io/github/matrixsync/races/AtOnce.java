package io.github.matrixsync.races;

import java.util.concurrent.Executor;

/**
 * An executor that runs each task on the caller's thread. A class and not a lambda, as the threads of a {@link Race}
 * are.
 */
public final class AtOnce implements Executor {
  @Override
  public void execute(Runnable task) {
    task.run();
  }
}
