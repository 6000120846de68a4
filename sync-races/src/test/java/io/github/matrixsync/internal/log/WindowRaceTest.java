package io.github.matrixsync.internal.log;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.races.Race;
import io.github.matrixsync.store.model.EventKind;
import io.github.matrixsync.store.model.StoredEvent;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The window is read while an event is added. */
class WindowRaceTest {
  private static final RoomId ROOM = RoomId.parse("!r:h");
  private static final UserId ALICE = UserId.parse("@a:h");
  private static final int MOST = 3;

  /** Created once, so that the model checker does not explore the creation of ids. */
  private static final WindowEntry[] ENTRIES = {entry(1), entry(2), entry(3), entry(4)};

  /** What a reader reads: the position after which it is complete, and the positions in it. */
  interface Tail {
    long after();

    int size();

    WindowEntry entry(int index);
  }

  /** The last events of a log. */
  interface Log {
    void append(WindowEntry entry);

    Tail tail();
  }

  private static final class RealWindow implements Log {
    private final Window window = new Window(0, MOST, Long.MAX_VALUE);

    @Override
    public void append(WindowEntry entry) {
      window.append(List.of(entry));
    }

    @Override
    public Tail tail() {
      return new RealTail(window.view());
    }
  }

  private static final class RealTail implements Tail {
    private final Window.View view;

    RealTail(Window.View view) {
      this.view = view;
    }

    @Override
    public long after() {
      return view.after();
    }

    @Override
    public int size() {
      return view.size();
    }

    @Override
    public WindowEntry entry(int index) {
      return view.entry(view.first() + index);
    }
  }

  /** Returns an array that later additions change. */
  private static final class CarelessWindow implements Log, Tail {
    private final @Nullable WindowEntry[] entries = new WindowEntry[MOST];
    private volatile int size;
    private volatile long after;

    @Override
    public void append(WindowEntry entry) {
      if (size == MOST) {
        after = entry(0).position();
        System.arraycopy(entries, 1, entries, 0, MOST - 1);
        size = MOST - 1;
      }
      entries[size] = entry;
      size = size + 1;
    }

    @Override
    public Tail tail() {
      return this;
    }

    @Override
    public long after() {
      return after;
    }

    @Override
    public int size() {
      return size;
    }

    @Override
    public WindowEntry entry(int index) {
      WindowEntry entry = entries[index];
      if (entry == null) {
        throw new IllegalStateException("no entry");
      }
      return entry;
    }
  }

  /** One thread reads while another adds to a full window. */
  private static final class ReadAndAppend extends Race {
    private final Log log;
    private volatile boolean whole;

    ReadAndAppend(Log log) {
      this.log = log;
      for (int i = 0; i < MOST; i++) {
        log.append(ENTRIES[i]);
      }
    }

    @Override
    protected void one() {
      Tail tail = log.tail();
      long position = tail.after();
      boolean isWhole = tail.size() == MOST;
      for (int i = 0; i < MOST; i++) {
        isWhole &= tail.entry(i).position() == ++position;
      }
      whole = isWhole;
    }

    @Override
    protected void other() {
      log.append(ENTRIES[MOST]);
    }

    @Override
    protected void check() {
      require(whole, "a reader has all above its place, in order");
    }
  }

  @Test
  void view_whileTheWindowMovesOn_staysWhole() {
    Race.explore(() -> new ReadAndAppend(new RealWindow()));
  }

  @Test
  void view_carelessTwin_moves() {
    Race.assertFound(() -> new ReadAndAppend(new CarelessWindow()));
  }

  private static WindowEntry entry(long position) {
    RoomEvent event = RoomEvent.builder(
            EventId.parse("$" + position + ":h"), ROOM, ALICE, "m.room.message")
        .json(RawJson.of("{}"))
        .build();
    StoredEvent stored = new StoredEvent(
        event,
        EventKind.LIVE,
        position,
        position,
        Optional.empty(),
        List.of(),
        Optional.empty(),
        false,
        Optional.empty());
    return new WindowEntry(stored, Optional.empty());
  }
}
