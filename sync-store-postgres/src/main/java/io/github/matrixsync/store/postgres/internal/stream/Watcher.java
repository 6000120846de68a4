package io.github.matrixsync.store.postgres.internal.stream;

import io.github.matrixsync.store.StoreException;
import io.github.matrixsync.store.postgres.internal.sql.Schema;
import io.github.matrixsync.store.postgres.internal.sql.Statements;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * The one thread of a store. It listens for hints for at most the look interval, and then looks at the heads, hint or
 * not: so nothing depends on hints but how soon a node knows. If the connection breaks it looks, and listens again
 * after a pause. Thread-safe.
 */
public final class Watcher implements AutoCloseable {
  /** Whether hints arrive. */
  public enum Listening {
    /** Hints arrive. */
    WORKS,
    /** Hints are switched off. */
    OFF,
    /**
     * Hints that this node sent did not come back, as behind a pooler that shares connections between transactions.
     */
    SILENT,
    /** The connection for hints is broken. */
    BROKEN
  }

  private static final Logger LOG = System.getLogger("io.github.matrixsync.store.postgres");
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
  private static final Duration STOP = Duration.ofSeconds(2);

  private static final Duration SHORTEST_SILENCE = Duration.ofSeconds(1);
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(10);

  private final DataSource source;
  private final Schema schema;
  private final Heads heads;
  private final Hints hints;
  private final Duration interval;
  private final Thread thread;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile Listening listening;
  private volatile @Nullable StoreException lastFailure;
  private volatile @Nullable Connection connection;
  private Duration pause; // confined to the thread
  private long arrivedUpTo; // confined to the thread
  private long quietSince; // confined to the thread
  private long sentBeforeQuiet; // confined to the thread
  private boolean isQuiet; // confined to the thread
  private long looked = System.nanoTime(); // confined to the thread

  /**
   * Makes a watcher, which does nothing until it is started.
   *
   * @param source gives the connection on which hints arrive
   * @param interval the longest time between two looks
   */
  public Watcher(DataSource source, Schema schema, Heads heads, Hints hints, Duration interval) {
    this.source = source;
    this.schema = schema;
    this.heads = heads;
    this.hints = hints;
    this.interval = interval;
    this.pause = interval;
    listening = hints.isOn() ? Listening.BROKEN : Listening.OFF;
    thread = new Thread(this::run, "matrix-sync-postgres-" + schema.name());
    thread.setDaemon(true);
  }

  /** Starts the thread. */
  public void start() {
    thread.start();
  }

  /** Returns whether hints arrive. */
  public Listening listening() {
    return listening;
  }

  /** Returns why the latest look failed; null if it succeeded. */
  public @Nullable StoreException lastFailure() {
    return lastFailure;
  }

  /** Ends the thread, and waits for it shortly. */
  @Override
  public void close() {
    closed.countDown();
    Connection open = connection;
    if (open != null) {
      try {
        open.abort(Runnable::run);
      } catch (SQLException | RuntimeException e) {
        LOG.log(Level.DEBUG, "the connection for hints could not be ended", e);
      }
    }
    joinThread();
  }

  private void joinThread() {
    if (Thread.currentThread() == thread) {
      return;
    }
    try {
      thread.join(STOP.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (!isClosed()) {
      if (hints.isOn()) {
        look();
        listen();
        lookFor(pause);
      } else {
        lookAfter(interval); // the store has looked when it was opened
      }
    }
  }

  private void lookAfter(Duration time) {
    awaitClosing(time);
    if (!isClosed()) {
      look();
    }
  }

  /** Looks once an interval, for some time. */
  private void lookFor(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    Duration rest = time;
    while (rest.toNanos() > 0 && !isClosed()) {
      look();
      awaitClosing(rest.compareTo(interval) < 0 ? rest : interval);
      rest = Duration.ofNanos(end - System.nanoTime());
    }
  }

  /** Listens until the connection breaks. */
  private void listen() {
    try (Connection open = source.getConnection()) {
      connection = open;
      listenOn(open);
    } catch (SQLException | RuntimeException e) {
      broken(e);
    } finally {
      connection = null;
    }
  }

  private void listenOn(Connection open) throws SQLException {
    try {
      open.setAutoCommit(true);
      open.setNetworkTimeout(Runnable::run, (int) silence().toMillis());
      new Statements("LISTEN \"" + schema.channel() + "\"").execute(open).close();
      hints.startListening();
      hints.send();
      listening = Listening.WORKS;
      pause = interval;
      isQuiet = false;
      startQuiet();
      boolean isNews = true;
      while (!isClosed()) {
        if (isNews) {
          look();
        }
        isNews = awaitHint(open);
      }
    } finally {
      giveUp(open);
    }
  }

  /** Returns how long the server may be silent on the listening connection: looks wait for that long at most. */
  private Duration silence() {
    if (interval.compareTo(SHORTEST_SILENCE) < 0) {
      return SHORTEST_SILENCE;
    }
    return interval.compareTo(LONGEST_SILENCE) < 0 ? interval : LONGEST_SILENCE;
  }

  /**
   * Ends a connection that listens, and has the pool notice it: it would give the connection to somebody else, who
   * would get hints, or find it broken.
   */
  private static void giveUp(Connection open) {
    try {
      open.abort(Runnable::run);
      new Statements("SELECT 1").execute(open).close();
    } catch (SQLException | RuntimeException e) {
      LOG.log(Level.DEBUG, "the connection for hints is ended", e);
    }
  }

  private void broken(Exception failure) {
    if (isClosed()) {
      return;
    }
    if (listening != Listening.BROKEN) {
      LOG.log(
          Level.WARNING,
          "the connection for hints is broken, changes of other nodes are found by polling: {0}",
          failure.getMessage());
    }
    listening = Listening.BROKEN;
    pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
  }

  /**
   * Waits for a hint, or until the interval since the latest look is over. If no hint came the time before, asks the
   * server something first, or a dead peer would not be noticed. Returns whether there may be news: not if only hints
   * came that this node sent itself.
   */
  private boolean awaitHint(Connection open) throws SQLException {
    if (isQuiet) {
      new Statements("SELECT 1").execute(open).close();
    }
    long rest = interval.minusNanos(System.nanoTime() - looked).toMillis();
    PGNotification[] arrived =
        open.unwrap(PGConnection.class).getNotifications((int) Math.max(1, rest));
    isQuiet = arrived == null || arrived.length == 0;
    if (!isQuiet) {
      arrivedUpTo = hints.begun();
      listening = Listening.WORKS;
      startQuiet();
      return isNews(arrived) || isOver(looked);
    }
    if (isOver(quietSince)) {
      judgeQuiet();
      startQuiet();
    }
    return true;
  }

  private boolean isOver(long since) {
    return System.nanoTime() - since >= interval.toNanos();
  }

  private void startQuiet() {
    sentBeforeQuiet = hints.sent();
    quietSince = System.nanoTime();
  }

  /** Concludes from an interval without hints that they do not arrive, if this node had sent some before it. */
  private void judgeQuiet() {
    if (sentBeforeQuiet > arrivedUpTo && listening == Listening.WORKS) {
      listening = Listening.SILENT;
      LOG.log(
          Level.WARNING,
          "hints do not arrive, changes of other nodes are found by polling; is there a pooler?");
    }
    arrivedUpTo = Math.max(arrivedUpTo, sentBeforeQuiet);
  }

  private boolean isNews(PGNotification[] arrived) {
    boolean isNews = false;
    for (PGNotification hint : arrived) {
      isNews |= !hints.isOwn(hint.getPID());
    }
    return isNews;
  }

  private void look() {
    looked = System.nanoTime();
    try {
      heads.look();
      if (lastFailure != null) {
        LOG.log(Level.INFO, "the heads can be read again");
      }
      lastFailure = null;
    } catch (RuntimeException e) {
      if (lastFailure == null && !isClosed()) {
        LOG.log(Level.WARNING, "the heads cannot be read: {0}", e.getMessage());
      }
      lastFailure = e instanceof StoreException failure
          ? failure
          : StoreException.failed("looking at the heads failed: " + e, e);
    }
  }

  private void awaitClosing(Duration time) {
    try {
      if (closed.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      // Nobody interrupts this thread in order to end it: close() does that.
    }
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }
}
