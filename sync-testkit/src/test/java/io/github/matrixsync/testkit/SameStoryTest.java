package io.github.matrixsync.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.HistoryVisibility;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.store.ephemeral.PresenceState;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The same test has the same story, byte for byte, on every JDK and in every run: that of a stored file. */
class SameStoryTest {
  @Test
  void story_ofARelay_isThatOfTheFile() throws IOException {
    String first = story();

    assertThat(first).isEqualTo(story());
    assertThat(first).isEqualTo(stored());
  }

  private static String stored() throws IOException {
    try (InputStream file = SameStoryTest.class.getResourceAsStream("relay-story.txt")) {
      return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Lets a relay of two rooms live through everything that a story tells of. */
  private static String story() {
    try (MatrixWorld world = MatrixWorld.create()) {
      TestUser alice = world.user("alice");
      TestUser bob = world.user("bob");
      TestUser bot = world.user("relay");
      TestRoom here = alice.creates("here").with(bot);
      TestRoom there = bob.creates("there").with(bot);
      Map<RoomId, RoomId> pairs = Map.of(here.id(), there.id(), there.id(), here.id());
      try (Relay relay = new Relay(world.engine(), bot.id(), pairs, bot::says)) {
        relay.start();
        EventId hi = alice.says(here, "hi – Grüße 😀");
        world.time().advance(Duration.ofMinutes(5));
        bob.types(there, Duration.ofSeconds(10));
        bob.says(there, "hello");
        alice.reads(hi);
        alice.reacts(hi, "👍");
        alice.edits(hi, "hi there");
        alice.redacts(hi);
        alice.shows(PresenceState.ONLINE);
        here.history(HistoryVisibility.JOINED);
        world.time().advance(Duration.ofHours(1));
      }
      bob.named("Bob");
      alice.invites(here, bob);
      bob.joins(here);
      world.losesTheNextSignal();
      alice.says(here, "late");
      world.time().advance(Duration.ofHours(1));
      alice.kicks(here, bob);
      world.restarts();
      world.restarts(Restart.FORGETTING);
      world.purges(here);
      return world.story();
    }
  }
}
