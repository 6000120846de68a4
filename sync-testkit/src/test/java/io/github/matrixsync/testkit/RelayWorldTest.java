package io.github.matrixsync.testkit;

import static io.github.matrixsync.testkit.MatrixAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A relay in a world: when an action returns, the relay has reacted, and time moves when the test moves it. */
class RelayWorldTest {
  @Test
  void says_withARelay_isRepeatedWhenItReturns() {
    try (MatrixWorld world = MatrixWorld.create()) {
      TestUser alice = world.user("alice");
      TestUser bot = world.user("relay");
      TestRoom here = alice.creates("here").with(bot);
      TestRoom there = bot.creates("there").with(alice);
      try (Relay relay =
          new Relay(world.engine(), bot.id(), Map.of(here.id(), there.id()), bot::says)) {
        relay.start();
        alice.says(here, "hi");

        assertThat(alice).inRoom(there).sawMessages("@alice:test: hi");
        assertThat(bot).isListening();
      }
    }
  }

  @Test
  void advance_pollsOf30Seconds_endAndBeginAgain() {
    try (MatrixWorld world = MatrixWorld.create()) {
      TestUser bot = world.user("relay");
      try (Relay relay = new Relay(world.engine(), bot.id(), Map.of(), bot::says)) {
        relay.start();
        world.time().advance(Duration.ofMinutes(5));
      }

      assertThat(world.story()).contains("2026-01-01T00:04:30Z\n    @relay:test polls\n");
      assertThat(world.story().split("polls", -1)).hasSize(12);
    }
  }

  @Test
  void story_ofTheSameTest_isTheSame() {
    assertThat(story()).isEqualTo(story());
  }

  private static String story() {
    try (MatrixWorld world = MatrixWorld.create()) {
      TestUser alice = world.user("alice");
      TestUser bot = world.user("relay");
      TestRoom here = alice.creates("here").with(bot);
      TestRoom there = bot.creates("there").with(alice);
      try (Relay relay =
          new Relay(world.engine(), bot.id(), Map.of(here.id(), there.id()), bot::says)) {
        relay.start();
        alice.says(here, "hi");
      }
      return world.story();
    }
  }
}
