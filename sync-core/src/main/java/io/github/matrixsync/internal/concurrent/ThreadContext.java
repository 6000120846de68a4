package io.github.matrixsync.internal.concurrent;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * What the engine is doing on the current thread, as far as calls from inside those calls must know it. It keeps stacks
 * flat: a callback that asks again is on the stack of the answer that called it, and would otherwise be answered on top
 * of that, and so on. Confined to its thread, and gone from it when nothing of the engine is running there.
 */
final class ThreadContext {
  private static final ThreadLocal<@Nullable ThreadContext> CURRENT = new ThreadLocal<>();
  private static final StackWalker WALKER = StackWalker.getInstance();

  /** A stack of more frames than this is deep. A thread of 1 MiB has room for some 10,000. */
  private static final int MAX_FRAMES = 512;

  /** One in so many questions whether the stack is deep looks at it: a look takes microseconds. */
  private static final int SAMPLED = 8;

  private final List<Lane> working = new ArrayList<>(2);
  private int uses;
  private int answering;
  private int offering;
  private boolean onNewThread;

  /** The lane that passes its worker on right now, and whether the executor ran that on this thread. */
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

  /** Runs what completes a future. */
  static void answer(Runnable completion) {
    ThreadContext context = beginAnswer();
    try {
      completion.run();
    } finally {
      context.endAnswer();
    }
  }

  /**
   * Runs what hands tasks over to a lane. If that lane is at work on this thread, and the executor runs its workers on
   * their caller's thread, the worker that is here takes them next, and none begins on top of it.
   */
  static void handOver(Runnable tasks) {
    answer(tasks);
  }

  /** Runs what hands tasks over to a lane, none of which is to be run on this thread's stack, which is deep. */
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

  /** Returns whether this thread completes a future, so that an answer that is given now would lie on top of that. */
  static boolean isAnswering() {
    ThreadContext context = CURRENT.get();
    return context != null && context.answering > 0;
  }

  /** Returns whether this thread's stack is deep, if this question is one that looks at it. */
  static boolean isDeep() {
    return ThreadLocalRandom.current().nextInt(SAMPLED) == 0
        && WALKER.walk(frames -> frames.skip(MAX_FRAMES).findFirst()).isPresent();
  }

  /**
   * Returns whether a worker of {@code lane} that begins now must leave its task to another one further down on this
   * stack.
   */
  boolean mustLeaveTaskTo(Lane lane) {
    return answering > 0 && working.contains(lane);
  }

  /**
   * Returns whether a worker that begins now must go to another thread, since the executor runs it on that of its
   * caller, whose stack is deep.
   */
  boolean mustChangeThread() {
    return offering > 0 && (onNewThread || isDeep());
  }

  /** Offers a worker to an executor, which may run it right here. */
  void offer(Runnable offering) {
    this.offering++;
    try {
      offering.run();
    } finally {
      this.offering--;
    }
  }

  /** Passes a lane's worker on. Returns whether it came back, so that the caller must go on itself. */
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

  /**
   * Returns whether a worker of {@code lane} that begins now is the one that is just passed on, and has it come back.
   */
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
