package io.github.matrixsync.internal.concurrent;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks with the same key one after another, in order, in one lane. The tasks of a key occupy at most one thread.
 * Thread-safe.
 *
 * @param <K> the keys; a key takes no memory after its tasks have run
 */
public final class SerialTasks<K> {
  private final Executor lane;
  private final Map<K, Queue<Runnable>> waiting = new HashMap<>(); // guarded by this

  /** Runs them in a lane. */
  public SerialTasks(Executor lane) {
    this.lane = lane;
  }

  /** Runs a task after those of the same key that came before. Does not block. */
  public void execute(K key, Runnable task) {
    synchronized (this) {
      Queue<Runnable> others = waiting.get(key);
      if (others != null) {
        others.add(task);
        return;
      }
      waiting.put(key, new ArrayDeque<>(2));
    }
    start(key, task);
  }

  private void start(K key, Runnable task) {
    lane.execute(() -> {
      try {
        task.run();
      } finally {
        Runnable next = next(key);
        if (next != null) {
          ThreadContext.handOver(() -> start(key, next));
        }
      }
    });
  }

  private synchronized @Nullable Runnable next(K key) {
    Queue<Runnable> others = waiting.get(key);
    Runnable next = others == null ? null : others.poll();
    if (next == null) {
      waiting.remove(key);
    }
    return next;
  }
}
