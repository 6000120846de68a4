package io.github.matrixsync.examples.bridge;

import static io.github.matrixsync.testkit.MatrixAssertions.assertThat;

import io.github.matrixsync.testkit.MatrixWorld;
import io.github.matrixsync.testkit.TestRoom;
import io.github.matrixsync.testkit.TestUser;
import io.github.matrixsync.testkit.junit.MatrixTest;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

@MatrixTest
class RelayTest {
  @Test
  void message_ofAPerson_isSaidInTheOtherRoomOnce(MatrixWorld world) {
    TestUser alice = world.user("alice");
    TestUser bob = world.user("bob");
    TestUser bot = world.user("relay");
    TestRoom here = alice.creates("here").with(bot);
    TestRoom there = bob.creates("there").with(bot);
    var pairs = Map.of(here.id(), there.id(), there.id(), here.id());

    try (Relay relay = new Relay(world.engine(), bot.id(), pairs, bot::says)) {
      relay.start();
      alice.says(here, "hi");
      world.time().advance(Duration.ofMinutes(5));
      bob.says(there, "hello");
    }

    assertThat(bob).inRoom(there).sawMessages("@alice:test: hi", "hello");
    assertThat(alice).inRoom(here).sawMessages("hi", "@bob:test: hello");
  }
}
