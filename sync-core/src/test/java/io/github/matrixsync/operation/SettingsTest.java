package io.github.matrixsync.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.matrixsync.internal.concurrent.EngineThreads;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The settings of an engine: their defaults, what they refuse, when they are equal, and that they can gain fields. */
class SettingsTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final List<Object> DEFAULTS = List.of(
      PollSettings.DEFAULT, ReadSettings.DEFAULT, SyncSettings.DEFAULT, WatchSettings.DEFAULT);

  static List<Object> defaults() {
    return DEFAULTS;
  }

  @ParameterizedTest
  @MethodSource("defaults")
  void settings_any_canGainFields(Object settings) {
    Class<?> type = settings.getClass();

    assertThat(Modifier.isFinal(type.getModifiers())).isTrue();
    assertThat(type.getConstructors()).isEmpty();
    assertThat(type.isRecord()).isFalse();
  }

  @Test
  void defaults_areThoseOfTheDocumentation() {
    PollSettings polls = PollSettings.DEFAULT;
    assertThat(polls.perUser()).isEqualTo(10_000);
    assertThat(polls.inAll()).isEmpty();
    assertThat(polls.batchLimit()).isEqualTo(1_000);
    assertThat(polls.presenceHold()).isEqualTo(Duration.ofMillis(500));
    ReadSettings reads = ReadSettings.DEFAULT;
    assertThat(reads.concurrentReads()).isEqualTo(EngineThreads.WIDTH);
    assertThat(reads.historyLimit()).isEqualTo(1_000);
    assertThat(reads.snapshotBytes()).isEqualTo(1 << 30);
    WatchSettings watch = WatchSettings.DEFAULT;
    assertThat(watch.fallbackInterval()).isEqualTo(SECOND);
    assertThat(watch.settingsAge()).isEqualTo(Duration.ofMinutes(10));
    assertThat(watch.slowCall()).isEqualTo(SECOND);
    assertThat(watch.stallLimit()).isEqualTo(Duration.ofSeconds(10));
    SyncSettings sync = SyncSettings.DEFAULT;
    assertThat(sync.timelineLimit()).isEqualTo(100);
    assertThat(sync.examinedEvents()).isEqualTo(10_000);
    assertThat(sync.removedRooms()).isTrue();
  }

  @Test
  void settings_everyOne_isWhatTheHostSaysAndTheOthersStay() {
    PollSettings polls = PollSettings.DEFAULT
        .withPerUser(1)
        .withInAll(2)
        .withBatchLimit(3)
        .withPresenceHold(Duration.ZERO);
    assertThat(polls.perUser()).isEqualTo(1);
    assertThat(polls.inAll()).isEqualTo(OptionalInt.of(2));
    assertThat(polls.batchLimit()).isEqualTo(3);
    assertThat(polls.presenceHold()).isZero();
    ReadSettings reads =
        ReadSettings.DEFAULT.withConcurrentReads(1).withHistoryLimit(2).withSnapshotBytes(3);
    assertThat(reads.concurrentReads()).isEqualTo(1);
    assertThat(reads.historyLimit()).isEqualTo(2);
    assertThat(reads.snapshotBytes()).isEqualTo(3);
    WatchSettings watch = WatchSettings.DEFAULT
        .withFallbackInterval(Duration.ofNanos(1))
        .withSettingsAge(Duration.ofNanos(2))
        .withSlowCall(Duration.ofNanos(3))
        .withStallLimit(Duration.ofNanos(4));
    assertThat(watch.fallbackInterval()).isEqualTo(Duration.ofNanos(1));
    assertThat(watch.settingsAge()).isEqualTo(Duration.ofNanos(2));
    assertThat(watch.slowCall()).isEqualTo(Duration.ofNanos(3));
    assertThat(watch.stallLimit()).isEqualTo(Duration.ofNanos(4));
    SyncSettings sync =
        SyncSettings.DEFAULT.withTimelineLimit(1).withExaminedEvents(2).withRemovedRooms(false);
    assertThat(sync.timelineLimit()).isEqualTo(1);
    assertThat(sync.examinedEvents()).isEqualTo(2);
    assertThat(sync.removedRooms()).isFalse();
  }

  /** All methods that change a setting, found by reflection so that none is left out. */
  static Stream<Arguments> changes() {
    return DEFAULTS.stream()
        .flatMap(settings -> Arrays.stream(settings.getClass().getMethods())
            .filter(method -> method.getReturnType() == settings.getClass())
            .map(change -> Arguments.of(settings, change)));
  }

  static Stream<Arguments> wrong() {
    List<Arguments> wrong = new ArrayList<>();
    changes().map(Arguments::get).forEach(each -> {
      Method change = (Method) each[1];
      boolean mayBeZero = change.getName().equals("withPresenceHold");
      Class<?> type = change.getParameterTypes()[0];
      if (type == Duration.class) {
        wrong.add(Arguments.of(each[0], change, Duration.ofNanos(-1)));
        if (!mayBeZero) {
          wrong.add(Arguments.of(each[0], change, Duration.ZERO));
        }
      } else if (type == int.class) {
        wrong.add(Arguments.of(each[0], change, 0));
        wrong.add(Arguments.of(each[0], change, -1));
      } else if (type == long.class) {
        wrong.add(Arguments.of(each[0], change, 0L));
        wrong.add(Arguments.of(each[0], change, -1L));
      }
    });
    return wrong.stream();
  }

  @Test
  void changes_areAllThereAre() {
    assertThat(changes()).hasSize(14);
    assertThat(wrong()).hasSize(25);
  }

  @ParameterizedTest(name = "{1}: {2}")
  @MethodSource("wrong")
  void setting_outOfItsRange_isRefusedAndSaysWhatWasWrong(
      Object settings, Method change, Object value) {
    assertThatThrownBy(() -> invoke(settings, change, value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching("[a-z ]+ must (be positive|not be negative), got .+");
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("changes")
  void setting_nothingWhereALengthMustBe_isRefused(Object settings, Method change) {
    if (change.getParameterTypes()[0] == Duration.class) {
      assertThatThrownBy(() -> change.invoke(settings, new Object[] {null}))
          .hasCauseInstanceOf(NullPointerException.class);
    }
  }

  /** Longer than nanoseconds can count: as good as for ever. */
  @ParameterizedTest(name = "{1}")
  @MethodSource("changes")
  void setting_longestThereIs_isCut(Object settings, Method change) throws Throwable {
    if (change.getParameterTypes()[0] == Duration.class) {
      Duration longest = Duration.ofSeconds(Long.MAX_VALUE);
      Object cut = invoke(settings, change, EngineThreads.LONGEST);

      assertThat(invoke(settings, change, longest)).isEqualTo(cut);
      assertThat(invoke(settings, change, longest).toString())
          .contains(EngineThreads.LONGEST.toString());
    }
  }

  /** Each differs from the default of its kind, and from the others, in one setting. */
  static List<Supplier<Object>> different() {
    return List.of(
        () -> PollSettings.DEFAULT,
        () -> PollSettings.DEFAULT.withPerUser(1),
        () -> PollSettings.DEFAULT.withInAll(1),
        () -> PollSettings.DEFAULT.withBatchLimit(1),
        () -> PollSettings.DEFAULT.withPresenceHold(SECOND),
        () -> ReadSettings.DEFAULT,
        () -> ReadSettings.DEFAULT.withConcurrentReads(1),
        () -> ReadSettings.DEFAULT.withHistoryLimit(1),
        () -> ReadSettings.DEFAULT.withSnapshotBytes(1),
        () -> SyncSettings.DEFAULT,
        () -> SyncSettings.DEFAULT.withTimelineLimit(1),
        () -> SyncSettings.DEFAULT.withExaminedEvents(1),
        () -> SyncSettings.DEFAULT.withRemovedRooms(false),
        () -> WatchSettings.DEFAULT,
        () -> WatchSettings.DEFAULT.withFallbackInterval(SECOND.plusNanos(1)),
        () -> WatchSettings.DEFAULT.withSettingsAge(SECOND),
        () -> WatchSettings.DEFAULT.withSlowCall(SECOND.plusNanos(1)),
        () -> WatchSettings.DEFAULT.withStallLimit(SECOND));
  }

  @Test
  void settings_sameValues_areEqualAndOthersAreNot() {
    List<Supplier<Object>> all = different();
    for (Supplier<Object> one : all) {
      for (Supplier<Object> other : all) {
        if (one == other) {
          assertThat(one.get()).isEqualTo(other.get()).hasSameHashCodeAs(other.get());
          assertThat(one.get()).hasToString(other.get().toString());
        } else {
          assertThat(one.get()).isNotEqualTo(other.get());
          assertThat(one.get().toString()).isNotEqualTo(other.get().toString());
        }
      }
    }
  }

  private static Object invoke(Object settings, Method change, Object value) throws Throwable {
    try {
      return change.invoke(settings, value);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
