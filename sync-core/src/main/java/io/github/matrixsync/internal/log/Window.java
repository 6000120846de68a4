package io.github.matrixsync.internal.log;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.UnaryOperator;

/**
 * The bounded tail of the log: every event after a position, contiguous, in memory.
 *
 * <p>One writer at a time, under the lock of the {@code Roster}; readers take a {@link View} and need no lock. The
 * writer appends to the array behind what any view shows and then publishes a longer view. If the array is full, or an
 * event is redacted, the array is copied, so that a view never changes under its reader.
 */
public final class Window {
  private final int maxEvents;
  private final long maxBytes;
  private volatile long bytes; // written under the roster's lock, as all of this is
  private final LongAdder hits = new LongAdder();
  private final LongAdder misses = new LongAdder();
  private volatile View view;
  private volatile int edits;

  /** Starts empty at a position. */
  public Window(long after, int maxEvents, long maxBytes) {
    this.maxEvents = maxEvents;
    this.maxBytes = maxBytes;
    this.view = new View(after, new Entry[64], 0, 0);
  }

  /** What a reader sees: the events of the array in {@code [first, end)}, complete for positions above {@code after}. Immutable. */
  public static final class View {
    private final long after;
    private final Entry[] entries;
    private final int first;
    private final int end;

    private View(long after, Entry[] entries, int first, int end) {
      this.after = after;
      this.entries = entries;
      this.first = first;
      this.end = end;
    }

    /** Returns the position above which nothing is missing. */
    public long after() {
      return after;
    }

    public Entry entry(int index) {
      return entries[index];
    }

    public int first() {
      return first;
    }

    public int end() {
      return end;
    }

    /** Returns the index of the first event above {@code position}. */
    public int indexAfter(long position) {
      int low = first;
      int high = end;
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (entries[middle].position() <= position) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      return low;
    }

    public int size() {
      return end - first;
    }
  }

  public View view() {
    return view;
  }

  /** Returns the position above which nothing is missing. */
  public long after() {
    return view.after();
  }

  /** Returns how often events that were in the window were changed or dropped other than by age. */
  public int edits() {
    return edits;
  }

  /** Counts a look that it answered. */
  public void hit() {
    hits.increment();
  }

  /** Counts a look that was read from the store. */
  public void missed() {
    misses.increment();
  }

  public long hits() {
    return hits.sum();
  }

  public long misses() {
    return misses.sum();
  }

  /** Returns the bytes of JSON in it. */
  public long bytes() {
    return bytes;
  }

  /** Appends events, which stand above all that are there, and returns those that had to go for it, oldest first. */
  public List<Entry> append(List<Entry> newer) {
    View old = view;
    Entry[] entries = old.entries;
    int first = old.first();
    int end = old.end();
    if (end + newer.size() > entries.length) {
      entries = new Entry[Math.max(64, 2 * (old.size() + newer.size()))];
      System.arraycopy(old.entries, first, entries, 0, old.size());
      end -= first;
      first = 0;
    }
    long held = bytes;
    for (Entry entry : newer) {
      entries[end++] = entry;
      held += size(entry);
    }
    long after = old.after();
    List<Entry> dropped = new ArrayList<>();
    while (end - first > maxEvents || (held > maxBytes && end > first)) {
      Entry oldest = entries[first++];
      held -= size(oldest);
      after = oldest.position();
      dropped.add(oldest);
    }
    bytes = held;
    view = new View(after, entries, first, end);
    return dropped;
  }

  /** Drops everything; nothing is missing above {@code after}. */
  public void restart(long after) {
    edited();
    bytes = 0;
    view = new View(after, new Entry[64], 0, 0);
  }

  /**
   * Puts other versions of the same events in the place of those that changed, in a new array: who reads a view sees
   * all of its events from before the change.
   */
  public void replace(UnaryOperator<Entry> change) {
    edited();
    View now = view;
    Entry[] entries = new Entry[now.entries.length];
    for (int i = now.first(); i < now.end(); i++) {
      entries[i] = change.apply(now.entries[i]);
    }
    view = new View(now.after(), entries, now.first(), now.end());
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // one writer at a time
  private void edited() {
    edits++;
  }

  private static long size(Entry entry) {
    return entry.stored().event().json().length();
  }
}
