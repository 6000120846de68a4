package io.github.matrixsync.store.tck.lookup;

import static io.github.matrixsync.store.tck.support.Events.OTHER_ROOM;
import static io.github.matrixsync.store.tck.support.Events.ROOM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.event.RoomAlias;
import io.github.matrixsync.store.SettableRoomDirectory;
import io.github.matrixsync.store.tck.SharedStoreTck;
import io.github.matrixsync.store.tck.support.Threads;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The contract of a room directory of which several instances write one storage: the rule N1 between them. Implement
 * {@link #open} and {@link #another}; the example is at {@link SharedStoreTck}.
 *
 * @param <S> the directory's type
 * @since 0.1.0
 */
public abstract class SharedRoomDirectoryTck<S extends SettableRoomDirectory>
    extends SharedStoreTck<S> {
  private static final RoomAlias ALIAS = RoomAlias.parse("#alias:tck.example");

  /** For subclasses. */
  protected SharedRoomDirectoryTck() {}

  @Test
  void n1_everyRead_theOtherSetWithoutASignal_isAsOfNow() {
    S unsignaled = withoutSignals();
    assertThat(unsignaled.published()).isEmpty();
    assertThat(unsignaled.resolve(ALIAS)).isEmpty();
    store().setPublished(ROOM, true);
    store().addAlias(ROOM, ALIAS);
    assertThat(unsignaled.published()).containsExactly(ROOM);
    assertThat(unsignaled.published(List.of(ROOM, OTHER_ROOM))).containsExactly(ROOM);
    assertThat(unsignaled.resolve(ALIAS)).contains(ROOM);
    assertThat(unsignaled.aliases(List.of(ROOM))).containsEntry(ROOM, Set.of(ALIAS));

    unsignaled.removeAlias(ALIAS);
    unsignaled.setPublished(ROOM, false);
    assertThat(store().published()).isEmpty();
    assertThat(store().resolve(ALIAS)).isEmpty();
  }

  @Test
  void n1_addAlias_theOtherTookItWithoutASignal_staysThere() {
    assertThat(withoutSignals().resolve(ALIAS)).isEmpty();
    store().addAlias(ROOM, ALIAS);

    assertThat(withoutSignals().addAlias(OTHER_ROOM, ALIAS))
        .as("whether it went")
        .isFalse();
    assertThat(withoutSignals().resolve(ALIAS)).contains(ROOM);
  }

  @Test
  void n1_addAlias_byBothAtOnce_goesToOneRoom() {
    S unsignaled = withoutSignals();
    for (int i = 0; i < 20; i++) {
      RoomAlias alias = RoomAlias.parse("#alias" + i + ":tck.example");
      List<Boolean> got = Threads.all(List.of(
          () -> store().addAlias(ROOM, alias), () -> unsignaled.addAlias(OTHER_ROOM, alias)));

      assertThat(got).as("who got %s", alias).containsExactlyInAnyOrder(true, false);
      assertThat(unsignaled.resolve(alias)).isEqualTo(store().resolve(alias));
      assertThat(store().resolve(alias)).contains(got.get(0) ? ROOM : OTHER_ROOM);
    }
  }
}
