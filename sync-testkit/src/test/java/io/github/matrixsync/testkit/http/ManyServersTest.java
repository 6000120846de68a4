package io.github.matrixsync.testkit.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.matrixsync.testkit.MatrixWorld;
import io.github.matrixsync.testkit.TestUser;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** Servers that are opened, asked and closed leave no thread, no port and no world behind. */
class ManyServersTest {
  /** {@code -Dtestkit.servers=1000} opens more of them. */
  private static final int SERVERS = Integer.getInteger("testkit.servers", 100);

  private final List<WeakReference<MatrixWorld>> worlds = new ArrayList<>();
  private final List<Integer> ports = new ArrayList<>();

  private void use() throws Exception {
    try (MatrixWorld world = MatrixWorld.create()) {
      TestUser alice = world.user("alice");
      alice.creates("here").with(world.service("irc").register().sender());
      Http client = new Http(world.server(), alice.accessToken());

      assertThat(client.get("v3/account/whoami").status()).isEqualTo(200);
      worlds.add(new WeakReference<>(world));
      ports.add(world.server().url().getPort());
    }
  }

  @Test
  void servers_openedAskedAndClosed_leaveNothing() throws Exception {
    use();
    int before = threads();
    for (int i = 0; i < SERVERS; i++) {
      use();
    }

    for (int port : ports) {
      assertThatThrownBy(() -> connect(port)).isInstanceOf(IOException.class);
    }
    for (int i = 0; i < 50 && worlds.stream().anyMatch(world -> !world.refersTo(null)); i++) {
      System.gc();
    }
    assertThat(worlds).allMatch(world -> world.refersTo(null));
    await(() -> {
      System.gc();
      return threads() <= before + 2;
    });
  }

  private static void connect(int port) throws IOException {
    new Socket(InetAddress.getLoopbackAddress(), port).close();
  }

  /** On a JDK before 21, the thread of a client of HTTP ends when the client is garbage. */
  private static int threads() {
    return Thread.getAllStackTraces().size();
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.getAsBoolean() && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }
}
