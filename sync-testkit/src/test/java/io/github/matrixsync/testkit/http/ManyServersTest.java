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
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Servers that are opened, asked and closed leave no thread, no port and no world behind. */
class ManyServersTest {
  /** {@code -Dtestkit.servers=1000} opens more of them. */
  private static final int SERVERS = Integer.getInteger("testkit.servers", 100);

  private static final Pattern CLIENTS_WORKER = Pattern.compile("HttpClient-\\d+-Worker-\\d+");

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
    long before = threads();
    for (int i = 0; i < SERVERS; i++) {
      use();
    }

    for (int port : ports) {
      assertThatThrownBy(() -> connect(port)).isInstanceOf(IOException.class);
    }
    await(() -> {
      System.gc();
      return worlds.stream().allMatch(world -> world.refersTo(null));
    });
    await(() -> {
      System.gc();
      return threads() <= before + 2;
    });
  }

  private static void connect(int port) throws IOException {
    new Socket(InetAddress.getLoopbackAddress(), port).close();
  }

  /**
   * Counts the threads, without those on which clients of the tests handle answers: how many a client has, and for how
   * long, is its own affair. On a JDK before 21, the other thread of a client ends when the client is garbage.
   */
  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !CLIENTS_WORKER.matcher(thread.getName()).matches())
        .count();
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.getAsBoolean() && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }
}
