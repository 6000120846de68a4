package io.github.matrixsync.internal.cache;

import static io.github.matrixsync.world.Host.ALICE;
import static io.github.matrixsync.world.Host.BOB;
import static io.github.matrixsync.world.Host.ROOM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.domain.event.EventForm;
import io.github.matrixsync.domain.visibility.Erasure.Shown;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.operation.EngineStatistics.CacheUse;
import io.github.matrixsync.world.World;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No cache grows beyond its bound, and each entry's weight is at least the memory that it is certain to take. */
class CacheBoundsTest {
  private static final int MANY = 300;
  private static final long FEW_BYTES = 20_000;

  /** The caches, each with a request that adds an entry. */
  private enum Cache {
    ENCODED_EVENTS {
      @Override
      void ask(FollowedStore store, RoomId room, UserId user) {
        RoomEvent event = store.message(room, user);
        Shown shown = new Shown(store.stored(event), Optional.empty(), true);
        store.caches.encodedEvents().encode(shown, EventForm.V1);
      }
    },
    EVENTS {
      @Override
      void ask(FollowedStore store, RoomId room, UserId user) {
        store.caches.events().find(List.of(store.message(room, user).id()));
      }
    },
    ROOMS {
      @Override
      void ask(FollowedStore store, RoomId room, UserId user) {
        store.member(room, user, "join");
        store.caches.lists().state(seen(store, user), store.follow(), EventForm.V1);
      }
    },
    MEMBERSHIPS {
      @Override
      void ask(FollowedStore store, RoomId room, UserId user) {
        store.member(room, user, "join");
        seen(store, user);
      }
    },
    TIMELINES {
      @Override
      void ask(FollowedStore store, RoomId room, UserId user) {
        store.member(room, user, "join");
        store.caches.timelines().find(user, List.of(room), store.follow());
      }
    };

    abstract void ask(FollowedStore store, RoomId room, UserId user);

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    private static List<ViewedRoom> seen(FollowedStore store, UserId user) {
      return store.caches.userRooms().find(user, store.follow()).rooms().stream()
          .map(UserRooms.UserRoom::viewed)
          .toList();
    }
  }

  @ParameterizedTest
  @EnumSource
  void caches_moreThanTheyHaveRoomFor_stayWithinTheirBoundAndCountWhatWent(Cache cache) {
    FollowedStore store = new FollowedStore(FEW_BYTES);

    for (int i = 0; i < MANY; i++) {
      cache.ask(store, World.room("r" + i), World.user("u" + i));
    }

    CacheUse use = store.use(cache.label());
    assertThat(use.bytes()).isBetween(FEW_BYTES / 2, FEW_BYTES);
    assertThat(use.entries()).isPositive();
    assertThat(use.evictions()).isEqualTo(MANY - use.entries());
    assertThat(use.bytes() / use.entries()).isBetween(200L, 2_000L);
  }

  @ParameterizedTest
  @EnumSource
  void caches_noBytes_keepNothing(Cache cache) {
    FollowedStore store = new FollowedStore(0);

    cache.ask(store, ROOM, ALICE);
    cache.ask(store, ROOM, BOB);

    CacheUse use = store.use(cache.label());
    assertThat(use.entries()).isZero();
    assertThat(use.bytes()).isZero();
    assertThat(use.hits()).isZero();
    assertThat(use.misses()).isPositive();
  }
}
