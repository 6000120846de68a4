package io.github.matrixsync.examples.bridge;

import static io.github.matrixsync.testkit.MatrixAssertions.assertThat;

import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.testkit.TestUser;
import java.util.Map;
import java.util.function.Predicate;

/** The bridge in the process of the server: it has reacted when a call returns. */
final class InProcess extends BridgeFixture {
  private TestUser bot;
  private MatrixListener listener;

  @Override
  TestUser createBot() {
    bot = world.user("ircbot");
    return bot;
  }

  @Override
  void startBridge(Flaw flaw, Predicate<UserId> ours, Map<RoomId, String> channels) {
    network = new FakeNetwork(world.time().asScheduledExecutor(), this::settle);
    Delays delays = flaw.delays(delays());
    Bridge bridge = new Bridge(
        flaw.homeserver(new WorldHomeserver(world)), flaw.network(network), delays, ours, channels);
    listener = new MatrixListener(world::engine, bot.id(), delays, bridge::onMatrix);
    bridge.start();
    listener.start();
  }

  @Override
  void stopBridge() {
    listener.close();
  }

  @Override
  void settle() {}

  @Override
  void assertThatBridgeListens() {
    assertThat(bot).isListening();
  }
}
