package io.github.matrixsync.examples.bridge;

import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.testkit.MatrixWorld;
import io.github.matrixsync.testkit.TestRoom;
import io.github.matrixsync.testkit.TestUser;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Predicate;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Two rooms, bridged to two channels, with a person in each. A configuration parameter of JUnit selects the flaw of the
 * bridge.
 */
final class BridgeFixture implements BeforeEachCallback, AfterEachCallback {
  static final String FLAW = "bridge.flaw";

  MatrixWorld world;
  FakeNetwork network;
  TestUser alice;
  TestUser bob;
  TestUser bot;
  TestRoom lounge;
  TestRoom office;
  private Bridge bridge;

  @Override
  public void beforeEach(ExtensionContext context) {
    Flaw flaw = context.getConfigurationParameter(FLAW).map(Flaw::valueOf).orElse(Flaw.NONE);
    world = MatrixWorld.builder().test(context.getDisplayName()).build();
    ScheduledExecutorService timer = world.time().asScheduledExecutor();
    network = new FakeNetwork(timer);
    alice = world.user("alice");
    bob = world.user("bob");
    bot = world.user("ircbot");
    lounge = alice.creates("lounge").with(bob, bot);
    office = bob.creates("office").with(bot);
    Predicate<UserId> ours = user -> user.equals(bot.id()) || user.value().startsWith("@irc_");
    var around = new Bridge.Surroundings(
        world::engine,
        flaw.homeserver(new WorldHomeserver(world)),
        flaw.network(network),
        flaw.timer(timer));
    Map<RoomId, String> channels = Map.of(lounge.id(), "#lounge", office.id(), "#office");
    bridge = new Bridge(around, bot.id(), flaw.ours(ours), channels);
    bridge.start();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    bridge.close();
    world.close();
  }
}
