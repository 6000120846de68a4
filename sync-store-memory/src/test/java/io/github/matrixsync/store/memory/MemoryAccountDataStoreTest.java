package io.github.matrixsync.store.memory;

import static io.github.matrixsync.store.memory.Sample.ALICE;
import static io.github.matrixsync.store.memory.Sample.BOB;
import static io.github.matrixsync.store.memory.Sample.OTHER_ROOM;
import static io.github.matrixsync.store.memory.Sample.ROOM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.ephemeral.AccountDataChange;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests what only account data has: an entry per user, room or none, and type. */
class MemoryAccountDataStoreTest {
  private final MemoryAccountDataStore store = MemoryAccountDataStore.create();

  @Test
  void u1_set_otherUserRoomOrType_isAnotherEntry() {
    store.set(entry(ALICE, Optional.empty(), "m.tag", "{}"));
    store.set(entry(ALICE, Optional.of(ROOM), "m.tag", "{}"));
    store.set(entry(ALICE, Optional.of(OTHER_ROOM), "m.tag", "{}"));
    store.set(entry(ALICE, Optional.of(ROOM), "x.color", "{}"));
    store.set(entry(BOB, Optional.of(ROOM), "m.tag", "{}"));

    assertThat(store.current(List.of(ALICE)))
        .extracting(AccountDataChange::position)
        .containsExactlyInAnyOrder(1L, 2L, 3L, 4L);
    assertThat(store.current(List.of(BOB)))
        .extracting(AccountDataChange::position)
        .containsExactly(5L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{ \"a\" : 1.0e+0 }", "{\"a\":1,\"a\":2}", "{\"\\u00e9\":\"\u00e9\"}"})
  void u1_current_content_comesBackByteForByte(String content) {
    store.set(entry(ALICE, Optional.empty(), "x", content));

    assertThat(store.current(List.of(ALICE)).get(0).content()).isEqualTo(RawJson.of(content));
  }

  private static AccountDataChange entry(
      UserId user, Optional<RoomId> room, String type, String content) {
    return new AccountDataChange(0, user, room, type, RawJson.of(content));
  }
}
