package io.github.matrixsync.internal.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.world.World;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WakeUpTargetsTest {
  private final WakeUpTargets targets = new WakeUpTargets();

  static List<Consumer<WakeUpTargets>> anybody() {
    return List.of(
        targets -> targets.addRoom(World.room("r")),
        targets -> targets.addRooms(List.of(World.room("r"))),
        targets -> targets.addPeeks(World.room("r")),
        targets -> targets.addUser(World.user("a")),
        WakeUpTargets::addEveryone);
  }

  @ParameterizedTest
  @MethodSource("anybody")
  void isEmpty_anybodyAdded_isNot(Consumer<WakeUpTargets> add) {
    add.accept(targets);

    assertThat(targets.isEmpty()).isFalse();
  }

  @Test
  void isEmpty_onlyTheKindOfChange_isStillSo() {
    targets.setPresenceOnly();

    assertThat(targets.isEmpty()).isTrue();
  }

  @Test
  void isPresenceOnly_set_isSo() {
    assertThat(targets.isPresenceOnly()).isFalse();
    targets.setPresenceOnly();

    assertThat(targets.isPresenceOnly()).isTrue();
  }
}
