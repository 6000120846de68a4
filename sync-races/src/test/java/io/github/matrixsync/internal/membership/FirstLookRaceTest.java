package io.github.matrixsync.internal.membership;

import io.github.matrixsync.internal.log.Window;
import io.github.matrixsync.internal.longpoll.Subscriber;
import io.github.matrixsync.races.HandLog;
import io.github.matrixsync.races.Logged;
import io.github.matrixsync.races.Race;
import org.junit.jupiter.api.Test;

/** A poll ends and releases its reader, while its first look loads the user's rooms. */
class FirstLookRaceTest {
  private static final int INTERLEAVINGS = 200;

  /** One thread runs the poll's first look, the other ends the poll. */
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

  /** Holds the reader during the look. */
  private static final class Held extends LookAndEnd {
    @Override
    protected void one() {
      if (roster.hold(reader)) {
        Joined.to(Logged.ROOM, reader);
        roster.release(reader);
      }
    }
  }

  /** Relies on the poll to hold the reader. */
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
