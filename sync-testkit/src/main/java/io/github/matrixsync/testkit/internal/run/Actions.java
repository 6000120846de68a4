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
 * Runs the actions of a world, and what they cause, on the thread that acts. Tasks are queued behind the action that
 * caused them, and run before it returns. An action within a reaction returns at once, and its own reactions come after
 * all that was caused before. Thread-safe: an action of another thread takes place meanwhile, and its reactions are run
 * by the thread that is acting.
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
   * @param mostEvents the most events that one action may cause
   */
  public Actions(Story story, int mostEvents) {
    this.story = story;
    this.mostEvents = mostEvents;
  }

  /** Lets whoever acts in a reaction handle what the rules refuse. */
  public void allowRefusals() {
    allowsRefusals = true;
  }

  /**
   * Acts, and runs what that causes, unless this thread or another one is doing so already.
   *
   * @param what the action in words
   * @throws RuntimeException or an error: what the action throws, or the first thing that went wrong in a reaction
   */
  public <T> T act(String what, Supplier<T> action) {
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

  private boolean begin(String what) {
    synchronized (lock) {
      if (first == null) {
        first = Thread.currentThread();
      }
      if (owner != null) {
        return false;
      }
      own(what);
      return true;
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

  /** Returns what this thread or another one is doing; empty if nothing. */
  public Optional<String> running() {
    synchronized (lock) {
      return owner == null ? Optional.empty() : Optional.of(outermost);
    }
  }

  /** Returns the thread that is acting; empty if none is. */
  public Optional<Thread> actor() {
    synchronized (lock) {
      return Optional.ofNullable(owner);
    }
  }

  /** Queues a task. Runs it at once, with what it causes, if nobody is acting. */
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

  /** Runs what is queued, and what that causes, for an action that goes on. Called by the thread that acts. */
  public void settle() {
    for (Optional<Runnable> task = next(false); task.isPresent(); task = next(false)) {
      run(task.get());
    }
  }

  /** Begins to count the events that follow anew, because they have a cause of their own. */
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

  /** Takes the next task. If there is none and the action ends with that, nobody is acting any more. */
  private Optional<Runnable> next(boolean ends) {
    synchronized (lock) {
      Runnable task = tasks.pollFirst();
      if (task == null && ends) {
        owner = null;
      }
      return Optional.ofNullable(task);
    }
  }

  /** Runs a task of the engine or of a bridge. What it throws is kept. */
  public void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      story.consequence("a task fails: " + e);
      keep(e);
    }
  }

  /** Keeps what went wrong in a reaction, where a future would swallow it, for the outermost action. */
  private void keep(Throwable e) {
    boolean isRefusal = e instanceof IllegalStateException || e instanceof IllegalArgumentException;
    if (!(isRefusal && allowsRefusals)) {
      synchronized (lock) {
        wrong.add(e);
      }
    }
  }

  /** Throws what went wrong in reactions since this was called last, with the story up to here. */
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
   * @throws AssertionError if the action has caused too many
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
