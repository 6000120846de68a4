package io.github.matrixsync.internal.membership;

import io.github.matrixsync.internal.log.Window;
import io.github.matrixsync.internal.longpoll.Subscriber;
import io.github.matrixsync.races.HandLog;
import io.github.matrixsync.races.Logged;
import io.github.matrixsync.races.Race;
import org.junit.jupiter.api.Test;

/** A poll ends, and lets go of its reader, while its first look takes over the user's rooms. */
class FirstLookRaceTest {
  private static final int INTERLEAVINGS = 200;

  /** The poll is ended by another thread than the one that runs it. */
  private abstract static class LookAndEnd extends Race {
    final Roster roster = new Roster(
        new HandLog(), new Window(1, 8, Long.MAX_VALUE), new ReaderRegistry(8, Subscriber::new));
    final Reader reader = roster.acquire(Logged.ALICE);

    @Override
    protected final void other() {
      roster.release(reader);
    }

    @Override
    protected final void check() {
      boolean isInRoom = reader.rooms().size() > 0;
      require(isInRoom != reader.isForgotten(), "a reader is in its rooms, or forgotten");
      require(isInRoom == reader.isLoaded(), "and its rooms are known as long as it is there");
    }
  }

  /** Holds the reader for as long as it looks. */
  private static final class Held extends LookAndEnd {
    @Override
    protected void one() {
      if (roster.hold(reader)) {
        Joined.to(Logged.ROOM, reader);
        roster.release(reader);
      }
    }
  }

  /** Trusts that the poll holds the reader. */
  private static final class Careless extends LookAndEnd {
    @Override
    protected void one() {
      Joined.to(Logged.ROOM, reader);
    }
  }

  @Test
  void look_whileItsPollEnds_leavesTheReaderKnownOrForgotten() {
    Race.explore(INTERLEAVINGS, () -> new Held());
  }

  @Test
  void look_carelessTwinWhileItsPollEnds_leavesAForgottenReaderInARoom() {
    Race.assertFound(() -> new Careless());
  }
}
