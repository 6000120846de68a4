package io.github.matrixsync.store.tck.lookup;

import static io.github.matrixsync.store.tck.support.Events.OTHER_ROOM;
import static io.github.matrixsync.store.tck.support.Events.ROOM;
import static io.github.matrixsync.store.tck.support.Events.UNKNOWN_ROOM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.matrixsync.event.RoomAlias;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.store.RoomDirectory;
import io.github.matrixsync.store.tck.StoreTck;
import io.github.matrixsync.store.tck.support.StoreReads;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The contract of a {@link RoomDirectory}: the rules N1 and R1 of the package {@code io.github.matrixsync.store}.
 *
 * @param <S> the directory's type
 * @since 0.1.0
 */
public abstract class RoomDirectoryTck<S extends RoomDirectory> extends StoreTck<S> {
  private static final RoomAlias ONE = RoomAlias.parse("#one:tck.example");
  private static final RoomAlias TWO = RoomAlias.parse("#two:tck.example");

  /** For subclasses. */
  protected RoomDirectoryTck() {}

  /** Returns a new, empty directory. Called before every test. */
  @Override
  protected abstract S open();

  /** Adds a room to the public room list of {@link #store()}, or removes it. */
  protected abstract void setPublished(RoomId room, boolean isPublished);

  /** Sets the aliases of a room of {@link #store()}, replacing those before. */
  protected abstract void setAliases(RoomId room, Set<RoomAlias> aliases);

  @Test
  void n1_published_inAndOut_isAsOfNow() {
    assertThat(tested().published(List.of(ROOM))).isEmpty();
    setPublished(ROOM, true);
    assertThat(tested().published(List.of(ROOM))).containsExactly(ROOM);
    setPublished(ROOM, false);
    assertThat(tested().published(List.of(ROOM))).isEmpty();
  }

  @Test
  void n1_published_roomsAskedFor_andNoOthers() {
    setPublished(ROOM, true);
    setPublished(OTHER_ROOM, true);

    assertThat(tested().published(List.of(ROOM, UNKNOWN_ROOM, ROOM))).containsExactly(ROOM);
    assertThat(tested().published(List.of())).isEmpty();
  }

  @Test
  void n1_aliases_changed_areAsOfNow() {
    setAliases(ROOM, Set.of(ONE));
    assertThat(aliases(ROOM)).containsExactly(ONE);
    setAliases(ROOM, Set.of(ONE, TWO));
    assertThat(aliases(ROOM)).containsExactlyInAnyOrder(ONE, TWO);
    setAliases(ROOM, Set.of());
    assertThat(aliases(ROOM)).isEmpty();
  }

  @Test
  void n1_aliases_roomsAskedFor_andNoOthers() {
    setAliases(ROOM, Set.of(ONE));
    setAliases(OTHER_ROOM, Set.of(TWO));

    assertThat(tested().aliases(List.of(ROOM, UNKNOWN_ROOM)))
        .containsEntry(ROOM, Set.of(ONE))
        .doesNotContainKey(OTHER_ROOM);
    assertThat(aliases(UNKNOWN_ROOM)).isEmpty();
  }

  @Test
  void r1_results_laterChanges_leaveThemAsTheyWere() {
    setPublished(ROOM, true);
    setAliases(ROOM, Set.of(ONE));
    Set<RoomId> published = tested().published(List.of(ROOM));
    Map<RoomId, Set<RoomAlias>> aliases = tested().aliases(List.of(ROOM));
    Set<RoomAlias> ofRoom = StoreReads.require(aliases.get(ROOM), ROOM);

    setPublished(ROOM, false);
    setAliases(ROOM, Set.of());

    assertThat(published).containsExactly(ROOM);
    assertThat(ofRoom).containsExactly(ONE);
    assertThatThrownBy(published::clear).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(aliases::clear).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(ofRoom::clear).isInstanceOf(UnsupportedOperationException.class);
  }

  RoomDirectory tested() {
    return recorded(RoomDirectory.class);
  }

  private Set<RoomAlias> aliases(RoomId room) {
    return tested().aliases(List.of(room)).getOrDefault(room, Set.of());
  }
}
