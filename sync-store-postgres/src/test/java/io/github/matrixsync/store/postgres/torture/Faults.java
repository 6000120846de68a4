package io.github.matrixsync.store.postgres.torture;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** What goes wrong during a run, each kind about equally often, in random order. Confined to one thread. */
final class Faults {
  /** A kind of fault. A purge and a foreign snapshot are none, but meet the others. */
  enum Kind {
    BACKEND_TERMINATED,
    LOCK_HOLDER_TERMINATED,
    LISTEN_CUT,
    NODE_KILLED,
    WRITER_KILLED,
    SERVER_RESTARTED_FAST,
    SERVER_RESTARTED_IMMEDIATE,
    WRITER_STALLED,
    FOREIGN_SNAPSHOT,
    PURGE
  }

  private static final String TERMINATE = """
      SELECT count(pg_terminate_backend(pid)) FROM (SELECT a.pid FROM pg_stat_activity a
        WHERE a.backend_type = 'client backend' AND a.pid <> pg_backend_pid()
          AND a.application_name <> 'torture' AND (%s) ORDER BY random() LIMIT %d) chosen""";

  private static final int MOST_FAILURES = 100;

  private final Server server;
  private final Processes processes;
  private final Random random;
  private final LongConsumer purged;
  private final Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
  private final List<Kind> planned = new ArrayList<>();
  private @Nullable Child stalled;
  private long stalledUntil;
  private int failures;
  private @Nullable Connection snapshot;

  /**
   * Makes faults.
   *
   * @param purged is told of each purge that a node acknowledged
   */
  Faults(Server server, Processes processes, Random random, LongConsumer purged) {
    this.server = server;
    this.processes = processes;
    this.random = random;
    this.purged = purged;
  }

  /** Returns how many faults there were of each kind. */
  Map<Kind, Integer> counts() {
    return counts;
  }

  /** Returns whether each kind had its turn as often as every other. */
  boolean isRoundComplete() {
    return !counts.isEmpty() && planned.isEmpty();
  }

  /** Makes the next fault. */
  void next() throws IOException, InterruptedException {
    if (planned.isEmpty()) {
      Collections.addAll(planned, Kind.values());
      Collections.addAll(planned, Kind.BACKEND_TERMINATED, Kind.LOCK_HOLDER_TERMINATED, Kind.PURGE);
      Collections.shuffle(planned, random);
    }
    Kind kind = planned.remove(planned.size() - 1);
    try {
      counts.merge(kind, make(kind), Integer::sum);
    } catch (SQLException e) {
      // Its connection was one that another fault hit; the next one has another.
      if (++failures > MOST_FAILURES) {
        throw new IOException("no fault can be made", e);
      }
      planned.add(0, kind);
    }
    resumeStalled(false);
  }

  /** Ends what has not ended by itself. */
  void end() throws IOException, InterruptedException {
    resumeStalled(true);
    closeSnapshot();
  }

  private int make(Kind kind) throws SQLException, IOException, InterruptedException {
    return switch (kind) {
      case BACKEND_TERMINATED -> terminate("true", 1 + random.nextInt(4));
      case LOCK_HOLDER_TERMINATED ->
        terminate("a.pid IN (SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted)", 1);
      case LISTEN_CUT -> terminate("a.application_name LIKE '%-listen'", 2);
      case NODE_KILLED -> {
        processes.killNode();
        yield 1;
      }
      case WRITER_KILLED -> {
        resumeStalled(true);
        processes.killWriter();
        yield 1;
      }
      case SERVER_RESTARTED_FAST -> restart("fast");
      case SERVER_RESTARTED_IMMEDIATE -> restart("immediate");
      case WRITER_STALLED -> stall();
      case FOREIGN_SNAPSHOT -> openSnapshot();
      case PURGE -> purge();
    };
  }

  private int terminate(String which, int most) throws SQLException {
    return (int) server.number(TERMINATE.formatted(which, most));
  }

  private int restart(String mode) throws IOException {
    closeSnapshot();
    server.restart(mode);
    return 1;
  }

  /** Stops a writer, for longer than it may hold the lock or for less. */
  private int stall() throws IOException, InterruptedException {
    resumeStalled(true);
    Child writer = processes.anyWriter();
    writer.signal("STOP");
    stalled = writer;
    stalledUntil = System.nanoTime() + 1_000_000L * (500 + random.nextInt(7_000));
    return 1;
  }

  private void resumeStalled(boolean isNow) throws IOException, InterruptedException {
    Child writer = stalled;
    if (writer != null && (isNow || System.nanoTime() - stalledUntil > 0)) {
      writer.signal("CONT");
      stalled = null;
    }
  }

  /** Opens a transaction of somebody else, which stays open until the next one or a restart. */
  private int openSnapshot() throws SQLException {
    closeSnapshot();
    Connection opened = server.connect();
    snapshot = opened;
    opened.setAutoCommit(false);
    opened.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    try (Statement statement = opened.createStatement()) {
      statement.execute("SELECT txid_current(), (SELECT max(position) FROM matrix_sync.event)");
    }
    return 1;
  }

  private void closeSnapshot() {
    Connection open = snapshot;
    snapshot = null;
    if (open != null) {
      try {
        open.close();
      } catch (SQLException e) {
        // The server ended it.
      }
    }
  }

  private int purge() throws SQLException, InterruptedException {
    long head = server.number("SELECT max(position) FROM torture.archive");
    long through = random.nextInt(4) == 0 ? head : head - random.nextInt(8_000);
    if (through <= 0) {
      return 0;
    }
    try {
      String answer = processes.anyNode().ask("purge " + through);
      if (!answer.startsWith("done")) {
        return 0;
      }
    } catch (IOException e) {
      return 0; // The node was killed, or the server restarted.
    }
    purged.accept(through);
    return 1;
  }
}
