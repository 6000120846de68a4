package io.github.matrixsync.internal.concurrent;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks of one kind in the order in which they come, a bounded number of them at a time, on an executor that
 * several lanes share: tasks of one kind wait for each other, and not for those of another kind. Thread-safe.
 *
 * <p>A worker runs one task and passes itself on to the executor, behind whatever else waits there. An executor that
 * runs tasks on its caller's thread gets them one after another, not one on top of another: a worker that such an
 * executor begins inside a callback leaves its task to the one whose task called the callback.
 */
final class Lane implements Executor {
  /** A task for whose end somebody waits, and which must therefore never be dropped. */
  interface Awaited extends Runnable {
    /** Ends it, since it will never run. */
    void refuse(Throwable reason);
  }

  private final EngineThreads threads;
  private final int width;
  private final Queue<Runnable> waiting = new ArrayDeque<>(); // guarded by this
  private int workers; // guarded by this
  private boolean closed; // guarded by this

  /**
   * Has nothing to do yet.
   *
   * @param width how many tasks run at a time at most
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

  /** Drops what waits, and whatever comes from now on. What is running ends as it would. */
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

  /** Runs tasks once, however often the executor was asked to. */
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

  /** Returns whether there is anything left to do; if not, the worker that asks is one no more. */
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
