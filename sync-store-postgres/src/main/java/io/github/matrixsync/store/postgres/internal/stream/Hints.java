package io.github.matrixsync.store.postgres.internal.stream;

import io.github.matrixsync.store.postgres.internal.sql.Database;
import io.github.matrixsync.store.postgres.internal.sql.Schema;
import io.github.matrixsync.store.postgres.internal.sql.Statements;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.postgresql.jdbc.PgConnection;

/**
 * Tells other nodes that there is something new, without saying what. A hint is sent after the commit, in a transaction
 * of its own: inside a writing transaction it would hold a lock of the whole server until that is flushed. At most one
 * is under way; what is asked for meanwhile is one more. A hint that fails is forgotten, because every node looks by
 * itself too. Thread-safe.
 */
public final class Hints {
  private enum State {
    IDLE,
    SENDING,
    SENDING_AND_ASKED_AGAIN
  }

  private static final String NOTIFY = "SELECT pg_notify(?, '')";

  private final Database database;
  private final Schema schema;
  private final boolean isOn;
  private final AtomicReference<State> state = new AtomicReference<>(State.IDLE);
  private final Map<StreamNumber, AtomicLong> told = new ConcurrentHashMap<>();

  /** How many hints are to come back, by the session of the server that sent them. */
  private final Map<Integer, Integer> expected = new ConcurrentHashMap<>();

  private final AtomicLong begun = new AtomicLong();
  private final AtomicLong sent = new AtomicLong();

  /**
   * Makes a sender.
   *
   * @param isOn false: nothing is ever sent
   */
  public Hints(Database database, Schema schema, boolean isOn) {
    this.database = database;
    this.schema = schema;
    this.isOn = isOn;
  }

  /** Returns whether hints are sent and listened for. */
  boolean isOn() {
    return isOn;
  }

  /** Returns how many hints may have arrived: those that were sent, and one that is under way. */
  long begun() {
    return begun.get();
  }

  /** Returns how many of the hints must arrive. */
  long sent() {
    return sent.get();
  }

  /**
   * Sends a hint of what was committed to a stream, unless one was begun since that commit: of callers who share a
   * transaction the first sends.
   *
   * @param upTo a number that rises with every commit to the stream
   */
  public void send(StreamNumber stream, long upTo) {
    AtomicLong last = told.computeIfAbsent(stream, any -> new AtomicLong());
    if (last.getAndAccumulate(upTo, Math::max) < upTo) {
      send();
    }
  }

  /** Sends a hint, or has the caller who is sending one send another. */
  public void send() {
    if (!isOn || !begin()) {
      return;
    }
    boolean isDone = false;
    while (!isDone) {
      notifyOthers();
      isDone = state.updateAndGet(Hints::afterSending) == State.IDLE;
    }
  }

  /** Returns whether this caller sends. */
  private boolean begin() {
    State before = state.getAndUpdate(
        now -> now == State.IDLE ? State.SENDING : State.SENDING_AND_ASKED_AGAIN);
    return before == State.IDLE;
  }

  private static State afterSending(State now) {
    return now == State.SENDING_AND_ASKED_AGAIN ? State.SENDING : State.IDLE;
  }

  /** Forgets which hints are to come back: this node begins to listen. */
  void startListening() {
    expected.clear();
  }

  /**
   * Returns whether a hint that arrived is one of this node's own, which tells it nothing; each is so once.
   *
   * @param session the process id of the session that sent it
   */
  boolean isOwn(int session) {
    AtomicBoolean isOwn = new AtomicBoolean();
    expected.computeIfPresent(session, (id, count) -> {
      isOwn.set(true);
      return count == 1 ? null : count - 1;
    });
    return isOwn.get();
  }

  private void notifyOthers() {
    long number = begun.incrementAndGet();
    try {
      database.read("sending a hint", this::notifyOthers);
      sent.set(number);
    } catch (RuntimeException e) {
      // Nobody waits for it: the nodes look by themselves.
    }
  }

  private boolean notifyOthers(Connection connection) throws SQLException {
    int session = connection.unwrap(PgConnection.class).getBackendPID();
    expected.merge(session, 1, Integer::sum);
    try {
      new Statements(NOTIFY, schema.channel()).execute(connection).close();
      if (!connection.getAutoCommit()) {
        connection.commit();
      }
      return true;
    } catch (SQLException | RuntimeException e) {
      isOwn(session);
      throw e;
    }
  }
}
