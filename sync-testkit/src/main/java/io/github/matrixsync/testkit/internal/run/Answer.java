package io.github.matrixsync.testkit.internal.run;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A task with a result. To wait for it on the thread that would run it is refused. Thread-safe. */
class Answer<V> extends FutureTask<V> {
  private final Actions actions;

  Answer(Callable<V> task, Actions actions) {
    super(task);
    this.actions = actions;
  }

  /** Returns why a reaction cannot wait for this task. */
  String whyNot() {
    return "the task runs after this reaction or task; do not wait for it there";
  }

  @Override
  public V get() throws InterruptedException, ExecutionException {
    requireNoReaction();
    return super.get();
  }

  @Override
  public V get(long timeout, TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException {
    requireNoReaction();
    return super.get(timeout, unit);
  }

  private void requireNoReaction() {
    if (!isDone() && actions.isActing()) {
      throw actions.failed(new IllegalStateException(whyNot()));
    }
  }
}
