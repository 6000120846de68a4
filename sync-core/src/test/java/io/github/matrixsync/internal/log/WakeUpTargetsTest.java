package io.github.matrixsync.internal.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.world.World;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WakeUpTargetsTest {
  private final WakeUpTargets concerned = new WakeUpTargets();

  static List<Consumer<WakeUpTargets>> anybody() {
    return List.of(
        concerned -> concerned.addRoom(World.room("r")),
        concerned -> concerned.addRooms(List.of(World.room("r"))),
        concerned -> concerned.addPeeks(World.room("r")),
        concerned -> concerned.addOutsiders(World.room("r")),
        concerned -> concerned.addUser(World.user("a")),
        WakeUpTargets::addEveryone);
  }

  @ParameterizedTest
  @MethodSource("anybody")
  void isNobody_anybodyAdded_isNot(Consumer<WakeUpTargets> add) {
    add.accept(concerned);

    assertThat(concerned.isNobody()).isFalse();
  }

  @Test
  void isNobody_onlyWhatCame_isStillSo() {
    concerned.setPresenceAlone();

    assertThat(concerned.isNobody()).isTrue();
  }

  @Test
  void addOutsiders_ofARoom_areItsPeeksAndServicesAndNobodyInIt() {
    concerned.addOutsiders(World.room("r"));

    assertThat(concerned.peeks()).containsExactly(World.room("r"));
    assertThat(concerned.mayBeServices()).isTrue();
    assertThat(concerned.rooms()).isEmpty();
  }

  @Test
  void isPresenceAlone_said_isSo() {
    assertThat(concerned.isPresenceAlone()).isFalse();
    concerned.setPresenceAlone();

    assertThat(concerned.isPresenceAlone()).isTrue();
  }
}
