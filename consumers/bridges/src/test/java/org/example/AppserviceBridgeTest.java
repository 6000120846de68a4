package org.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.example.Outcome.ARRIVES;
import static org.example.Outcome.AUTHOR_LOST;
import static org.example.Outcome.DOUBLED;
import static org.example.Outcome.LOST;
import static org.example.Outcome.LOST_UNNOTICED;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A bridge on the {@code Bridge} of matrix-appservice-bridge. */
class AppserviceBridgeTest extends ServiceTest {
  AppserviceBridgeTest() {
    super("appservice-bridge.js");
  }

  @Override
  List<Outcome> outcomes(Fault fault) {
    return switch (fault) {
      case ANSWERS_503, LIMITS -> List.of(LOST, ARRIVES, LOST, ARRIVES);
      case HANGS_UP -> List.of(LOST, ARRIVES, ARRIVES, ARRIVES);
      case HANGS_UP_AFTER_DOING, CUTS_THE_BODY -> List.of(LOST, LOST, DOUBLED, ARRIVES);
      case ANSWERS_NONSENSE -> List.of(AUTHOR_LOST, ARRIVES, LOST_UNNOTICED, ARRIVES);
    };
  }

  @Test
  void start_ofTheBridge_asksForNothing() {
    start();

    assertThat(paths()).isEmpty();
  }
}
