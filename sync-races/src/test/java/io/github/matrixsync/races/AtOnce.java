package io.github.matrixsync.races;

import java.util.concurrent.Executor;

/** Has whoever brings a task run it. A class and no lambda, as the threads of a {@link Race} are. */
public final class AtOnce implements Executor {
  @Override
  public void execute(Runnable task) {
    task.run();
  }
}
