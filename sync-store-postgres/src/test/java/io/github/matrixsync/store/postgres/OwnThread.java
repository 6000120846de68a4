package io.github.matrixsync.store.postgres;

import java.util.concurrent.Executor;

/**
 * Runs each task on a thread of its own. The common pool, which {@code CompletableFuture} takes otherwise, has one
 * thread on a small machine, and a test's tasks that wait for each other would wait for ever.
 */
final class OwnThread {
  static final Executor EACH = task -> {
    Thread thread = new Thread(task, "test-caller");
    thread.setDaemon(true);
    thread.start();
  };

  private OwnThread() {}
}
