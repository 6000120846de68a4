package io.github.matrixsync.testkit.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports for programs that are told where to listen before they start, such as an application service. A port that the
 * system gave out may be given out again before the program listens there, to a server of another test or to a
 * connection. These ports are of a range from which Linux, macOS and Windows give out none by themselves. Thread-safe.
 *
 * @since 0.1.0
 */
public final class FreePort {
  private static final int FIRST = 20_000;
  private static final int COUNT = 12_000;

  /** Begins anywhere, since other processes choose as well. */
  private static final AtomicInteger NEXT =
      new AtomicInteger(ThreadLocalRandom.current().nextInt(COUNT));

  private FreePort() {}

  /**
   * Returns a port of 127.0.0.1 on which nobody listens; no port twice in the first 12,000 calls of a process.
   *
   * @throws IllegalStateException if all ports of the range are taken
   */
  public static int next() {
    for (int tries = 0; tries < COUNT; tries++) {
      int port = FIRST + NEXT.getAndUpdate(next -> (next + 1) % COUNT);
      if (isFree(port)) {
        return port;
      }
    }
    throw new IllegalStateException(
        "each port from " + FIRST + " to " + (FIRST + COUNT - 1) + " is taken");
  }

  private static boolean isFree(int port) {
    try {
      new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
