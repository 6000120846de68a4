package io.github.matrixsync.internal.due;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.domain.ServiceNamespaces;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.internal.roster.Service;
import io.github.matrixsync.store.memory.MemoryEventStore;
import io.github.matrixsync.world.World;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ServiceUsersTest {
  private final ServiceUsers users = new ServiceUsers(new Service(
      World.user("bot"),
      ServiceNamespaces.of(List.of(Pattern.compile("@irc_")), List.of(), List.of())));

  @Test
  void contains_sameUserAgain_isTheSame() {
    for (int i = 0; i < 2; i++) {
      assertThat(users.contains(World.user("bot"))).isTrue();
      assertThat(users.contains(World.user("irc_x"))).isTrue();
      assertThat(users.contains(World.user("x"))).isFalse();
    }
  }

  @Test
  void containsSubjectOf_memberEventAboutOne_isSo() {
    MemoryEventStore store = MemoryEventStore.create();
    World world = new World(store);
    world.create(World.room("r"), World.user("a"), "shared");
    EventId ghost = about("irc_x", store, world);
    EventId other = about("x", store, world);

    assertThat(users.containsSubjectOf(store.events(List.of(ghost)).get(ghost))).isTrue();
    assertThat(users.containsSubjectOf(store.events(List.of(other)).get(other))).isFalse();
  }

  private static EventId about(String user, MemoryEventStore store, World world) {
    var event = world.member(World.room("r"), World.user("a"), World.user(user), "invite");
    world.append(event);
    return event.id();
  }
}
