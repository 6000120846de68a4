package io.github.matrixsync.store.tck;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/**
 * The base class of the tests with several instances over one storage, as on several nodes. Extend the class of a role
 * instead. Implement how the first instance is created on an empty storage, and how another is created on the same
 * storage:
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

  /** For subclasses. */
  protected SharedStoreTck() {}

  /** Returns an instance on a new, empty storage, which gets the storage's signals. Called before every test. */
  @Override
  protected abstract S open();

  /**
   * Returns one more instance on the storage of an open one. Called at most a few times a test.
   *
   * @param signals whether it gets the storage's signals; without them it sees what others wrote only when it writes,
   *     reads or is refreshed. A store that cannot work without them ignores this
   */
  protected abstract S another(S open, boolean signals);

  /**
   * Runs a write on one of the instances, and {@code beforeCommit} once during it: as late as the storage allows before
   * the change can be read, ideally when positions are taken and rows are written, right before the commit. It may wait
   * while other threads read and write. If it throws, roll the write back, and throw its exception or the store's own
   * for it. Called by several threads. Unless overridden, {@code beforeCommit} runs first.
   */
  protected void write(Runnable beforeCommit, Runnable write) {
    beforeCommit.run();
    write.run();
  }

  /** Returns the other instance, which gets the storage's signals. */
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

  /** Returns the instance that gets no signals. */
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

  /** Begins a write that is rolled back as late as the storage allows. */
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
