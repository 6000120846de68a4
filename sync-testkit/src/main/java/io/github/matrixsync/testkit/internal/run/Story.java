package io.github.matrixsync.testkit.internal.run;

import io.github.matrixsync.event.UserId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The transcript of a world: actions, events, who saw them, polls and time steps. Thread-safe. */
public final class Story {
  /** The maximum number of lines; the oldest are dropped. */
  private static final int MOST_LINES = 20_000;

  private static final class Line {
    private final Instant at;
    private final StringBuilder text;
    private final @Nullable Object seen;

    private Line(Instant at, String text, @Nullable Object seen) {
      this.at = at;
      this.text = new StringBuilder(text);
      this.seen = seen;
    }
  }

  private final InstantSource clock;
  private final Deque<Line> lines = new ArrayDeque<>(); // guarded by this
  private long dropped; // guarded by this

  public Story(InstantSource clock) {
    this.clock = clock;
  }

  /** Adds an action. */
  public void action(String what) {
    add(what, null);
  }

  /** Adds a line for something that an action caused, indented below it. */
  public void consequence(String what) {
    add("  " + what, null);
  }

  /** Adds that a user saw something. If other users see the same right afterwards, they are added to the same line. */
  public synchronized void saw(UserId user, Object what, String text) {
    Line last = lines.peekLast();
    if (last != null && what.equals(last.seen)) {
      last.text.append(", ").append(user);
    } else {
      add("  " + text + " is seen by " + user, what);
    }
  }

  private synchronized void add(String text, @Nullable Object seen) {
    if (lines.size() == MOST_LINES) {
      lines.removeFirst();
      dropped++;
    }
    lines.addLast(new Line(clock.instant(), text, seen));
  }

  /** Returns the transcript. */
  public synchronized String text() {
    StringBuilder story = new StringBuilder();
    if (dropped > 0) {
      story.append(dropped).append(" earlier lines are left out\n");
    }
    Optional<Instant> before = Optional.empty();
    for (Line line : lines) {
      if (!before.equals(Optional.of(line.at))) {
        story.append(line.at).append('\n');
        before = Optional.of(line.at);
      }
      story.append("  ").append(line.text).append('\n');
    }
    return story.toString();
  }
}
