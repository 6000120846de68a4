package io.github.matrixsync.benchmarks.http.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Connections that send the next request as soon as they get a response. Confined to the loop's thread, but for
 * {@link #perSecond}.
 */
public final class RepeatedGets {
  /** Supplies requests. */
  public interface Source {
    /** Returns the next request on connection number {@code client}. */
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

  /** Returns responses per second, counted for {@code millis} after a warm-up of half that time. */
  public static double perSecond(
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

  /** Counts a response, and returns whether to go on. */
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
