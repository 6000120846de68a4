package io.github.matrixsync.internal.delivery;

import static io.github.matrixsync.world.Host.ALICE;
import static io.github.matrixsync.world.Host.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.domain.visibility.Erasure;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.concurrent.EngineThreads;
import io.github.matrixsync.internal.stores.EngineContext;
import io.github.matrixsync.internal.stores.HostRoles;
import io.github.matrixsync.internal.stores.HostStores;
import io.github.matrixsync.internal.stores.Stores;
import io.github.matrixsync.operation.WatchSettings;
import io.github.matrixsync.store.Registration;
import io.github.matrixsync.store.UserSettings;
import io.github.matrixsync.store.memory.MemoryEventStore;
import io.github.matrixsync.world.ManualScheduler;
import io.github.matrixsync.world.World;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Tests how long cached erasures are used. */
class ErasuresTest {
  private static final Duration LONGEST_STALE = Duration.ofSeconds(1);
  private static final Set<UserId> BOTH = Set.of(ALICE, BOB);

  private final ManualScheduler time = new ManualScheduler();
  private final Settings settings = new Settings();
  private final Erasures erasures = erasures(settings);

  /** Settings with erased users only, with an action that runs during the read. */
  private static final class Settings implements UserSettings {
    private final Set<UserId> erased = new HashSet<>();
    private Runnable whileRead = () -> {};

    @Override
    public Set<UserId> erased(Collection<UserId> users) {
      Set<UserId> some = new HashSet<>(erased);
      some.retainAll(users);
      whileRead.run();
      return some;
    }

    @Override
    public Set<UserId> ignored(UserId user) {
      return Set.of();
    }

    @Override
    public Set<RoomId> forgotten(UserId user) {
      return Set.of();
    }

    @Override
    public Set<UserId> presenceList(UserId user) {
      return Set.of();
    }

    @Override
    public Registration onChange(Consumer<UserId> listener) {
      return () -> {};
    }
  }

  @Test
  void known_notReadYet_isNot() {
    assertThat(erasures.known(Set.of(ALICE))).isEmpty();
    erasures.read(Set.of(ALICE));

    assertThat(erasures.known(Set.of(ALICE))).contains(Erasure.NONE);
    assertThat(erasures.known(BOTH)).isEmpty();
  }

  @Test
  void known_readLately_saysWhoAsked() {
    settings.erased.add(ALICE);
    assertThat(erasures.read(BOTH).isOfAny(Set.of(ALICE))).isTrue();

    Erasure known = erasures.known(BOTH).orElseThrow();

    assertThat(known.isOfAny(Set.of(ALICE))).isTrue();
    assertThat(known.isOfAny(Set.of(BOB))).isFalse();
    assertThat(erasures.known(Set.of(BOB))).contains(Erasure.NONE);
  }

  /** If the signal of a change is lost, the next read after the interval finds the change. */
  @Test
  void known_readLongerAgoThanASignalMayBeLost_isNotAnyMore() {
    erasures.read(Set.of(ALICE));
    settings.erased.add(ALICE);
    time.advance(LONGEST_STALE);
    assertThat(erasures.known(Set.of(ALICE))).contains(Erasure.NONE);

    time.advance(Duration.ofNanos(1));

    assertThat(erasures.known(Set.of(ALICE))).isEmpty();
  }

  @Test
  void known_userChangedASetting_isNotAnyMoreOfThatUserAlone() {
    erasures.read(BOTH);

    erasures.changed(ALICE);

    assertThat(erasures.known(Set.of(ALICE))).isEmpty();
    assertThat(erasures.known(Set.of(BOB))).isPresent();
  }

  /** The read may have begun before the change. */
  @Test
  void read_settingChangedMeanwhile_isNotKept() {
    settings.whileRead = () -> erasures.changed(ALICE);

    assertThat(erasures.read(Set.of(ALICE))).isEqualTo(Erasure.NONE);

    assertThat(erasures.known(Set.of(ALICE))).isEmpty();
  }

  @Test
  void known_nobodyOrNoSettings_isThatNobodyAsked() {
    assertThat(erasures.known(Set.of())).contains(Erasure.NONE);
    assertThat(erasures.isAbsent()).isFalse();

    Erasures absent = erasures(null);

    assertThat(absent.isAbsent()).isTrue();
    assertThat(absent.known(BOTH)).contains(Erasure.NONE);
    assertThat(absent.read(BOTH)).isEqualTo(Erasure.NONE);
  }

  private Erasures erasures(@Nullable UserSettings settings) {
    Stores stores = new Stores(new HostStores(
        MemoryEventStore.create(),
        null,
        null,
        null,
        null,
        null,
        settings,
        HostRoles.NONE,
        Set.of()));
    return new Erasures(new EngineContext(
        stores,
        new EngineThreads(Runnable::run, time),
        () -> World.NOW, // a wall clock that does not advance
        WatchSettings.DEFAULT.withSettingsAge(LONGEST_STALE)));
  }
}
