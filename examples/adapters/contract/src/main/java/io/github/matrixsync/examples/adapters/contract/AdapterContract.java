package io.github.matrixsync.examples.adapters.contract;

import static io.github.matrixsync.examples.adapters.contract.ExampleHost.ALICE;
import static io.github.matrixsync.examples.adapters.contract.ExampleHost.ALICES_TOKEN;
import static io.github.matrixsync.examples.adapters.contract.HttpSocket.FILTERS;
import static io.github.matrixsync.examples.adapters.contract.HttpSocket.V1;
import static io.github.matrixsync.examples.adapters.contract.HttpSocket.get;
import static io.github.matrixsync.examples.adapters.contract.HttpSocket.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.examples.adapters.contract.HttpSocket.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The tests that every adapter passes, through sockets. Those of this class are about its length, bad input and slow
 * clients. The test class of a server extends it, and with it the others.
 */
public abstract class AdapterContract extends PollContract {
  private static final int MOST_LINES = 80;

  /** At least as many as any of the servers has threads for requests here, if it has few. */
  private static final int SLOW = 16;

  /** Creates the tests of a server; the name is for the figures. */
  protected AdapterContract(String name) {
    super(name);
  }

  @Test
  void adapter_itsClass_isShort() throws IOException {
    long lines = SourceLines.ofAdapter(Path.of("src", "main"));
    note("lines", lines);
    assertThat(lines).isPositive().isLessThanOrEqualTo(MOST_LINES);
  }

  @ParameterizedTest
  @EnumSource(BadInput.class)
  void badInput_isAnsweredOrRefused(BadInput input) {
    host.forgetPollers();
    try (HttpSocket client = connect()) {
      Optional<Answer> answer = client.send(input.request()).readIfAny();
      note(input.toString(), answer.map(Answer::toString).orElse("closed"));
      assertThat(answer).as(input.toString()).matches(input::allows);
    }
    assertThat(host.pollers()).isSubsetOf(ALICE);
    assertThat(askAsAlice("/events?timeout=0").status()).isEqualTo(200);
  }

  /** A server may close connections while it is busy with slow clients, but not for long. */
  @Test
  void clients_thatSendNoBody_doNotStopTheServer() {
    String path = FILTERS + "?access_token=" + ALICES_TOKEN;
    String head = request("POST", path, "Content-Length: 10\r\n", "");
    List<HttpSocket> slow =
        Stream.generate(() -> connect().send(head)).limit(SLOW).toList();
    long start = System.nanoTime();
    ExampleHost.await(this::isAnswering, () -> "no request is answered");
    note("stopped by slow clients, ms", (System.nanoTime() - start) / 1_000_000);
    slow.forEach(HttpSocket::close);
  }

  private boolean isAnswering() {
    try (HttpSocket client = connect()) {
      client.send(get(ALICES_TOKEN, V1 + "/events?timeout=0"));
      return client.readIfAny().map(Answer::status).equals(Optional.of(200));
    }
  }
}
