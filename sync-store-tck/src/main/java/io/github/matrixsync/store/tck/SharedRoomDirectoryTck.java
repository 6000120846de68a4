package io.github.matrixsync.store.tck;

import static io.github.matrixsync.store.tck.support.Events.OTHER_ROOM;
import static io.github.matrixsync.store.tck.support.Events.ROOM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.event.RoomAlias;
import io.github.matrixsync.store.SettableRoomDirectory;
import io.github.matrixsync.store.tck.support.Threads;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * A room directory that several instances set over one storage: the rule N1 between them. Implement {@link #open} and
 * {@link #another}; the example is at {@link SharedStoreTck}.
 *
 * @param <S> the directory's type
 * @since 0.1.0
 */
public abstract class SharedRoomDirectoryTck<S extends SettableRoomDirectory>
    extends SharedStoreTck<S> {
  private static final RoomAlias ALIAS = RoomAlias.parse("#alias:tck.example");

  /** Begins the tests of a directory. */
  protected SharedRoomDirectoryTck() {}

  @Test
  void n1_everyRead_theOtherSetUnheard_isAsOfNow() {
    S unheard = withoutSignals();
    assertThat(unheard.published()).isEmpty();
    assertThat(unheard.resolve(ALIAS)).isEmpty();
    store().setPublished(ROOM, true);
    store().addAlias(ROOM, ALIAS);
    assertThat(unheard.published()).containsExactly(ROOM);
    assertThat(unheard.published(List.of(ROOM, OTHER_ROOM))).containsExactly(ROOM);
    assertThat(unheard.resolve(ALIAS)).contains(ROOM);
    assertThat(unheard.aliases(List.of(ROOM))).containsEntry(ROOM, Set.of(ALIAS));

    unheard.removeAlias(ALIAS);
    unheard.setPublished(ROOM, false);
    assertThat(store().published()).isEmpty();
    assertThat(store().resolve(ALIAS)).isEmpty();
  }

  @Test
  void n1_addAlias_theOtherTookItUnheard_staysThere() {
    assertThat(withoutSignals().resolve(ALIAS)).isEmpty();
    store().addAlias(ROOM, ALIAS);

    assertThat(withoutSignals().addAlias(OTHER_ROOM, ALIAS))
        .as("whether it went")
        .isFalse();
    assertThat(withoutSignals().resolve(ALIAS)).contains(ROOM);
  }

  @Test
  void n1_addAlias_byBothAtOnce_goesToOneRoom() {
    S unheard = withoutSignals();
    for (int i = 0; i < 20; i++) {
      RoomAlias alias = RoomAlias.parse("#alias" + i + ":tck.example");
      List<Boolean> got = Threads.all(
          List.of(() -> store().addAlias(ROOM, alias), () -> unheard.addAlias(OTHER_ROOM, alias)));

      assertThat(got).as("who got %s", alias).containsExactlyInAnyOrder(true, false);
      assertThat(unheard.resolve(alias)).isEqualTo(store().resolve(alias));
      assertThat(store().resolve(alias)).contains(got.get(0) ? ROOM : OTHER_ROOM);
    }
  }
}
