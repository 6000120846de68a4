package io.github.matrixsync.internal.membership;

import io.github.matrixsync.event.Membership;
import io.github.matrixsync.internal.log.WakeUpTargets;
import io.github.matrixsync.internal.log.Window;
import io.github.matrixsync.internal.log.WindowEntry;
import io.github.matrixsync.internal.longpoll.Subscriber;
import io.github.matrixsync.races.HandLog;
import io.github.matrixsync.races.Logged;
import io.github.matrixsync.races.Race;
import io.github.matrixsync.store.model.StoredEvent;
import io.github.matrixsync.store.state.MemberChange;
import io.github.matrixsync.store.state.StateChange;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A reader's rooms are loaded while the follower applies an event that changes them. */
class RosterRaceTest {
  private static final int INTERLEAVINGS = 80;
  private static final StoredEvent JOIN = Logged.join("$1:h", Logged.ALICE).apply(1);
  private static final StoredEvent LEAVE = Logged.leave("$2:h", Logged.ALICE).apply(2);
  private static final StoredEvent MESSAGE = Logged.message("$3:h").apply(3);

  /** The membership of one user in one room, as a roster caches it. */
  interface JoinedState {
    void load();

    void follow(StoredEvent event);

    boolean isJoinedAt(long position);
  }

  /** The roster with a log of all three events. The window has had the first one and dropped it. */
  private static final class RealRoster implements JoinedState {
    private final HandLog log = new HandLog(JOIN, LEAVE, MESSAGE);
    private final Window window;
    private final Roster roster;
    private final Reader reader;

    RealRoster(int windowEvents) {
      window = new Window(1, windowEvents, Long.MAX_VALUE);
      roster = new Roster(log, window, new ReaderRegistry(0, Subscriber::new));
      reader = roster.acquire(Logged.ALICE);
    }

    @Override
    public void load() {
      roster.load(reader);
    }

    @Override
    public void follow(StoredEvent event) {
      WindowEntry entry = new WindowEntry(event, Optional.empty());
      roster.atomically(() -> {
        roster.apply(entry, new WakeUpTargets());
        roster.dropChanges(window.append(List.of(entry)));
      });
    }

    @Override
    public boolean isJoinedAt(long position) {
      return reader.joinedAt(Logged.ROOM, position);
    }
  }

  /** Reads as of the window's beginning, and uses the result although the follower may have advanced. */
  private static class CarelessRoster implements JoinedState {
    private final HandLog log = new HandLog(JOIN, LEAVE, MESSAGE);
    private final int windowEvents;
    final Deque<StoredEvent> window = new ArrayDeque<>(); // guarded by this
    private long after = 1; // guarded by this
    private boolean loaded; // guarded by this
    boolean joined; // guarded by this

    CarelessRoster(int windowEvents) {
      this.windowEvents = windowEvents;
    }

    @Override
    public final void load() {
      long since = after();
      boolean before =
          log.memberships(Logged.ALICE, since).get(Logged.ROOM).after() == Membership.JOIN;
      install(before);
    }

    private synchronized long after() {
      return after;
    }

    synchronized void install(boolean before) {
      joined = before;
      loaded = true;
    }

    @Override
    public final synchronized void follow(StoredEvent event) {
      if (loaded) {
        take(event);
      }
      window.add(event);
      if (window.size() > windowEvents) {
        after = window.remove().position();
      }
    }

    final void take(StoredEvent event) {
      for (StateChange change : event.changes()) {
        if (change instanceof MemberChange member) {
          joined = member.after() == Membership.JOIN;
        }
      }
    }

    @Override
    public final synchronized boolean isJoinedAt(long position) {
      return joined;
    }
  }

  /** Applies the events in the window, although some that it needs may have left it. */
  private static final class HastyRoster extends CarelessRoster {
    HastyRoster(int windowEvents) {
      super(windowEvents);
    }

    @Override
    synchronized void install(boolean before) {
      super.install(before);
      window.forEach(this::take);
    }
  }

  /** The rooms are loaded while the user leaves. */
  private static final class LoadAndLeave extends Race {
    private final JoinedState user;

    LoadAndLeave(JoinedState user) {
      this.user = user;
    }

    @Override
    protected void one() {
      user.load();
    }

    @Override
    protected void other() {
      user.follow(LEAVE);
    }

    @Override
    protected void check() {
      require(!user.isJoinedAt(2), "who has left is out");
    }
  }

  /** The rooms are loaded while the window adds the leave and drops it again. */
  private static final class LoadAndRunAway extends Race {
    private final JoinedState user;

    LoadAndRunAway(JoinedState user) {
      this.user = user;
    }

    @Override
    protected void one() {
      user.load();
    }

    @Override
    protected void other() {
      user.follow(LEAVE);
      user.follow(MESSAGE);
    }

    @Override
    protected void check() {
      require(!user.isJoinedAt(3), "who has left is out, whoever has forgotten when");
    }
  }

  @Test
  void load_whileTheUserLeaves_endsOut() {
    Race.explore(INTERLEAVINGS, () -> new LoadAndLeave(new RealRoster(3)));
  }

  @Test
  void load_carelessTwin_endsIn() {
    Race.assertFound(() -> new LoadAndLeave(new CarelessRoster(3)));
  }

  @Test
  void load_whileTheWindowRunsAway_readsAgain() {
    Race.explore(INTERLEAVINGS, () -> new LoadAndRunAway(new RealRoster(1)));
  }

  @Test
  void load_hastyTwinWhileTheWindowRunsAway_endsIn() {
    Race.assertFound(() -> new LoadAndRunAway(new HastyRoster(1)));
  }
}
