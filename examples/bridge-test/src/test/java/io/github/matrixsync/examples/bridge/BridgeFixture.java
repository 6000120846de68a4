package io.github.matrixsync.examples.bridge;

import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.testkit.MatrixWorld;
import io.github.matrixsync.testkit.TestRoom;
import io.github.matrixsync.testkit.TestUser;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Two rooms, bridged to two channels, with a person in each. A configuration parameter of JUnit selects the flaw of the
 * bridge.
 */
abstract class BridgeFixture implements BeforeEachCallback, AfterEachCallback {
  static final String FLAW = "bridge.flaw";

  MatrixWorld world;
  FakeNetwork network;
  TestUser alice;
  TestUser bob;
  TestRoom lounge;
  TestRoom office;

  @Override
  public final void beforeEach(ExtensionContext context) throws Exception {
    Flaw flaw = context.getConfigurationParameter(FLAW).map(Flaw::valueOf).orElse(Flaw.NONE);
    world = MatrixWorld.builder().test(context.getDisplayName()).build();
    alice = world.user("alice");
    bob = world.user("bob");
    TestUser bot = createBot();
    lounge = alice.creates("lounge").with(bob, bot);
    office = bob.creates("office").with(bot);
    Predicate<UserId> ours = user -> user.equals(bot.id()) || user.value().startsWith("@irc_");
    startBridge(flaw, flaw.ours(ours), Map.of(lounge.id(), "#lounge", office.id(), "#office"));
  }

  @Override
  public final void afterEach(ExtensionContext context) {
    stopBridge();
    world.close();
  }

  /** Returns the user as whom the bridge listens, in no room yet. */
  abstract TestUser createBot() throws Exception;

  /** Sets {@link #network}, and starts a bridge between it and the rooms. */
  abstract void startBridge(Flaw flaw, Predicate<UserId> ours, Map<RoomId, String> channels)
      throws Exception;

  abstract void stopBridge();

  /** Waits until the bridge has done all that was caused so far. */
  abstract void settle();

  /** Asserts that the bridge still gets events. */
  abstract void assertThatBridgeListens();

  /** Lets time pass. */
  final void advance(Duration by) {
    settle();
    world.time().advance(by);
  }

  /** Returns delays in the time of the world. */
  final Delays delays() {
    ScheduledExecutorService timer = world.time().asScheduledExecutor();
    return (task, delay) -> {
      var unused = timer.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    };
  }
}
