package io.github.matrixsync.testkit.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.testkit.MatrixWorld;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** The port of a world's server when the server restarts. */
class PortAfterARestartTest {
  private static final int HELD_MILLIS = 100;

  private final AtomicReference<URI> address = new AtomicReference<>();
  private final CompletableFuture<Void> released = new CompletableFuture<>();

  /** Occupies the port between the end of the server and its new start, and frees it later. */
  private void hold() {
    URI old = address.getAndSet(null);
    if (old != null) {
      try {
        ServerSocket socket = new ServerSocket(old.getPort(), 1, InetAddress.getLoopbackAddress());
        new Thread(() -> release(socket), "holder").start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void release(ServerSocket socket) {
    try (socket) {
      awaitNobody(socket);
    } catch (IOException e) {
      released.completeExceptionally(e);
    }
  }

  /** Says that the port is free before it is: when it is, the server may have started before this thread goes on. */
  private void awaitNobody(ServerSocket socket) throws IOException {
    try {
      socket.setSoTimeout(HELD_MILLIS);
      socket.accept().close();
    } catch (SocketTimeoutException e) {
      released.complete(null);
    }
  }

  @Test
  void restarts_whileThePortIsTakenForAMoment_listensThereAgain() throws Exception {
    try (MatrixWorld world = MatrixWorld.builder().engine(options -> hold()).build()) {
      URI url = world.server().url();
      Http http = new Http(world.server(), world.user("alice").accessToken());
      address.set(url);

      world.restarts();

      assertThat(address).hasNullValue();
      assertThat(released).isCompleted();
      assertThat(world.server().url()).isEqualTo(url);
      assertThat(http.get("versions").status()).isEqualTo(200);
    }
  }
}
