package io.github.matrixsync.examples.adapters.contract;

import static io.github.matrixsync.examples.adapters.contract.ExampleHost.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.examples.adapters.contract.HttpSocket.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The tests that every adapter passes, through sockets. Those of this class are about its length and bad input. The test class of a server extends it, and with it the others.
 */
public abstract class AdapterContract extends PollContract {
  private static final int MOST_LINES = 80;

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
}
