package io.github.matrixsync.store.tck;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/**
 * What the tests of several instances over one storage have in common, as on several nodes. Not to be extended itself;
 * the classes of each role are. Their author says how the first instance is made on an empty storage, and how one more
 * is made on the same:
 *
 * <pre>{@code
 * class SharedReceiptsTest extends SharedReceiptStoreTck<ReceiptStoreOnSql> {
 *   protected ReceiptStoreOnSql open() {
 *     return new ReceiptStoreOnSql(database.emptied(), Hints.ON);
 *   }
 *
 *   protected ReceiptStoreOnSql another(ReceiptStoreOnSql open, boolean signals) {
 *     return new ReceiptStoreOnSql(database, signals ? Hints.ON : Hints.OFF);
 *   }
 *
 *   protected void write(Runnable beforeCommit, Runnable write) { // optional
 *     database.runBeforeNextCommit(beforeCommit, write);
 *   }
 * }
 * }</pre>
 *
 * <p>After each test every instance is closed by {@link #close}. Confined to the thread of its test, except the
 * instances.
 *
 * @param <S> the store's type
 * @since 0.1.0
 */
public abstract class SharedStoreTck<S> extends StoreTck<S> {
  private final List<S> others = new ArrayList<>(); // guarded by itself
  private @Nullable S signaled; // guarded by others
  private @Nullable S unsignaled; // guarded by others

  /** Begins the tests of a store. */
  protected SharedStoreTck() {}

  /** Returns an instance on a new, empty storage, which the storage's signals reach. Called before every test. */
  @Override
  protected abstract S open();

  /**
   * Returns one more instance on the storage of an open one. Called at most a few times a test.
   *
   * @param signals whether the storage's signals reach it; without them it learns what others wrote only where it
   *     writes, reads or is asked to refresh. A store that cannot do without them ignores this
   */
  protected abstract S another(S open, boolean signals);

  /**
   * Runs a write on one of the instances, and {@code beforeCommit} once on the way: as late as the storage allows
   * before anybody can read what was written, at best when positions are taken and rows are written, right before the
   * commit. It may wait while other threads read and write. If it throws, the write is to be rolled back, and what it
   * threw, or what the store makes of it, goes to the caller. Called by several threads. Unless overridden, {@code
   * beforeCommit} runs first.
   */
  protected void write(Runnable beforeCommit, Runnable write) {
    beforeCommit.run();
    write.run();
  }

  /** Returns the other instance, which the storage's signals reach. */
  protected final S other() {
    synchronized (others) {
      S open = signaled;
      if (open == null) {
        open = opened(true);
        signaled = open;
      }
      return open;
    }
  }

  /** Returns the instance that signals do not reach. */
  protected final S withoutSignals() {
    synchronized (others) {
      S open = unsignaled;
      if (open == null) {
        open = opened(false);
        unsignaled = open;
      }
      return open;
    }
  }

  /** Begins a write and has it rolled back, as late as the storage allows. */
  protected final void writeAndRollBack(Runnable write) {
    try {
      write(
          () -> {
            throw new IllegalStateException("roll back");
          },
          write);
    } catch (RuntimeException rolledBack) {
      return;
    }
    throw new AssertionError("write returned although beforeCommit threw: it is to roll back");
  }

  private S opened(boolean signals) {
    S instance = another(store(), signals);
    others.add(instance);
    return instance;
  }

  @AfterEach
  final void closeOthers() throws Exception {
    synchronized (others) {
      for (S other : others) {
        close(other);
      }
    }
  }
}
