package io.github.matrixsync.internal.follow;

import static io.github.matrixsync.world.Host.ALICE;
import static io.github.matrixsync.world.Host.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.event.DeviceId;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.concurrent.EngineThreads;
import io.github.matrixsync.store.device.ToDeviceMessage;
import io.github.matrixsync.store.memory.MemoryToDeviceInbox;
import io.github.matrixsync.world.ManualScheduler;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ToDeviceFollowerTest {
  private static final DeviceId PHONE = DeviceId.parse("PHONE");

  private final List<UserId> woken = new ArrayList<>();
  private final EngineThreads threads = new EngineThreads(Runnable::run, new ManualScheduler());
  private final MemoryToDeviceInbox inbox = MemoryToDeviceInbox.create();
  private ToDeviceFollower follower = follower();

  private ToDeviceFollower follower() {
    return new ToDeviceFollower(
        inbox, new FollowerContext(threads, targets -> woken.addAll(targets.users())));
  }

  @BeforeEach
  void start() {
    follower.start();
  }

  @AfterEach
  void close() {
    follower.close();
    threads.close();
  }

  private void send(UserId user, DeviceId device) {
    inbox.send(List.of(new ToDeviceMessage(0, user, device, BOB, "m.test", RawJson.of("{}"))));
  }

  @Test
  void message_toADevice_wakesItsUserOnceItIsFollowed() {
    assertThat(follower.mayHaveMessages(ALICE, PHONE, 0)).isFalse();

    send(ALICE, PHONE);

    assertThat(woken).containsExactly(ALICE);
    assertThat(follower.published()).isEqualTo(1);
    assertThat(follower.mayHaveMessages(ALICE, PHONE, 0)).isTrue();
    assertThat(follower.mayHaveMessages(ALICE, PHONE, 1)).isFalse();
    assertThat(follower.mayHaveMessages(BOB, PHONE, 0)).isFalse();
  }

  @Test
  void start_anewOverOldMessages_devicesMayHaveThem() {
    send(ALICE, PHONE);
    follower.close();
    follower = follower();
    follower.start();

    assertThat(follower.mayHaveMessages(ALICE, PHONE, 0)).isTrue();
    assertThat(follower.mayHaveMessages(ALICE, PHONE, 1)).isFalse();
  }

  @Test
  void devices_moreThanAreRemembered_mayHaveMessages() {
    send(ALICE, PHONE);
    for (int i = 0; i < ToDeviceFollower.MAX_DEVICES; i++) {
      send(BOB, DeviceId.parse("D" + i));
    }
    long end = inbox.watermark();

    assertThat(follower.mayHaveMessages(ALICE, PHONE, end - 2)).isTrue();
    assertThat(follower.mayHaveMessages(ALICE, PHONE, end)).isFalse();
  }

  @Test
  void close_isNotToldAnyMore() {
    follower.close();

    send(ALICE, PHONE);

    assertThat(woken).isEmpty();
  }
}
