package io.github.matrixsync.store.tck.lookup;

import static io.github.matrixsync.store.tck.support.Events.OTHER_ROOM;
import static io.github.matrixsync.store.tck.support.Events.ROOM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.matrixsync.event.RoomAlias;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.store.SettableRoomDirectory;
import io.github.matrixsync.store.tck.support.Threads;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The contract of a {@link SettableRoomDirectory}: all of {@link RoomDirectoryTck}, and the changes that setting makes.
 *
 * @param <S> the directory's type
 * @since 0.1.0
 */
public abstract class SettableRoomDirectoryTck<S extends SettableRoomDirectory>
    extends RoomDirectoryTck<S> {
  private static final RoomAlias ALIAS = RoomAlias.parse("#alias:tck.example");

  /** For subclasses. */
  protected SettableRoomDirectoryTck() {}

  @Override
  protected final void setPublished(RoomId room, boolean isPublished) {
    tested().setPublished(room, isPublished);
  }

  @Override
  protected final void setAliases(RoomId room, Set<RoomAlias> aliases) {
    tested().setAliases(room, aliases);
  }

  @Override
  final SettableRoomDirectory tested() {
    return recorded(SettableRoomDirectory.class);
  }

  @Test
  void n1_published_all_areThoseInTheList() {
    assertThat(tested().published()).isEmpty();
    tested().setPublished(ROOM, true);
    tested().setPublished(ROOM, true);
    tested().setPublished(OTHER_ROOM, true);
    assertThat(tested().published()).containsExactlyInAnyOrder(ROOM, OTHER_ROOM);
    tested().setPublished(ROOM, false);
    tested().setPublished(ROOM, false);
    assertThat(tested().published()).containsExactly(OTHER_ROOM);
  }

  @Test
  void n1_addAlias_free_isTheRooms() {
    assertThat(tested().resolve(ALIAS)).isEmpty();

    assertThat(tested().addAlias(ROOM, ALIAS)).as("whether it is the room's").isTrue();
    assertThat(tested().addAlias(ROOM, ALIAS)).as("whether it is still").isTrue();
    assertThat(tested().resolve(ALIAS)).contains(ROOM);
    assertThat(tested().aliases(List.of(ROOM))).containsEntry(ROOM, Set.of(ALIAS));
  }

  @Test
  void n1_addAlias_ofAnotherRoom_staysThere() {
    tested().addAlias(ROOM, ALIAS);

    assertThat(tested().addAlias(OTHER_ROOM, ALIAS)).as("whether it went").isFalse();
    assertThat(tested().resolve(ALIAS)).contains(ROOM);
    assertThat(tested().aliases(List.of(OTHER_ROOM)).getOrDefault(OTHER_ROOM, Set.of()))
        .isEmpty();
  }

  @Test
  void n1_addAlias_forTwoRoomsAtOnce_goesToOne() {
    for (int i = 0; i < 20; i++) {
      RoomAlias alias = RoomAlias.parse("#alias" + i + ":tck.example");
      List<Boolean> got = Threads.all(
          List.of(() -> store().addAlias(ROOM, alias), () -> store().addAlias(OTHER_ROOM, alias)));

      assertThat(got).as("who got %s", alias).containsExactlyInAnyOrder(true, false);
      assertThat(tested().resolve(alias)).contains(got.get(0) ? ROOM : OTHER_ROOM);
    }
  }

  @Test
  void n1_removeAlias_knownOrNot_namesNothing() {
    tested().addAlias(ROOM, ALIAS);
    tested().removeAlias(ALIAS);
    tested().removeAlias(ALIAS);

    assertThat(tested().resolve(ALIAS)).isEmpty();
    assertThat(tested().aliases(List.of(ROOM)).getOrDefault(ROOM, Set.of())).isEmpty();
    assertThat(tested().addAlias(OTHER_ROOM, ALIAS)).as("whether it is free").isTrue();
  }

  @Test
  void n1_setAliases_ofAnotherRoom_areMoved() {
    tested().addAlias(ROOM, ALIAS);
    tested().setAliases(OTHER_ROOM, Set.of(ALIAS));

    assertThat(tested().resolve(ALIAS)).contains(OTHER_ROOM);
    assertThat(tested().aliases(List.of(ROOM)).getOrDefault(ROOM, Set.of())).isEmpty();
    assertThat(tested().aliases(List.of(OTHER_ROOM))).containsEntry(OTHER_ROOM, Set.of(ALIAS));
  }

  @Test
  void r1_publishedOfAll_laterChange_leavesItAsItWas() {
    tested().setPublished(ROOM, true);
    Set<RoomId> all = tested().published();

    tested().setPublished(OTHER_ROOM, true);

    assertThat(all).containsExactly(ROOM);
    assertThatThrownBy(all::clear).isInstanceOf(UnsupportedOperationException.class);
  }
}
