package io.github.matrixsync.internal.concurrent;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Runs the tasks of one key one after another, in the order in which they came, each as a task of its own among the
 * reads: however many there are, they keep one thread busy. Thread-safe.
 *
 * @param <K> a key, of which nothing is left when its tasks have run
 */
public final class SerialTasks<K> {
  private final EngineThreads threads;
  private final Map<K, Queue<Runnable>> waiting = new HashMap<>(); // guarded by this

  public SerialTasks(EngineThreads threads) {
    this.threads = threads;
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
    threads.read(() -> {
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
