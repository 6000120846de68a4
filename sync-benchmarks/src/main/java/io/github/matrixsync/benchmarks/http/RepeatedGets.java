package io.github.matrixsync.benchmarks.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Clients that ask again as soon as they are answered, each on a connection of its own. Confined to the loop's thread,
 * but for {@link #perSecond}.
 */
final class RepeatedGets {
  /** Makes requests. */
  interface Source {
    /** Returns the next request of a client. */
    byte[] next(int client);
  }

  private final CompletableFuture<Double> rate = new CompletableFuture<>();
  private final Source source;
  private final Consumer<Reply> check;
  private final long start = System.nanoTime();
  private final long warm;
  private final long end;
  private long counted;

  private RepeatedGets(Source source, Consumer<Reply> check, int millis) {
    this.source = source;
    this.check = check;
    warm = start + TimeUnit.MILLISECONDS.toNanos(millis / 2);
    end = warm + TimeUnit.MILLISECONDS.toNanos(millis);
  }

  /** Returns how many answers came per second, for so many milliseconds after half as many that do not count. */
  static double perSecond(
      Client client, int clients, int millis, Source source, Consumer<Reply> check) {
    Loop loop = client.loop();
    List<Connection> connections = loop.connect(clients);
    RepeatedGets gets = new RepeatedGets(source, check, millis);
    loop.call(() -> {
      for (int i = 0; i < clients; i++) {
        gets.next(connections.get(i), i);
      }
    });
    loop.await(gets.rate);
    return gets.rate.join();
  }

  private void next(Connection connection, int client) {
    try {
      connection.send(source.next(client), (free, reply) -> {
        check.accept(reply);
        if (take(System.nanoTime())) {
          next(free, client);
        }
      });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Counts an answer, and returns whether to go on. */
  private boolean take(long now) {
    if (now >= end) {
      rate.complete(counted * 1e9 / (end - warm));
      return false;
    }
    if (now >= warm) {
      counted++;
    }
    return true;
  }
}
