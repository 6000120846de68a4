package io.github.matrixsync.internal.concurrent;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Records what the engine is doing on the current thread, so that nested calls do not grow the stack. A callback that
 * polls again runs on the stack of the answer that called it; its answer must not be nested in that. Confined to its
 * thread, and removed when the engine does nothing there.
 */
final class ThreadContext {
  private static final ThreadLocal<@Nullable ThreadContext> CURRENT = new ThreadLocal<>();
  private static final StackWalker WALKER = StackWalker.getInstance();

  /** A stack with more frames counts as deep. A thread of 1 MiB has room for about 10,000. */
  private static final int MAX_FRAMES = 512;

  /** The stack is walked only at one in this many checks on a thread, because a walk takes microseconds. */
  private static final int CHECKS_PER_WALK = 64;

  /** The number of checks on this thread since the last walk, in an array of one. */
  private static final ThreadLocal<int[]> CHECKS = ThreadLocal.withInitial(() -> new int[1]);

  private final List<Lane> working = new ArrayList<>(2);
  private int uses;
  private int answering;
  private int offering;
  private boolean onNewThread;

  /** The lane that offers its worker to the executor now, and whether the executor ran it on this thread. */
  private @Nullable Lane passing;

  private boolean returned;

  private ThreadContext() {}

  /** Begins a use, which {@link #leave} ends. */
  static ThreadContext enter() {
    ThreadContext context = CURRENT.get();
    if (context == null) {
      context = new ThreadContext();
      CURRENT.set(context);
    }
    context.uses++;
    return context;
  }

  void leave() {
    if (--uses == 0) {
      CURRENT.remove();
    }
  }

  /** Begins to complete a future, which may run callbacks. {@link #endAnswer} ends it. */
  static ThreadContext beginAnswer() {
    ThreadContext context = enter();
    context.answering++;
    return context;
  }

  void endAnswer() {
    answering--;
    leave();
  }

  /** Runs an action that completes a future. */
  static void answer(Runnable completion) {
    ThreadContext context = beginAnswer();
    try {
      completion.run();
    } finally {
      context.endAnswer();
    }
  }

  /**
   * Runs an action that adds tasks to a lane. If the lane has a worker on this thread and the executor runs workers on
   * the caller's thread, that worker takes the tasks next, and no worker is nested in it.
   */
  static void handOver(Runnable tasks) {
    answer(tasks);
  }

  /** Runs an action that adds tasks to a lane, which must run on another thread because this stack is deep. */
  static void handOverToNewThread(Runnable tasks) {
    ThreadContext context = enter();
    boolean outer = context.onNewThread;
    context.onNewThread = true;
    try {
      tasks.run();
    } finally {
      context.onNewThread = outer;
      context.leave();
    }
  }

  /** Returns whether this thread is completing a future, so that an answer given now would be nested in that. */
  static boolean isAnswering() {
    ThreadContext context = CURRENT.get();
    return context != null && context.answering > 0;
  }

  /**
   * Returns whether this thread's stack is deep. It is walked at every 64th call on a thread; so a chain of nested
   * calls is noticed after 64 of them at the latest.
   */
  static boolean isDeep() {
    int[] checks = CHECKS.get();
    checks[0] = (checks[0] + 1) % CHECKS_PER_WALK;
    return checks[0] == 0
        && WALKER.walk(frames -> frames.skip(MAX_FRAMES).findFirst()).isPresent();
  }

  /** Returns whether a new worker of {@code lane} must leave its task to one further down on this stack. */
  boolean mustLeaveTaskTo(Lane lane) {
    return answering > 0 && working.contains(lane);
  }

  /**
   * Returns whether a new worker must move to another thread, because the executor runs it on the caller's thread,
   * whose stack is deep.
   */
  boolean mustChangeThread() {
    return offering > 0 && (onNewThread || isDeep());
  }

  /** Offers a worker to an executor, which may run it on this thread. */
  void offer(Runnable offering) {
    this.offering++;
    try {
      offering.run();
    } finally {
      this.offering--;
    }
  }

  /**
   * Offers a lane's worker to the executor. Returns whether the executor ran it on this thread, so that the caller must
   * continue itself.
   */
  boolean passOn(Lane lane, Runnable offering) {
    Lane outer = passing;
    boolean outerReturned = returned;
    passing = lane;
    returned = false;
    try {
      offer(offering);
      return returned;
    } finally {
      passing = outer;
      returned = outerReturned;
    }
  }

  /** Returns whether a new worker of {@code lane} is the one that is being offered on this thread, and records that. */
  boolean isReturning(Lane lane) {
    if (passing != lane) {
      return false;
    }
    returned = true;
    return true;
  }

  void begin(Lane lane) {
    working.add(lane);
  }

  void end(Lane lane) {
    working.remove(working.lastIndexOf(lane));
  }
}
