package io.github.matrixsync.internal.membership;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.longpoll.Subscriber;
import io.github.matrixsync.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReaderRegistryTest {
  private static final UserId ALICE = World.user("a");

  private final ReaderRegistry readers = new ReaderRegistry(2, Subscriber::new);
  private final List<Reader> removed = new ArrayList<>();

  @Test
  void acquire_heldOrIdle_isTheSame() {
    Reader first = readers.acquire(ALICE);
    assertThat(readers.acquire(ALICE)).isSameAs(first);
    readers.release(first);
    readers.release(first);

    assertThat(readers.acquire(ALICE)).isSameAs(first);
  }

  @Test
  void remove_held_stays() {
    Reader held = readers.acquire(ALICE);

    assertThat(readers.remove(held)).isFalse();
    assertThat(readers.get(ALICE)).isSameAs(held);
  }

  @Test
  void remove_idle_goesOnceAndTheNextIsAnother() {
    Reader idle = idle("a");

    assertThat(readers.remove(idle)).isTrue();
    assertThat(readers.remove(idle)).isFalse();
    assertThat(idle.isLoaded()).isFalse();
    assertThat(readers.acquire(ALICE)).isNotSameAs(idle);
  }

  @Test
  void removeIdle_notTooMany_removesNone() {
    idle("a");
    idle("b");

    assertThat(readers.hasTooManyIdle()).isFalse();
    readers.removeIdle(removed::add);

    assertThat(removed).isEmpty();
  }

  @Test
  void removeIdle_usedSinceTheLastRound_isSparedOnce() {
    List<Reader> idle = IntStream.range(0, 4).mapToObj(i -> idle("u" + i)).toList();

    readers.removeIdle(removed::add);
    assertThat(removed).isEmpty();
    readers.removeIdle(removed::add);

    assertThat(removed).hasSize(2).isSubsetOf(idle);
    assertThat(readers.all()).hasSize(2).doesNotContainAnyElementsOf(removed);
  }

  @Test
  void removeIdle_twiceTooMany_sparesNobody() {
    IntStream.range(0, 7).forEach(i -> idle("u" + i));

    readers.removeIdle(removed::add);

    assertThat(removed).hasSizeGreaterThanOrEqualTo(3);
  }

  @Test
  void removeIdle_heldOnes_stay() {
    Reader held = readers.acquire(ALICE);
    IntStream.range(0, 7).forEach(i -> idle("u" + i));

    readers.removeIdle(removed::add);
    readers.removeIdle(removed::add);

    assertThat(removed).hasSize(5).doesNotContain(held);
    assertThat(readers.get(ALICE)).isSameAs(held);
  }

  private Reader idle(String name) {
    Reader reader = readers.acquire(World.user(name));
    readers.release(reader);
    return reader;
  }
}
