package io.github.matrixsync.testkit.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FreePortTest {
  private static List<Integer> ports(int howMany) {
    return Stream.generate(FreePort::next).limit(howMany).toList();
  }

  @Test
  void next_manyTimes_isAnotherPortEachTime() {
    assertThat(ports(1_000)).doesNotHaveDuplicates();
  }

  /** Linux assigns ports from 32,768 on, macOS and Windows from 49,152 on. */
  @Test
  void next_isNoPortThatTheSystemAssigns() {
    assertThat(ports(1_000)).allMatch(port -> port >= 20_000 && port < 32_768);
  }

  @Test
  void next_allPortsOfTheRange_leavesOutOneThatIsTaken() throws IOException {
    int port = FreePort.next();

    try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      assertThat(ports(12_000)).doesNotContain(taken.getLocalPort());
    }
  }
}
