package io.github.matrixsync.store.memory;

import static io.github.matrixsync.store.memory.Sample.ALICE;
import static io.github.matrixsync.store.memory.Sample.BOB;
import static io.github.matrixsync.store.memory.Sample.OTHER_ROOM;
import static io.github.matrixsync.store.memory.Sample.ROOM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.event.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MemoryUserSettingsTest {
  private final MemoryUserSettings settings = MemoryUserSettings.create();

  @Test
  void everySetting_neverSet_isEmpty() {
    assertThat(settings.ignored(ALICE)).isEmpty();
    assertThat(settings.forgotten(ALICE)).isEmpty();
    assertThat(settings.presenceList(ALICE)).isEmpty();
    assertThat(settings.erased(List.of(ALICE, ALICE))).isEmpty();
  }

  @Test
  void setters_values_areReadBackPerUser() {
    settings.setIgnored(ALICE, Set.of(BOB));
    settings.setPresenceList(ALICE, Set.of(BOB));
    settings.erase(BOB);

    assertThat(settings.ignored(ALICE)).containsExactly(BOB);
    assertThat(settings.ignored(BOB)).isEmpty();
    assertThat(settings.presenceList(ALICE)).containsExactly(BOB);
    assertThat(settings.erased(List.of(ALICE, BOB))).containsExactly(BOB);
  }

  @Test
  void forget_andUnforget_roomByRoom() {
    settings.forget(ALICE, ROOM);
    settings.forget(ALICE, OTHER_ROOM);
    settings.unforget(ALICE, ROOM);
    settings.unforget(BOB, ROOM);

    assertThat(settings.forgotten(ALICE)).containsExactly(OTHER_ROOM);
  }

  @Test
  void onChange_everySetter_tellsWhoseSettingsAndIsReadable() {
    List<UserId> told = new ArrayList<>();
    List<Set<UserId>> read = new ArrayList<>();
    settings.onChange(told::add);
    settings.onChange(user -> read.add(settings.ignored(user)));

    settings.setIgnored(ALICE, Set.of(BOB));
    settings.forget(BOB, ROOM);
    settings.unforget(BOB, ROOM);
    settings.setPresenceList(ALICE, Set.of());
    settings.erase(ALICE);

    assertThat(told).containsExactly(ALICE, BOB, BOB, ALICE, ALICE);
    assertThat(read.get(0)).containsExactly(BOB);
  }

  @Test
  void onChange_closed_isNotTold() {
    List<UserId> told = new ArrayList<>();
    settings.onChange(told::add).close();

    settings.erase(ALICE);

    assertThat(told).isEmpty();
  }
}
