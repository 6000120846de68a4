package io.github.matrixsync.internal.log;

import io.github.matrixsync.internal.concurrent.Budget;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.UnaryOperator;

/**
 * The newest events of the room log in memory: all events after a position, bounded by number and bytes.
 *
 * <p>There is one writer at a time, under the lock of the {@code Roster}; readers take a {@link View} and need no lock.
 * Events are stored in chunks, and a view refers to chunks. The writer appends to the last chunk, behind the end of all
 * views, and then publishes a longer view. The first chunk is dropped with its last event. A chunk in which an event is
 * redacted is copied, so a view never changes.
 *
 * <p>The bound counts the JSON of the events, of the events that they replaced and of their redactions, and the encoded
 * forms in the {@linkplain WindowEntry entries}. The memory held is at most the bound plus the dropped part of the
 * first chunk.
 */
public final class Window {
  private static final int SHIFT = 6;
  private static final int CHUNK = 1 << SHIFT;

  /** The share of the bound, as its divisor, that is freed when there was no room for an encoding. */
  private static final int SHARE_MADE_FREE = 8;

  private final int maxEvents;
  private final long maxBytes;
  private final Budget held;
  private long refused; // written under the roster's lock, as the view is
  private final LongAdder hits = new LongAdder();
  private final LongAdder misses = new LongAdder();
  private volatile View view;

  /** Makes an empty window that begins after a position. */
  public Window(long after, int maxEvents, long maxBytes) {
    this.maxEvents = maxEvents;
    this.maxBytes = Math.min(maxBytes, Budget.NONE - 1);
    this.held = new Budget(this.maxBytes);
    this.view = View.empty(after);
  }

  /**
   * An immutable view of the window: the events at the indices {@code [first, end)}, complete for positions above
   * {@code after}.
   */
  public static final class View {
    private final long after;
    private final WindowEntry[][] chunks;
    private final int first;
    private final int end;

    private View(long after, WindowEntry[][] chunks, int first, int end) {
      this.after = after;
      this.chunks = chunks;
      this.first = first;
      this.end = end;
    }

    private static View empty(long after) {
      return new View(after, new WindowEntry[1][], 0, 0);
    }

    /** Returns the position after which the view has all events. */
    public long after() {
      return after;
    }

    public WindowEntry entry(int index) {
      return chunks[index >> SHIFT][index & (CHUNK - 1)];
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
        if (entry(middle).position() <= position) {
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

    /** Returns the same chunks with room for {@code events} more events. */
    private WindowEntry[][] chunksFor(int events) {
      int wanted = chunksOf(end + events);
      return wanted <= chunks.length ? chunks : Arrays.copyOf(chunks, wanted + spare(wanted));
    }

    /** Returns the same view without leading chunks whose events are all dropped. */
    private View trimmed() {
      if (first == end) {
        return empty(after);
      }
      int gone = first >> SHIFT;
      if (gone == 0) {
        return this;
      }
      int left = chunksOf(end) - gone;
      WindowEntry[][] remaining = Arrays.copyOfRange(chunks, gone, gone + left + spare(left));
      return new View(after, remaining, first - gone * CHUNK, end - gone * CHUNK);
    }

    private static int chunksOf(int events) {
      return (events + CHUNK - 1) >> SHIFT;
    }

    private static int spare(int chunks) {
      return 1 + (chunks >> 2);
    }
  }

  public View view() {
    return view;
  }

  /** Returns the position after which the view has all events. */
  public long after() {
    return view.after();
  }

  /** Counts a look that was answered from the window. */
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

  /** Returns the bytes of JSON in the window, encodings included. */
  public long bytes() {
    return held.taken();
  }

  /**
   * Appends events with higher positions than all others, or none, and returns the entries that were dropped for them,
   * oldest first.
   */
  public List<WindowEntry> append(List<WindowEntry> newer) {
    View old = view;
    WindowEntry[][] chunks = old.chunksFor(newer.size());
    int first = old.first();
    int end = old.end();
    for (WindowEntry entry : newer) {
      if ((end & (CHUNK - 1)) == 0) {
        chunks[end >> SHIFT] = new WindowEntry[CHUNK];
      }
      chunks[end >> SHIFT][end & (CHUNK - 1)] = entry;
      end++;
      entry.enter(held);
    }
    long most = mostBytes();
    long after = old.after();
    List<WindowEntry> dropped = new ArrayList<>();
    while (end - first > maxEvents || (held.taken() > most && end > first)) {
      WindowEntry oldest = chunks[first >> SHIFT][first & (CHUNK - 1)];
      oldest.leave(held);
      after = oldest.position();
      dropped.add(oldest);
      first++;
    }
    view = new View(after, chunks, first, end).trimmed();
    return dropped;
  }

  /**
   * Returns the maximum bytes after an append. It is less than the bound if an encoding was refused since the last
   * append, because new events are read more often than the oldest.
   */
  private long mostBytes() {
    long before = refused;
    refused = held.refused();
    return refused == before ? maxBytes : maxBytes - maxBytes / SHARE_MADE_FREE;
  }

  /** Drops all events, and begins again after {@code after}. */
  public void restart(long after) {
    View old = view;
    for (int i = old.first(); i < old.end(); i++) {
      old.entry(i).leave(held);
    }
    view = View.empty(after);
  }

  /** Replaces changed events with new versions, in new chunks, so that existing views still show the old versions. */
  @SuppressWarnings("ReferenceEquality") // of chunks with the same events only one is in the views
  public void replace(UnaryOperator<WindowEntry> change) {
    View now = view;
    WindowEntry[][] chunks = now.chunks.clone();
    for (int i = now.first(); i < now.end(); i++) {
      WindowEntry before = now.entry(i);
      WindowEntry changed = change.apply(before);
      if (changed != before) {
        int chunk = i >> SHIFT;
        if (chunks[chunk] == now.chunks[chunk]) {
          chunks[chunk] = now.chunks[chunk].clone();
        }
        chunks[chunk][i & (CHUNK - 1)] = changed;
        before.leave(held);
        changed.enter(held);
      }
    }
    view = new View(now.after(), chunks, now.first(), now.end());
  }
}
