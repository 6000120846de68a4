package io.github.matrixsync.internal.membership;

import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.longpoll.Subscriber;
import io.github.matrixsync.races.Race;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A reader is acquired while it is removed because it was idle. */
class ReaderRegistryRaceTest {
  private static final UserId ALICE = UserId.parse("@a:h");

  /** A registry of readers. */
  interface Readers {
    Reader acquire();

    void release(Reader reader);

    @Nullable Reader get();

    void removeIfIdle(Reader reader);
  }

  private static final class RealReaders implements Readers {
    private final ReaderRegistry readers = new ReaderRegistry(0, Subscriber::new);

    @Override
    public Reader acquire() {
      return readers.acquire(ALICE);
    }

    @Override
    public void release(Reader reader) {
      readers.release(reader);
    }

    @Override
    public @Nullable Reader get() {
      return readers.get(ALICE);
    }

    @Override
    public void removeIfIdle(Reader reader) {
      readers.remove(reader);
    }
  }

  /** Checks whether a reader is held, and removes it in a second step: it may have been acquired between the two. */
  private static final class CarelessReaders implements Readers {
    private final Map<UserId, Reader> known = new HashMap<>();
    private final Map<Reader, Integer> holds = new HashMap<>();

    @Override
    public synchronized Reader acquire() {
      Reader reader = known.computeIfAbsent(ALICE, Reader::new);
      holds.merge(reader, 1, Integer::sum);
      return reader;
    }

    @Override
    public synchronized void release(Reader reader) {
      holds.merge(reader, -1, Integer::sum);
    }

    @Override
    public synchronized @Nullable Reader get() {
      return known.get(ALICE);
    }

    @Override
    public void removeIfIdle(Reader reader) {
      if (isIdle(reader)) {
        remove(reader);
      }
    }

    private synchronized boolean isIdle(Reader reader) {
      return holds.getOrDefault(reader, 0) == 0;
    }

    private synchronized void remove(Reader reader) {
      known.remove(ALICE, reader);
    }
  }

  private static final class HoldAndForget extends Race {
    private final Readers registry;
    private final Reader idle;
    private volatile @Nullable Reader held;
    private volatile boolean found;

    HoldAndForget(Readers registry) {
      this.registry = registry;
      this.idle = registry.acquire();
      registry.release(idle);
    }

    @Override
    protected void one() {
      Reader mine = registry.acquire();
      held = mine;
      found = registry.get() == mine;
    }

    @Override
    protected void other() {
      registry.removeIfIdle(idle);
    }

    @Override
    protected void check() {
      require(found, "who is held is where others find it");
      require(registry.get() == held, "and stays there");
    }
  }

  /** The last two holders release a reader at once. */
  private static final class ReleaseTwice extends Race {
    private final ReaderRegistry readers = new ReaderRegistry(0, Subscriber::new);
    private final Reader reader = readers.acquire(ALICE);

    ReleaseTwice() {
      require(readers.acquire(ALICE) == reader, "it is held");
    }

    @Override
    protected void one() {
      readers.release(reader);
    }

    @Override
    protected void other() {
      readers.release(reader);
    }

    @Override
    protected void check() {
      require(readers.hasTooManyIdle(), "it is idle");
      require(readers.remove(reader), "and may go");
      require(!readers.hasTooManyIdle(), "and is counted no more");
    }
  }

  @Test
  void acquire_whileTheReaderGoes_isHeldWhereOthersFindIt() {
    Race.explore(() -> new HoldAndForget(new RealReaders()));
  }

  @Test
  void acquire_carelessTwin_isHeldWhereNobodyFindsIt() {
    Race.assertFound(() -> new HoldAndForget(new CarelessReaders()));
  }

  @Test
  void release_twiceAtOnce_countsOneIdle() {
    Race.explore(ReleaseTwice::new);
  }
}
