package io.github.matrixsync.internal.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.store.memory.MemoryEventStore;
import io.github.matrixsync.world.World;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConcernedTest {
  private final Concerned concerned = new Concerned();

  static List<Consumer<Concerned>> anybody() {
    return List.of(
        concerned -> concerned.addRoom(World.room("r")),
        concerned -> concerned.addRooms(List.of(World.room("r"))),
        concerned -> concerned.addPeeks(World.room("r")),
        concerned -> concerned.addUser(World.user("a")),
        Concerned::addEveryone);
  }

  @ParameterizedTest
  @MethodSource("anybody")
  void isNobody_anybodyAdded_isNot(Consumer<Concerned> add) {
    add.accept(concerned);

    assertThat(concerned.isNobody()).isFalse();
  }

  @Test
  void isNobody_onlyWhatCame_isStillSo() {
    concerned.setPresenceAlone();
    concerned.addNews(null);

    assertThat(concerned.isNobody()).isTrue();
  }

  @Test
  void news_ofMoreThanOnePart_areNotPlain() {
    RoomEvent message =
        new World(MemoryEventStore.create()).message(World.room("r"), World.user("a"));
    Entry entry = new Entry(StoredEvents.live(message, 1), Optional.empty());
    News news = News.of(0, 1, List.of(entry), 0).orElseThrow();
    assertThat(concerned.news()).isEmpty();
    concerned.addNews(news);
    assertThat(concerned.news()).containsSame(news);

    concerned.addNews(news);

    assertThat(concerned.news()).isEmpty();
  }

  @Test
  void isPresenceAlone_said_isSo() {
    assertThat(concerned.isPresenceAlone()).isFalse();
    concerned.setPresenceAlone();

    assertThat(concerned.isPresenceAlone()).isTrue();
  }
}
