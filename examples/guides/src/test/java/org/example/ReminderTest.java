package org.example;

import static io.github.matrixsync.testkit.MatrixAssertions.assertThat;

import io.github.matrixsync.testkit.MatrixWorld;
import io.github.matrixsync.testkit.TestRoom;
import io.github.matrixsync.testkit.TestUser;
import io.github.matrixsync.testkit.junit.MatrixTest;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

@MatrixTest
class ReminderTest {
  @Test
  void reminder_isSaidAfterAnHour(MatrixWorld world) {
    TestUser bot = world.user("bot");
    TestRoom lounge = bot.creates("lounge");
    ScheduledExecutorService timer = world.time().asScheduledExecutor();
    timer.schedule(() -> bot.says(lounge, "tea is ready"), 1, TimeUnit.HOURS);

    world.time().advance(Duration.ofMinutes(59));
    assertThat(bot).inRoom(lounge).sawMessages();

    world.time().advance(Duration.ofMinutes(1));
    assertThat(bot).inRoom(lounge).sawMessages("tea is ready");
  }
}
