package io.github.matrixsync.store.postgres.torture;

import com.zaxxer.hikari.HikariDataSource;
import io.github.matrixsync.store.StoreException;
import io.github.matrixsync.store.model.Append;
import io.github.matrixsync.store.postgres.PostgresEventStore;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/**
 * A writer: appends by itself and in transactions of a host, of which some are slow and some roll back, and notes what
 * it was told before it goes on. Its arguments are the database's address, its name, the seed, the file of its claims,
 * and whether positions come from a sequence. It ends when its input does.
 */
public final class WriterMain {
  private static final int THREADS = 8;
  private static final int TRIES = 200;

  private final PostgresEventStore events;
  private final Watched watched;
  private final HikariDataSource own;
  private final Claims claims;
  private final boolean isSequence;
  private volatile boolean isEnding;

  private WriterMain(
      PostgresEventStore events, HikariDataSource own, Claims claims, boolean isSequence) {
    this.events = events;
    watched = new Watched(events);
    this.own = own;
    this.claims = claims;
    this.isSequence = isSequence;
  }

  /** Runs until the input ends. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    String url = arguments[0];
    String name = arguments[1];
    PostgresEventStore events = NodeMain.open(url, name, true).events();
    WriterMain writer = new WriterMain(
        events,
        Connections.pool(url, name + "-host", THREADS),
        new Claims(Path.of(arguments[3])),
        Boolean.parseBoolean(arguments[4]));
    writer.run(name, Long.parseLong(arguments[2]));
    Runtime.getRuntime().halt(0);
  }

  private void run(String name, long seed) throws IOException, InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      Random random = new Random(seed * THREADS + i);
      Batches batches = new Batches(name + "." + i, random);
      threads.add(new Thread(() -> write(batches, random)));
    }
    threads.forEach(Thread::start);
    int input = System.in.read();
    while (input >= 0) {
      input = System.in.read();
    }
    isEnding = true;
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private void write(Batches batches, Random random) {
    while (!isEnding) {
      int kind = random.nextInt(100);
      if (isSequence) {
        writeBySequence(batches, random);
      } else if (kind < 12) {
        writeWithHost(batches, random);
      } else if (kind < 20) {
        List<Append> again = batches.again();
        claimStored(again, store(again));
      } else {
        List<Append> batch = batches.next(false);
        List<Long> positions = store(batch);
        claimStored(batch, positions);
        if (positions.isEmpty()) {
          claims.failed(batch);
        } else {
          batches.stored(batch);
        }
      }
    }
  }

  private void claimStored(List<Append> batch, List<Long> positions) {
    if (!positions.isEmpty()) {
      claims.stored(batch, positions);
    }
  }

  /** Returns the positions of a batch; nothing if it is certainly not stored. */
  private List<Long> store(List<Append> batch) {
    boolean isUnknown = false;
    for (int i = 0; i < TRIES; i++) {
      try {
        List<Long> positions = events.append(batch);
        watched.appended(positions);
        return positions;
      } catch (StoreException e) {
        isUnknown |= !e.isOutcomeKnown();
        LockSupport.parkNanos(50_000_000);
        if (!isUnknown) {
          return List.of();
        }
      }
    }
    throw new IllegalStateException("a batch was tried " + TRIES + " times");
  }

  private void writeWithHost(Batches batches, Random random) {
    List<Append> batch = batches.next(true);
    String id = batch.get(0).event().id().value();
    List<Long> positions;
    try (Connection connection = own.getConnection()) {
      connection.setAutoCommit(false);
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO torture.host_row VALUES (?)")) {
        insert.setString(1, id.substring(0, id.lastIndexOf('.', id.lastIndexOf('.') - 1)));
        insert.executeUpdate();
      }
      positions = events.append(connection, batch);
      if (random.nextInt(4) == 0) {
        LockSupport.parkNanos(random.nextInt(random.nextInt(20) == 0 ? 300_000_000 : 10_000_000));
      }
      if (random.nextInt(4) == 0) {
        connection.rollback();
        claims.failed(batch);
        return;
      }
      connection.commit();
    } catch (SQLException | StoreException e) {
      // Whether it is stored shows by the host's own row, which is compared at the end.
      LockSupport.parkNanos(50_000_000);
      return;
    }
    claims.stored(batch, positions);
    batches.stored(batch);
    try {
      events.committed();
      watched.appended(positions);
    } catch (StoreException e) {
      // The node learns of it when it looks.
    }
  }

  private void writeBySequence(Batches batches, Random random) {
    try {
      new SequenceAppender(own).append(batches.next(false), random);
    } catch (SQLException e) {
      LockSupport.parkNanos(50_000_000);
    }
  }
}
