package io.github.matrixsync.testkit.internal.run;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Counts the events that an action causes, to find a bridge that answers itself without end. Thread-safe. */
final class EventCount {
  private static final int SHOWN = 10;

  private final int most;
  private final Deque<String> latest = new ArrayDeque<>(); // guarded by this
  private String action = ""; // guarded by this
  private int events; // guarded by this
  private @Nullable AssertionError tooMany; // guarded by this

  EventCount(int most) {
    this.most = most;
  }

  /** Starts the count of an action at zero. */
  synchronized void begin(String what) {
    action = what;
    restart();
  }

  /** Sets the count of the same action to zero, because the events that follow have another cause. */
  synchronized void restart() {
    events = 0;
    tooMany = null;
    latest.clear();
  }

  /**
   * Counts an event that is about to be stored.
   *
   * @throws AssertionError if the action has caused too many events
   */
  synchronized void add(String event) {
    if (events == most) {
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

  private AssertionError tooMany() {
    return new AssertionError(String.format(
        Locale.ROOT,
        "%s caused more than %,d %s; the last ten: %s; does the bridge answer itself?",
        action,
        most,
        most == 1 ? "event" : "events",
        String.join(", ", latest)));
  }
}
