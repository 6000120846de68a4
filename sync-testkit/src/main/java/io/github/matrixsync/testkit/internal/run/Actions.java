package io.github.matrixsync.testkit.internal.run;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs the actions of a world and the reactions to them on the thread that acts. Reactions are tasks in a queue, which
 * run after the action that caused them and before its call returns. An action within a reaction returns at once; the
 * reactions to it are added to the end of the queue. Thread-safe: an action of another thread takes place at once, and
 * the thread that is already acting runs the reactions to it.
 */
public final class Actions implements Executor {
  private static final String ADVANCE = "advance";
  private static final int MOST_LOOKS = 50;
  private static final long BETWEEN_LOOKS_MILLIS = 100;

  private enum Turn {
    /** The action of a thread while no other thread acts. */
    OUTER,
    /** The action of a thread while another one acts. */
    BESIDE,
    /** An action within an action or a reaction of the same thread. */
    INNER
  }

  private final Story story;
  private final EventCount count;
  private final Failures failures = new Failures();
  private final Object lock = new Object();
  private final Deque<Runnable> tasks = new ArrayDeque<>(); // guarded by lock
  private final Set<Thread> beside = new HashSet<>(); // guarded by lock
  private @Nullable Thread owner; // guarded by lock
  private @Nullable Thread first; // guarded by lock
  private String outermost = ""; // guarded by lock
  private long actions; // guarded by lock
  private final TaskCount taskCount; // guarded by lock
  private boolean wasEndless; // guarded by lock
  private boolean isClosing; // guarded by lock

  /**
   * Creates the actions of one world.
   *
   * @param mostEvents the maximum number of events that one action may cause
   * @param mostTasks the maximum number of tasks that one action may run while no time passes
   */
  public Actions(Story story, int mostEvents, int mostTasks) {
    this.story = story;
    count = new EventCount(mostEvents);
    taskCount = new TaskCount(mostTasks);
  }

  /** Allows reactions to handle refusals themselves: these are no longer recorded. */
  public void allowRefusals() {
    failures.allowRefusals();
  }

  /**
   * Runs an action, and then the queued reactions unless an outer action or another thread runs these.
   *
   * @param what the action, for the story
   * @throws RuntimeException or an error: what the action throws, or else the first failure of a reaction
   */
  public <T> T act(String what, Supplier<T> action) {
    acts();
    return act(what, begin(what), action);
  }

  /**
   * Runs an action when no other thread is acting, and then the reactions to it.
   *
   * @throws IllegalStateException if this is called in a reaction, if another thread moves the time, or if the action
   *     of another thread does not end within 5 seconds of real time
   */
  public <T> T actAlone(String what, Supplier<T> action) {
    acts();
    return act(what, beginAlone(what), action);
  }

  private <T> T act(String what, Turn turn, Supplier<T> action) {
    story.action((turn == Turn.OUTER ? "" : "  ") + what);
    T result;
    try {
      result = action.get();
    } catch (RuntimeException | Error e) {
      story.consequence("is refused: " + e.getMessage());
      end(what, turn);
      if (turn != Turn.OUTER || !isFirstThread()) {
        failures.keep(e);
      }
      throw e;
    }
    end(what, turn);
    if (turn == Turn.OUTER) {
      throwWrong();
    }
    return result;
  }

  /**
   * Runs what a client asked for, and then the queued reactions unless another thread runs these. What goes wrong is
   * thrown by the test's next action.
   *
   * @param what the request, for the story
   */
  public void serve(String what, Runnable request) {
    Turn turn = begin(what);
    story.action(what);
    run(request);
    end(what, turn);
  }

  private Turn begin(String what) {
    synchronized (lock) {
      Thread thread = Thread.currentThread();
      if (owner == thread || beside.contains(thread)) {
        return Turn.INNER;
      }
      if (owner != null) {
        beside.add(thread);
        return Turn.BESIDE;
      }
      own(what);
      return Turn.OUTER;
    }
  }

  private Turn beginAlone(String what) {
    synchronized (lock) {
      awaitTurn();
      if (owner != null) {
        throw failures.keep(new IllegalStateException(inTheWay()));
      }
      return begin(what);
    }
  }

  /** Returns whether another thread is acting that neither waits for this one nor moves the time. */
  private boolean isWorthWaiting() {
    Thread thread = Thread.currentThread();
    return owner != thread && !beside.contains(thread) && !outermost.startsWith(ADVANCE);
  }

  private void awaitTurn() {
    synchronized (lock) {
      try {
        int looks = 0;
        while (owner != null && isWorthWaiting() && looks < MOST_LOOKS) {
          long action = actions;
          lock.wait(BETWEEN_LOOKS_MILLIS);
          looks = action == actions ? looks + 1 : 0;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while " + outermost + " was running", e);
      }
    }
  }

  private String inTheWay() {
    boolean isOwn = owner == Thread.currentThread();
    String by = outermost + (isOwn || owner == null ? "" : " on thread " + owner.getName());
    if (outermost.startsWith(ADVANCE)) {
      return "time is being moved already, by " + by;
    }
    return "time cannot be moved " + (isOwn ? "in a reaction to " : "during ") + by;
  }

  /** Ends an action: runs the queued tasks, unless an outer action or another thread will. */
  private void end(String what, Turn turn) {
    if (turn == Turn.INNER) {
      return;
    }
    synchronized (lock) {
      if (turn == Turn.BESIDE) {
        beside.remove(Thread.currentThread());
        if (owner != null || tasks.isEmpty()) {
          return;
        }
        own(what);
      }
    }
    finish();
  }

  /** Records which thread acted first: that of the test. */
  private void acts() {
    synchronized (lock) {
      if (first == null) {
        first = Thread.currentThread();
      }
    }
  }

  private void own(String what) {
    owner = Thread.currentThread();
    outermost = what;
    actions++;
    count.begin(what);
    taskCount.begin(what);
  }

  private boolean isFirstThread() {
    synchronized (lock) {
      return Thread.currentThread() == first;
    }
  }

  /**
   * Queues a task. If no thread is acting, runs it and the reactions to it at once. A thread that acts beside another
   * one runs it when its action ends, because during the action it may hold locks.
   */
  @Override
  public void execute(Runnable task) {
    synchronized (lock) {
      tasks.addLast(task);
      if (owner != null || beside.contains(Thread.currentThread())) {
        return;
      }
      own("a call of the engine");
    }
    finish();
  }

  /**
   * Runs the queued tasks and those that they queue, during an action. Called by the thread that acts. Ends early if
   * the action has run too many tasks, which fails it.
   */
  public void settle() {
    for (Optional<Runnable> task = next(false); task.isPresent(); task = next(false)) {
      run(task.get());
    }
  }

  /** As {@link #settle}, for a call that cannot go on if tasks are left. */
  public void settleAll() {
    settle();
    synchronized (lock) {
      if (taskCount.isOver()) {
        throw taskCount.tooMany();
      }
    }
  }

  /** Returns whether the action has run too many tasks. */
  public boolean isEndless() {
    synchronized (lock) {
      return taskCount.isOver();
    }
  }

  /** Counts a task that is about to run; false if the action has run too many, and therefore fails. */
  public boolean mayRunAnother() {
    synchronized (lock) {
      return taskCount.mayRunAnother();
    }
  }

  /** Restarts the count of tasks, because time has passed. */
  public void timePassed() {
    synchronized (lock) {
      taskCount.restart();
    }
  }

  /** Runs what closes the world. An endless loop that an action has thrown already is not thrown again. */
  public void close(Runnable task) {
    synchronized (lock) {
      isClosing = true;
    }
    run(task);
  }

  /** Restarts the count of events, because those that follow have another cause. */
  public void countAnew() {
    count.restart();
  }

  private void finish() {
    for (Optional<Runnable> task = next(true); task.isPresent(); task = next(true)) {
      run(task.get());
    }
  }

  /** Takes the next task that may run. If there is none and {@code ends} is true, the action ends. */
  private Optional<Runnable> next(boolean ends) {
    synchronized (lock) {
      boolean isThere = !tasks.isEmpty() && taskCount.mayRunAnother();
      if (!isThere && ends) {
        keepEndlessness();
        owner = null;
        lock.notifyAll();
      }
      return isThere ? Optional.of(tasks.removeFirst()) : Optional.empty();
    }
  }

  /** Keeps a failure if the action has run too many tasks. */
  private void keepEndlessness() {
    if (taskCount.isOver() && !(isClosing && wasEndless)) {
      wasEndless = true;
      failures.keep(taskCount.tooMany());
    }
  }

  /** Runs a task of the engine or of a bridge, and records what it throws. */
  public void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      story.consequence("a task fails: " + e);
      failures.keep(e);
    }
  }

  /** Records a failure if this thread is in a reaction, where a future would swallow it, and returns it. */
  public <E extends Throwable> E failed(E e) {
    return isActing() ? failures.keep(e) : e;
  }

  /** Returns whether this thread is in an action or a reaction. */
  boolean isActing() {
    synchronized (lock) {
      Thread thread = Thread.currentThread();
      return owner == thread || beside.contains(thread);
    }
  }

  /** Throws the failures that were recorded since the last call, with the story so far. */
  public void throwWrong() {
    failures.throwKept(story);
  }

  /**
   * Counts an event that is about to be stored.
   *
   * @throws AssertionError if the action has caused too many events
   */
  public void countEvent(String event) {
    count.add(event);
  }
}
