package io.github.matrixsync.internal.appservice;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.domain.appservice.ServiceNamespaces;
import io.github.matrixsync.domain.event.EventForm;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.delivery.LookRequest;
import io.github.matrixsync.internal.log.Window;
import io.github.matrixsync.internal.log.WindowEntry;
import io.github.matrixsync.internal.membership.Reader;
import io.github.matrixsync.store.memory.MemoryEventStore;
import io.github.matrixsync.store.model.Interest;
import io.github.matrixsync.world.World;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Tests the cache of a service whose polls have different tokens and views of the window from different times. */
class ServiceReaderTest {
  private static final UserId ALICE = World.user("a");
  private static final UserId GHOST = World.user("ghost");
  private static final RoomId ROOM = World.room("r");
  private static final int FEW = 6;

  private final MemoryEventStore store = MemoryEventStore.create();
  private final World world = new World(store);
  private final Window window = new Window(0, FEW, 1 << 20);
  private final ServiceReader reader = new ServiceReader(new AppService(
      World.user("bot"),
      ServiceNamespaces.of(
          List.of(Pattern.compile("@ghost")), List.of(Pattern.compile("!named")), List.of())));

  @Test
  void find_twoLooksWithTheirViews_eachHasItsOwn() {
    EventId before = append(message());
    cacheMembers(window.view(), 0);
    Window.View early = window.view();
    EventId join = append(ghost("join"));
    EventId during = append(message());
    EventId leave = append(ghost("leave"));
    append(message());

    assertThat(found(window.view(), 0, 5)).containsExactly(join, during, leave);
    assertThat(found(early, 0, 1)).isEmpty();
    assertThat(found(window.view(), 1, 5)).containsExactly(join, during, leave);
    assertThat(before).isNotEqualTo(join);
  }

  @Test
  void cacheMembers_anotherLookHasGoneOnMeanwhile_isLeftToTheStore() {
    append(message());
    Window.View early = window.view();
    assertThat(reader.unknown(early, Set.of(ROOM), 0)).containsExactly(ROOM);
    append(ghost("join"));
    reader.unknown(window.view(), Set.of(), 2);

    reader.cacheMembers(early, Map.of(ROOM, Set.of()), 0);

    assertThat(reader.find(look(0, 1), early, Set.of())).isEmpty();
    assertThat(reader.ofInterest(Set.of(ROOM), 2)).isEmpty();
  }

  @Test
  void cacheMembers_asOfAnOldPlace_isRolledForwardToNow() {
    append(ghost("join"));
    EventId message = append(message());
    cacheMembers(window.view(), 0);

    assertThat(found(window.view(), 1, 2)).containsExactly(message);
    assertThat(reader.ofInterest(Set.of(ROOM), 2)).contains(Set.of(ROOM));
  }

  @Test
  void find_windowWentOnBeyondTheLook_isLeftToTheStore() {
    append(message());
    cacheMembers(window.view(), 0);
    Window.View early = window.view();
    append(ghost("join"));
    reader.unknown(window.view(), Set.of(), 2);
    for (int i = 0; i < 2 * FEW; i++) {
      append(message());
      reader.unknown(window.view(), Set.of(), store.watermark());
    }
    append(ghost("leave"));
    reader.unknown(window.view(), Set.of(), store.watermark());

    assertThat(reader.find(look(0, 1), early, Set.of())).isEmpty();
    assertThat(reader.ofInterest(Set.of(ROOM), 1)).isEmpty();
    assertThat(reader.ofInterest(Set.of(ROOM), store.watermark())).contains(Set.of());
  }

  @Test
  void unknown_roomThatMatchesById_neverIs() {
    RoomId named = World.room("named");

    assertThat(reader.unknown(window.view(), Set.of(named, ROOM), 0)).containsExactly(ROOM);
    assertThat(reader.ofInterest(Set.of(named), 0)).contains(Set.of(named));
  }

  @Test
  void rooms_tooMany_thoseOutsideTheWindowAreForgotten() {
    append(message());
    cacheMembers(window.view(), 0);
    for (int i = 0; i < ServiceReader.MOST_ROOMS; i++) {
      reader.unknown(window.view(), Set.of(World.room("named" + i)), 0);
    }
    assertThat(reader.size()).isGreaterThan(ServiceReader.MOST_ROOMS);

    append(message());
    reader.unknown(window.view(), Set.of(), 2);

    assertThat(reader.size()).isOne();
    assertThat(reader.ofInterest(Set.of(ROOM), 2)).isPresent();
  }

  private EventId append(RoomEvent event) {
    long after = store.watermark();
    world.append(event);
    store
        .log(Interest.everything(), after, store.watermark(), 10)
        .events()
        .forEach(stored -> window.append(List.of(new WindowEntry(stored, Optional.empty()))));
    return event.id();
  }

  private void cacheMembers(Window.View view, long position) {
    assertThat(reader.unknown(view, Set.of(ROOM), position)).containsExactly(ROOM);
    reader.cacheMembers(view, store.joinedMembers(Set.of(ROOM), position), position);
  }

  private List<EventId> found(Window.View view, long after, long upTo) {
    return reader.find(look(after, upTo), view, Set.of()).orElseThrow().due().stream()
        .map(entry -> entry.stored().event().id())
        .toList();
  }

  private static LookRequest look(long after, long upTo) {
    return new LookRequest(new Reader(World.user("bot")), after, upTo, 100, EventForm.V1);
  }

  private RoomEvent message() {
    return world.message(ROOM, ALICE);
  }

  private RoomEvent ghost(String membership) {
    return world.member(ROOM, GHOST, GHOST, membership);
  }
}
