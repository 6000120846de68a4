package io.github.matrixsync.store.memory;

import static io.github.matrixsync.store.memory.Sample.OTHER_ROOM;
import static io.github.matrixsync.store.memory.Sample.ROOM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.event.RoomAlias;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MemoryRoomDirectoryTest {
  private static final RoomAlias ONE = RoomAlias.parse("#one:example.org");
  private static final RoomAlias TWO = RoomAlias.parse("#two:example.org");

  private final MemoryRoomDirectory directory = MemoryRoomDirectory.create();

  @Test
  void setPublished_inAndOut_listFollows() {
    directory.setPublished(OTHER_ROOM, true);
    directory.setPublished(ROOM, true);
    directory.setPublished(ROOM, true);
    assertThat(directory.published()).containsExactlyInAnyOrder(OTHER_ROOM, ROOM);
    assertThat(directory.published(List.of(ROOM))).containsExactly(ROOM);

    directory.setPublished(ROOM, false);

    assertThat(directory.published(List.of(ROOM, ROOM))).isEmpty();
    assertThat(directory.published()).containsExactly(OTHER_ROOM);
  }

  @Test
  void addAlias_ofAnotherRoom_isRefused() {
    assertThat(directory.addAlias(ROOM, ONE)).isTrue();
    assertThat(directory.addAlias(ROOM, TWO)).isTrue();
    assertThat(directory.addAlias(ROOM, ONE)).isTrue();
    assertThat(directory.addAlias(OTHER_ROOM, ONE)).isFalse();

    assertThat(directory.resolve(ONE)).contains(ROOM);
    assertThat(directory.aliases(List.of(ROOM, OTHER_ROOM)))
        .isEqualTo(Map.of(ROOM, Set.of(ONE, TWO), OTHER_ROOM, Set.of()));
  }

  @Test
  void setAliases_ofAnotherRoom_movesThem() {
    directory.setAliases(ROOM, Set.of(ONE, TWO));
    directory.setAliases(OTHER_ROOM, Set.of(ONE));

    assertThat(directory.resolve(ONE)).contains(OTHER_ROOM);
    assertThat(directory.aliases(List.of(ROOM, OTHER_ROOM)))
        .isEqualTo(Map.of(ROOM, Set.of(TWO), OTHER_ROOM, Set.of(ONE)));
  }

  @Test
  void setAliases_otherSet_replacesTheOld() {
    directory.setAliases(ROOM, Set.of(ONE));
    directory.setAliases(ROOM, Set.of(TWO));

    assertThat(directory.resolve(ONE)).isEmpty();
    assertThat(directory.resolve(TWO)).contains(ROOM);
  }

  @Test
  void removeAlias_knownOrNot_namesNothing() {
    directory.setAliases(ROOM, Set.of(ONE));
    directory.removeAlias(ONE);
    directory.removeAlias(TWO);

    assertThat(directory.resolve(ONE)).isEmpty();
    assertThat(directory.aliases(List.of(ROOM)).getOrDefault(ROOM, Set.of())).isEmpty();
  }
}
