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
  private static final ThreadLocal<@Nullable ThreadContext> HERE = new ThreadLocal<>();
  private static final StackWalker WALKER = StackWalker.getInstance();

  /** A stack of more frames than this is deep. A thread of 1 MiB has room for some 10,000. */
  private static final int DEEP = 512;

  /** One in so many questions whether the stack is deep looks at it: a look takes microseconds. */
  private static final int LOOKED_AT = 8;

  private final List<Lane> working = new ArrayList<>(2);
  private int uses;
  private int answering;
  private int offering;
  private boolean isApart;

  /** The lane that passes its worker on right now, and whether the executor ran that on this thread. */
  private @Nullable Lane passing;

  private boolean cameBack;

  private ThreadContext() {}

  /** Begins a use, which {@link #leave} ends. */
  static ThreadContext enter() {
    ThreadContext here = HERE.get();
    if (here == null) {
      here = new ThreadContext();
      HERE.set(here);
    }
    here.uses++;
    return here;
  }

  void leave() {
    if (--uses == 0) {
      HERE.remove();
    }
  }

  /** Begins to complete a future, which may run callbacks. {@link #endAnswer} ends it. */
  static ThreadContext beginAnswer() {
    ThreadContext here = enter();
    here.answering++;
    return here;
  }

  void endAnswer() {
    answering--;
    leave();
  }

  /** Runs what completes a future. */
  static void answer(Runnable completion) {
    ThreadContext here = beginAnswer();
    try {
      completion.run();
    } finally {
      here.endAnswer();
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
  static void handOverApart(Runnable tasks) {
    ThreadContext here = enter();
    boolean outer = here.isApart;
    here.isApart = true;
    try {
      tasks.run();
    } finally {
      here.isApart = outer;
      here.leave();
    }
  }

  /** Returns whether this thread completes a future, so that an answer that is given now would lie on top of that. */
  static boolean isAnswering() {
    ThreadContext here = HERE.get();
    return here != null && here.answering > 0;
  }

  /** Returns whether this thread's stack is deep, if this question is one that looks at it. */
  static boolean isDeep() {
    return ThreadLocalRandom.current().nextInt(LOOKED_AT) == 0
        && WALKER.walk(frames -> frames.skip(DEEP).findFirst()).isPresent();
  }

  /**
   * Returns whether a worker of {@code lane} that begins now must leave its task to another one further down on this
   * stack.
   */
  boolean isLeftTo(Lane lane) {
    return answering > 0 && working.contains(lane);
  }

  /**
   * Returns whether a worker that begins now must go to another thread, since the executor runs it on that of its
   * caller, whose stack is deep.
   */
  boolean mustGo() {
    return offering > 0 && (isApart || isDeep());
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
    boolean outerCameBack = cameBack;
    passing = lane;
    cameBack = false;
    try {
      offer(offering);
      return cameBack;
    } finally {
      passing = outer;
      cameBack = outerCameBack;
    }
  }

  /**
   * Returns whether a worker of {@code lane} that begins now is the one that is just passed on, and has it come back.
   */
  boolean comesBack(Lane lane) {
    if (passing != lane) {
      return false;
    }
    cameBack = true;
    return true;
  }

  void begin(Lane lane) {
    working.add(lane);
  }

  void end(Lane lane) {
    working.remove(working.lastIndexOf(lane));
  }
}
