package io.github.matrixsync.internal.concurrent;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks of one kind in order, a bounded number at a time, on an executor that several lanes share. Tasks wait only
 * for others of the same lane. Thread-safe.
 *
 * <p>A worker runs one task and then offers itself to the executor again, behind the tasks that wait there. On an
 * executor that runs tasks on the caller's thread, tasks run one after another and are not nested: a worker that begins
 * inside a callback leaves its task to the worker whose task called the callback.
 */
final class Lane implements Executor {
  /** A task with a waiting caller, which must never be dropped silently. */
  interface Awaited extends Runnable {
    /** Fails the task, because it will never run. */
    void refuse(Throwable reason);
  }

  private final EngineThreads threads;
  private final int width;
  private final Queue<Runnable> waiting = new ArrayDeque<>(); // guarded by this
  private int workers; // guarded by this
  private boolean closed; // guarded by this

  /**
   * Makes a lane without tasks.
   *
   * @param width the maximum number of tasks that run at a time
   */
  Lane(EngineThreads threads, int width) {
    this.threads = threads;
    this.width = width;
  }

  /** Runs a task. Once closed, drops it, or refuses one that is awaited. */
  @Override
  public void execute(Runnable task) {
    boolean isDropped;
    boolean isWorkerMissing;
    synchronized (this) {
      isDropped = closed;
      isWorkerMissing = !closed && waiting.add(task) && workers < width;
      if (isWorkerMissing) {
        workers++;
      }
    }
    if (isDropped) {
      refuse(task);
    } else if (isWorkerMissing) {
      ThreadContext context = ThreadContext.enter();
      try {
        context.offer(() -> threads.offer(new Worker()));
      } finally {
        context.leave();
      }
    }
  }

  /** Drops waiting tasks and all later ones. Running tasks are not affected. */
  void close() {
    List<Runnable> dropped;
    synchronized (this) {
      closed = true;
      dropped = new ArrayList<>(waiting);
      waiting.clear();
    }
    dropped.forEach(Lane::refuse);
  }

  private static void refuse(Runnable task) {
    if (task instanceof Awaited awaited) {
      awaited.refuse(new IllegalStateException("the engine is closed"));
    }
  }

  /** Runs tasks once, even if the executor runs it more than once. */
  private final class Worker implements Runnable {
    private final AtomicBoolean begun = new AtomicBoolean();

    @Override
    public void run() {
      if (!begun.compareAndSet(false, true)) {
        return;
      }
      ThreadContext context = ThreadContext.enter();
      try {
        work(context);
      } finally {
        context.leave();
      }
    }
  }

  private void work(ThreadContext context) {
    if (context.isReturning(this)) {
      return;
    }
    if (context.mustLeaveTaskTo(this)) {
      retire();
    } else if (context.mustChangeThread()) {
      threads.runOnNewThread(new Worker());
    } else {
      workOn(context);
    }
  }

  private void workOn(ThreadContext context) {
    context.begin(this);
    try {
      do {
        Runnable task = next();
        if (task != null) {
          threads.run(task);
        }
      } while (isWorkLeft() && context.passOn(this, () -> threads.offer(new Worker())));
    } finally {
      context.end(this);
    }
  }

  private synchronized @Nullable Runnable next() {
    return waiting.poll();
  }

  /** Returns whether tasks are left; if not, the calling worker is no longer counted. */
  private synchronized boolean isWorkLeft() {
    if (waiting.isEmpty()) {
      workers--;
      return false;
    }
    return true;
  }

  private synchronized void retire() {
    workers--;
  }
}
