package io.github.matrixsync.internal.membership;

import io.github.matrixsync.internal.log.WakeUpTargets;
import io.github.matrixsync.internal.log.Window;
import io.github.matrixsync.internal.log.WindowEntry;
import io.github.matrixsync.internal.longpoll.Subscriber;
import io.github.matrixsync.races.HandLog;
import io.github.matrixsync.races.Logged;
import io.github.matrixsync.races.Race;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * A look asks whether its reader was joined, while the follower finds that events that it had not read were purged, the
 * reader's leave among them, and continues with a message.
 */
class PurgeRaceTest {
  private static final int INTERLEAVINGS = 100;
  private static final WindowEntry MESSAGE =
      new WindowEntry(Logged.message("$3:h").apply(3), Optional.empty());

  /** The reader joined at position 1 and left at 2, which is purged; the message is at 3. */
  private abstract static class LookAndPurge extends Race {
    final Window window = new Window(1, 8, Long.MAX_VALUE);
    final Roster roster = new Roster(new HandLog(), window, new ReaderRegistry(8, Subscriber::new));
    final Reader reader = Joined.to(Logged.ROOM, roster.acquire(Logged.ALICE));
    private volatile boolean leaked;

    /**
     * Returns whether the reader was joined at the message.
     *
     * @param wasLoaded whether the reader's rooms were loaded before the look
     */
    abstract boolean isJoined(boolean wasLoaded);

    /** Marks all memberships as unknown. */
    abstract void forget();

    @Override
    protected final void one() {
      boolean wasLoaded = reader.isLoaded();
      Window.View view = window.view();
      boolean isThere = view.indexAfter(2) < view.end();
      leaked = isThere && isJoined(wasLoaded);
    }

    @Override
    protected final void other() {
      roster.atomically(this::skip);
      roster.atomically(this::goOn);
    }

    private void skip() {
      window.restart(2);
      forget();
    }

    private void goOn() {
      roster.apply(MESSAGE, new WakeUpTargets());
      roster.dropChanges(window.append(List.of(MESSAGE)));
    }

    @Override
    protected final void check() {
      require(!leaked, "who has left gets no message, whoever has seen the leave");
      require(!reader.isLoaded(), "and where the reader is must be read again");
    }
  }

  private static final class Careful extends LookAndPurge {
    @Override
    boolean isJoined(boolean wasLoaded) {
      return reader.ifLoaded(() -> reader.joinedAt(Logged.ROOM, 3)).orElse(false);
    }

    @Override
    void forget() {
      roster.missedChanges();
    }
  }

  /** Uses what was loaded before the look, and keeps what is no longer valid. */
  private static final class Careless extends LookAndPurge {
    @Override
    boolean isJoined(boolean wasLoaded) {
      return wasLoaded && reader.joinedAt(Logged.ROOM, 3);
    }

    @Override
    void forget() {
      reader.setLoaded(false);
    }
  }

  @Test
  void look_whileAPurgeOvertakesTheFollower_doesNotSayThatTheReaderIsIn() {
    Race.explore(INTERLEAVINGS, () -> new Careful());
  }

  @Test
  void look_carelessTwinWhileAPurgeOvertakesTheFollower_saysThatTheReaderIsIn() {
    Race.assertFound(() -> new Careless());
  }
}
