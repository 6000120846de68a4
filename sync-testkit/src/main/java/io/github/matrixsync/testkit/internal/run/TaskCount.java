package io.github.matrixsync.testkit.internal.run;

import java.util.Locale;

/** Counts the tasks of an action while no time passes, to find a bridge that tries again without a pause. */
final class TaskCount {
  private final int most;
  private String action = "";
  private int tasks;
  private boolean isOver;

  TaskCount(int most) {
    this.most = most;
  }

  /** Starts the count of an action at zero. */
  void begin(String what) {
    action = what;
    restart();
  }

  /** Sets the count of the same action to zero, because time has passed. */
  void restart() {
    tasks = 0;
    isOver = false;
  }

  /** Counts a task that is about to run; false if too many have run, so that it must not. */
  boolean mayRunAnother() {
    isOver = tasks == most;
    tasks += isOver ? 0 : 1;
    return !isOver;
  }

  /** Returns whether a task could not run because too many had. */
  boolean isOver() {
    return isOver;
  }

  AssertionError tooMany() {
    return new AssertionError(String.format(
        Locale.ROOT,
        "%s ran more than %,d tasks, and no time passed; does the bridge try again without a pause?",
        action,
        most));
  }
}
