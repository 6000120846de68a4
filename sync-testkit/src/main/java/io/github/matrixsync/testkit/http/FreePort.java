package io.github.matrixsync.testkit.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Finds free ports for programs that must be told their port before they start, such as an application service. A port
 * that the system assigned, and that was closed, may be assigned again before the program listens there: to a server of
 * another test, or to a connection. These ports are from a range from which Linux, macOS and Windows assign none unless
 * they are configured to. Thread-safe.
 *
 * @since 0.1.0
 */
public final class FreePort {
  private static final int FIRST = 20_000;
  private static final int COUNT = 12_000;

  /** Begins at a random port, since other processes choose from the same range. */
  private static final AtomicInteger NEXT =
      new AtomicInteger(ThreadLocalRandom.current().nextInt(COUNT));

  private FreePort() {}

  /**
   * Returns a port of 127.0.0.1 on which nobody listens, from 20,000 to 31,999. The calls of a process return a port
   * again only after they have tried all others.
   *
   * @throws IllegalStateException if none of the range can be had; the cause has the reason
   */
  public static int next() {
    IOException refusal = null;
    for (int tries = 0; tries < COUNT; tries++) {
      int port = FIRST + NEXT.getAndUpdate(next -> (next + 1) % COUNT);
      try {
        new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
        return port;
      } catch (IOException e) {
        refusal = e;
      }
    }
    throw new IllegalStateException(
        "no port from " + FIRST + " to " + (FIRST + COUNT - 1) + " can be had", refusal);
  }
}
