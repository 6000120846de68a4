package io.github.matrixsync.internal.concurrent;

import io.github.matrixsync.races.HandScheduler;
import io.github.matrixsync.races.Race;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Entries are added and removed while the wheel turns. */
class TimerWheelRaceTest {
  /** So few that the model checker does not take the loop over all slots for an endless one. */
  private static final int SLOTS = 8;

  private static final int INTERLEAVINGS = 200;
  private static final Duration TICK = TimerWheel.TICK;

  private static final class Entry extends TimedFuture<Object> {
    private volatile int timesUp;

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // the model checker stops it between the two
    protected void timeUp() {
      timesUp++;
    }
  }

  /** A timer. */
  interface Deadlines {
    void add(Entry entry, Duration delay);

    void remove(Entry entry);

    void pass(Duration time);
  }

  private static final class RealWheel implements Deadlines {
    private final HandScheduler scheduler = new HandScheduler();
    private final TimerWheel wheel = new TimerWheel(scheduler, SLOTS);

    @Override
    public void add(Entry entry, Duration delay) {
      wheel.add(entry, delay);
    }

    @Override
    public void remove(Entry entry) {
      wheel.remove(entry);
    }

    @Override
    public void pass(Duration time) {
      scheduler.advance(time);
    }
  }

  /** Looks for due entries, and clears the list in a second step: an entry added between the two is lost. */
  private static final class CarelessList implements Deadlines {
    private List<Entry> entries = new ArrayList<>(); // guarded by this

    @Override
    public synchronized void add(Entry entry, Duration delay) {
      entries.add(entry);
    }

    @Override
    public synchronized void remove(Entry entry) {
      entries.remove(entry);
    }

    @Override
    public void pass(Duration time) {
      List<Entry> due = copy();
      clear();
      for (Entry entry : due) {
        entry.timeUp();
      }
    }

    private synchronized List<Entry> copy() {
      return new ArrayList<>(entries);
    }

    private synchronized void clear() {
      entries = new ArrayList<>();
    }
  }

  /** An entry is added while the wheel turns for another one. */
  private static final class Comes extends Race {
    private final Deadlines deadlines;
    private final Entry before = new Entry();
    private final Entry late = new Entry();

    Comes(Deadlines deadlines) {
      this.deadlines = deadlines;
      deadlines.add(before, TICK);
    }

    @Override
    protected void one() {
      deadlines.add(late, TICK);
    }

    @Override
    protected void other() {
      deadlines.pass(TICK.multipliedBy(2));
    }

    @Override
    protected void check() {
      deadlines.pass(TICK.multipliedBy(4));
      require(before.timesUp == 1, "the time of who was there is up once");
      require(late.timesUp == 1, "the time of who came is up once");
    }
  }

  /** An entry is removed while the wheel reaches its slot, where it is between two others. */
  private static final class Goes extends Race {
    private final Deadlines deadlines = new RealWheel();
    private final Entry first = new Entry();
    private final Entry gone = new Entry();
    private final Entry last = new Entry();
    private volatile boolean passed;

    Goes() {
      deadlines.add(first, TICK);
      deadlines.add(gone, TICK);
      deadlines.add(last, TICK);
    }

    @Override
    protected void one() {
      deadlines.remove(gone);
      passed = gone.tick == TimerWheel.NEVER;
    }

    @Override
    protected void other() {
      deadlines.pass(TICK.multipliedBy(2));
    }

    @Override
    protected void check() {
      deadlines.pass(TICK.multipliedBy(4));
      require(passed, "who was removed stands in no slot");
      require(gone.timesUp <= 1, "a time is up once at the most");
      require(first.timesUp == 1 && last.timesUp == 1, "its neighbors' times are up once");
    }
  }

  @Test
  void add_whileTheWheelTurns_isNeverPassedOver() {
    Race.explore(INTERLEAVINGS, () -> new Comes(new RealWheel()));
  }

  @Test
  void add_carelessTwin_isPassedOver() {
    Race.assertFound(() -> new Comes(new CarelessList()));
  }

  @Test
  void remove_whileTheWheelTurns_leavesItsNeighbors() {
    Race.explore(INTERLEAVINGS, Goes::new);
  }
}
