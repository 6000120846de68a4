package org.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.example.Outcome.ARRIVES;
import static org.example.Outcome.ARRIVES_UNNOTICED;
import static org.example.Outcome.AUTHOR_LOST;
import static org.example.Outcome.LOST;
import static org.example.Outcome.LOST_UNNOTICED;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A bridge on the {@code Appservice} of matrix-bot-sdk. */
class BotSdkAppserviceTest extends ServiceTest {
  BotSdkAppserviceTest() {
    super("bot-sdk-appservice.js");
  }

  @Override
  List<Outcome> outcomes(Fault fault) {
    return switch (fault) {
      case ANSWERS_503, LIMITS, HANGS_UP -> List.of(LOST, ARRIVES, LOST, ARRIVES);
      case HANGS_UP_AFTER_DOING, CUTS_THE_BODY -> List.of(LOST, LOST, ARRIVES_UNNOTICED, ARRIVES);
      case ANSWERS_NONSENSE -> List.of(AUTHOR_LOST, LOST, LOST_UNNOTICED, ARRIVES);
    };
  }

  @Test
  void start_ofTheBridge_registersItsBot() {
    start();

    assertThat(paths()).startsWith("POST register");
  }
}
