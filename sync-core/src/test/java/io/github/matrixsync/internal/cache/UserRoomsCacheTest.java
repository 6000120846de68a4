package io.github.matrixsync.internal.cache;

import static io.github.matrixsync.world.Host.ALICE;
import static io.github.matrixsync.world.Host.ROOM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.operation.EngineStatistics.CacheUse;
import io.github.matrixsync.world.World;
import org.junit.jupiter.api.Test;

/** When a user's rooms are read from the store, and when from the cache. */
class UserRoomsCacheTest {
  private static final RoomId OTHER = World.room("other");

  private final FollowedStore store = new FollowedStore();

  UserRoomsCacheTest() {
    store.member(ROOM, ALICE, "join");
    store.member(OTHER, ALICE, "join");
    find();
    store.reads();
  }

  @Test
  void find_nothingChanged_readsNothingAndIsAHit() {
    find();

    assertThat(store.reads()).isEmpty();
    assertThat(use().hits()).isOne();
    assertThat(use().misses()).isOne();
  }

  @Test
  void find_oneRoomChanged_readsThatAndIsAMiss() {
    store.topic(ROOM, ALICE, "news");

    find();

    assertThat(store.reads()).containsExactly("timelines");
    assertThat(use().hits()).isZero();
    assertThat(use().misses()).isEqualTo(2);
  }

  @Test
  void find_anotherMembership_readsTheListAndIsAMiss() {
    store.member(World.room("third"), ALICE, "join");

    find();

    assertThat(store.reads()).containsExactly("memberships", "timelines");
    assertThat(use().hits()).isZero();
    assertThat(use().misses()).isEqualTo(2);
  }

  /** The slots decide whether any cache entry is still valid. */
  @Test
  void places_oneCacheWithoutBytes_areEnoughForTheOthers() {
    int slots = Caches.slots(new CacheBytes(0, 0, 0, 64L << 20, 0));

    assertThat(slots).isEqualTo(1 << 14);
    assertThat(Caches.slots(new CacheBytes(0, 0, 0, 0, 64L << 20))).isEqualTo(slots);
    assertThat(Caches.slots(new CacheBytes(0, 64L << 20, 0, 0, 0))).isEqualTo(slots);
    assertThat(Caches.slots(new CacheBytes(0, 0, 64L << 20, 0, 0))).isLessThan(slots);
  }

  private void find() {
    store.caches.userRooms().find(ALICE, store.follow());
  }

  private CacheUse use() {
    return store.use("memberships");
  }
}
