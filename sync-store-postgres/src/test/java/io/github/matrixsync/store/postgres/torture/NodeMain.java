package io.github.matrixsync.store.postgres.torture;

import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.ExpiredPositionException;
import io.github.matrixsync.store.StoreException;
import io.github.matrixsync.store.model.Interest;
import io.github.matrixsync.store.model.LogPage;
import io.github.matrixsync.store.model.StoredEvent;
import io.github.matrixsync.store.postgres.PostgresEventStore;
import io.github.matrixsync.store.postgres.PostgresStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/**
 * A node: reads pages of the log for readers whose position came from any node, and purges. Its arguments are the
 * database's address, its name, and whether hints are on. It ends when its input does.
 *
 * <p>Requests: {@code read <interest> <after> <limit>}, {@code purge <through>}, {@code state}. An answer begins with
 * {@code page}, {@code expired}, {@code ahead}, {@code failed}, {@code done} or {@code state}.
 */
public final class NodeMain {
  private final PostgresStore store;
  private final PostgresEventStore events;
  private final Watched watched;

  private NodeMain(PostgresStore store) {
    this.store = store;
    events = store.events();
    watched = new Watched(events);
  }

  /** Runs until the input ends. */
  public static void main(String[] arguments) throws IOException {
    String url = arguments[0];
    String name = arguments[1];
    PostgresStore store = open(url, name, Boolean.parseBoolean(arguments[2]));
    new NodeMain(store).run();
    Runtime.getRuntime().halt(0);
  }

  /** Opens the store, as soon as the server can be reached. */
  static PostgresStore open(String url, String name, boolean hints) {
    StoreException failure = null;
    for (int i = 0; i < 240; i++) {
      try {
        return PostgresStore.builder(Connections.pool(url, name, 12))
            .listener(Connections.direct(url, name + "-listen"))
            .hints(hints)
            .open();
      } catch (StoreException e) {
        failure = e;
        LockSupport.parkNanos(500_000_000);
      }
    }
    throw new IllegalStateException("the store cannot be opened", failure);
  }

  private void run() throws IOException {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    String line = in.readLine();
    while (line != null) {
      String[] request = line.split(" ");
      threads.execute(() -> watched.write(request[0] + " " + answerTo(request) + Child.END));
      line = in.readLine();
    }
  }

  private String answerTo(String[] request) {
    try {
      return switch (request[1]) {
        case "read" -> read(request[2], Long.parseLong(request[3]), Integer.parseInt(request[4]));
        case "purge" -> purge(Long.parseLong(request[2]));
        default -> "state " + events.watermark() + " " + store.health().hints();
      };
    } catch (ExpiredPositionException e) {
      return "expired " + e.retainedAfter();
    } catch (StoreException e) {
      return "failed " + e.getMessage().replace('\n', ' ');
    } catch (RuntimeException e) {
      watched.mismatch("a node threw " + e);
      return "failed " + e;
    }
  }

  private String read(String interest, long after, int limit) {
    long upTo = events.watermark();
    if (after > upTo || limit % 5 == 0) {
      upTo = events.refresh();
    }
    if (after > upTo) {
      return "ahead " + upTo;
    }
    Interest of =
        interest.equals("*") ? Interest.everything() : Interest.of(UserId.parse(interest));
    LogPage page = events.log(of, after, upTo, limit);
    StringBuilder text = new StringBuilder("page ").append(page.through());
    for (StoredEvent event : page.events()) {
      int hash = Archive.hash(
          event.event().id().value(),
          event.kind().ordinal(),
          event.replaces().map(id -> id.value()).orElse(null));
      text.append(' ').append(event.position()).append(':').append(Integer.toHexString(hash));
    }
    return text.toString();
  }

  private String purge(long through) {
    if (through > events.watermark()) {
      events.refresh();
    }
    events.purge(through);
    return "done " + events.retainedAfter();
  }
}
