package io.github.matrixsync.store.postgres;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Finds ports for servers that must be told their port before they start. Stateless. */
public final class ServerPort {
  private static final int FIRST = 20_000;
  private static final int COUNT = 12_000;
  private static final int MOST_TRIES = 100;

  private ServerPort() {}

  /**
   * Returns a free port that the system does not assign by itself: nobody takes it before the server listens there, or
   * while it is stopped.
   */
  public static int free() throws IOException {
    for (int tries = 1; ; tries++) {
      int port = FIRST + ThreadLocalRandom.current().nextInt(COUNT);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (BindException e) {
        if (tries == MOST_TRIES) {
          throw e;
        }
      }
    }
  }
}
