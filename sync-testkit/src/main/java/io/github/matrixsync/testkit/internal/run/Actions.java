package io.github.matrixsync.testkit.internal.run;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
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
  private static final int SHOWN = 10;

  private final Story story;
  private final int mostEvents;
  private final Object lock = new Object();
  private final Deque<Runnable> tasks = new ArrayDeque<>(); // guarded by lock
  private final Set<Throwable> wrong = new LinkedHashSet<>(); // guarded by lock
  private final Deque<String> latest = new ArrayDeque<>(); // guarded by lock
  private @Nullable Thread owner; // guarded by lock
  private @Nullable Thread first; // guarded by lock
  private String outermost = ""; // guarded by lock
  private int events; // guarded by lock
  private @Nullable AssertionError tooMany; // guarded by lock
  private volatile boolean allowsRefusals;

  /**
   * Creates the actions of one world.
   *
   * @param mostEvents the maximum number of events that one action may cause
   */
  public Actions(Story story, int mostEvents) {
    this.story = story;
    this.mostEvents = mostEvents;
  }

  /** Allows reactions to handle refusals themselves: these are no longer recorded. */
  public void allowRefusals() {
    allowsRefusals = true;
  }

  /**
   * Runs an action, and then the queued reactions unless an outer action or another thread runs these.
   *
   * @param what the action, for the story
   * @throws RuntimeException or an error: what the action throws, or else the first failure of a reaction
   */
  public <T> T act(String what, Supplier<T> action) {
    acts();
    boolean isOutermost = begin(what);
    story.action((isOutermost ? "" : "  ") + what);
    T result;
    try {
      result = action.get();
    } catch (RuntimeException | Error e) {
      story.consequence("is refused: " + e.getMessage());
      if (isOutermost) {
        finish();
      }
      if (!isOutermost || !isFirstThread()) {
        keep(e);
      }
      throw e;
    }
    if (isOutermost) {
      finish();
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
    boolean isOutermost = begin(what);
    story.action(what);
    run(request);
    if (isOutermost) {
      finish();
    }
  }

  private boolean begin(String what) {
    synchronized (lock) {
      if (owner != null) {
        return false;
      }
      own(what);
      return true;
    }
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
    count(0);
  }

  private void count(int begin) {
    events = begin;
    tooMany = null;
    latest.clear();
  }

  private boolean isFirstThread() {
    synchronized (lock) {
      return Thread.currentThread() == first;
    }
  }

  /** Returns the outermost action that is running, on any thread, in words; empty if there is none. */
  public Optional<String> running() {
    synchronized (lock) {
      return owner == null ? Optional.empty() : Optional.of(outermost);
    }
  }

  /** Returns the thread that is acting; empty if there is none. */
  public Optional<Thread> actor() {
    synchronized (lock) {
      return Optional.ofNullable(owner);
    }
  }

  /** Queues a task. If no thread is acting, runs it and the reactions to it at once. */
  @Override
  public void execute(Runnable task) {
    synchronized (lock) {
      tasks.addLast(task);
      if (owner != null) {
        return;
      }
      own("a call of the engine");
    }
    finish();
  }

  /** Runs the queued tasks and those that they queue, during an action. Called by the thread that acts. */
  public void settle() {
    for (Optional<Runnable> task = next(false); task.isPresent(); task = next(false)) {
      run(task.get());
    }
  }

  /** Restarts the count of events, because those that follow have another cause. */
  public void countAnew() {
    synchronized (lock) {
      count(0);
    }
  }

  private void finish() {
    for (Optional<Runnable> task = next(true); task.isPresent(); task = next(true)) {
      run(task.get());
    }
  }

  /** Takes the next task. If there is none and {@code ends} is true, the action ends. */
  private Optional<Runnable> next(boolean ends) {
    synchronized (lock) {
      Runnable task = tasks.pollFirst();
      if (task == null && ends) {
        owner = null;
      }
      return Optional.ofNullable(task);
    }
  }

  /** Runs a task of the engine or of a bridge, and records what it throws. */
  public void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      story.consequence("a task fails: " + e);
      keep(e);
    }
  }

  /** Records a failure in a reaction, where a future would swallow it, so that the outermost action throws it. */
  private void keep(Throwable e) {
    boolean isRefusal = e instanceof IllegalStateException || e instanceof IllegalArgumentException;
    if (!(isRefusal && allowsRefusals)) {
      synchronized (lock) {
        wrong.add(e);
      }
    }
  }

  /** Throws the failures that were recorded since the last call, with the story so far. */
  public void throwWrong() {
    List<Throwable> all;
    synchronized (lock) {
      all = new ArrayList<>(wrong);
      wrong.clear();
    }
    if (all.isEmpty()) {
      return;
    }
    Throwable first = all.get(0);
    all.subList(1, all.size()).forEach(first::addSuppressed);
    first.addSuppressed(new StoryUpToHere(story.text()));
    if (first instanceof Error error) {
      throw error;
    }
    throw (RuntimeException) first;
  }

  /**
   * Counts an event that is about to be stored.
   *
   * @throws AssertionError if the action has caused too many events
   */
  public void countEvent(String event) {
    synchronized (lock) {
      if (events == mostEvents) {
        AssertionError known = tooMany == null ? tooMany() : tooMany;
        tooMany = known;
        throw known;
      }
      events++;
      latest.addLast(event);
      if (latest.size() > SHOWN) {
        latest.removeFirst();
      }
    }
  }

  private AssertionError tooMany() {
    return new AssertionError(String.format(
        Locale.ROOT,
        "%s caused more than %,d events; the last ten: %s; does the bridge answer itself?",
        outermost,
        mostEvents,
        String.join(", ", latest)));
  }
}
