package io.github.matrixsync.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.github.matrixsync.call.room.ContextOptions;
import io.github.matrixsync.call.room.MembersOptions;
import io.github.matrixsync.domain.appservice.ServiceNamespaces;
import io.github.matrixsync.domain.event.EventForm;
import io.github.matrixsync.domain.filter.RoomEventFilter;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.rest.RestSettings;
import io.github.matrixsync.store.model.Direction;
import io.github.matrixsync.sync.SyncOptions;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Options: what they refuse, when they are equal, and that they can gain fields. */
class OptionsTest {
  private static final RoomId ROOM = RoomId.parse("!r:h");
  private static final ServiceNamespaces NAMESPACES =
      ServiceNamespaces.of(List.of(), List.of(), List.of());

  static Stream<Class<?>> options() {
    return Stream.of(
        StreamOptions.class,
        SnapshotOptions.class,
        MessagesOptions.class,
        ContextOptions.class,
        MembersOptions.class,
        RestSettings.class);
  }

  @ParameterizedTest
  @MethodSource("options")
  void options_any_canGainFields(Class<?> type) {
    assertThat(Modifier.isFinal(type.getModifiers())).isTrue();
    assertThat(type.getConstructors()).isEmpty();
    assertThat(type.isRecord()).isFalse();
  }

  /** Options that each differ from their default, and from each other, in one field. */
  static List<Supplier<Object>> different() {
    StreamToken token = StreamToken.of(1, 0, 0);
    return List.of(
        () -> StreamOptions.DEFAULT,
        () -> StreamOptions.DEFAULT.withLimit(1),
        () -> StreamOptions.DEFAULT.inRoom(RoomId.parse("!r:h")),
        () -> StreamOptions.DEFAULT.withForm(EventForm.R0),
        () -> StreamOptions.DEFAULT.withService(NAMESPACES),
        () -> SnapshotOptions.DEFAULT,
        () -> SnapshotOptions.DEFAULT.withLeftRooms(LeftRooms.HIDDEN),
        () -> SnapshotOptions.DEFAULT.withForm(EventForm.R0),
        () -> MessagesOptions.DEFAULT,
        () -> MessagesOptions.backward(0),
        () -> MessagesOptions.forward(0),
        () -> MessagesOptions.DEFAULT.withDirection(Direction.FORWARD),
        () -> MessagesOptions.DEFAULT.withFrom(token),
        () -> MessagesOptions.DEFAULT.withTo(token),
        () -> MessagesOptions.DEFAULT.withForm(EventForm.R0),
        () -> MessagesOptions.DEFAULT.withFilter(RoomEventFilter.ALL),
        () -> MessagesOptions.DEFAULT.withFilter(RoomEventFilter.parse("{\"types\":[]}")),
        () -> ContextOptions.DEFAULT,
        () -> ContextOptions.DEFAULT.withLimit(0),
        () -> ContextOptions.DEFAULT.withFilter(RoomEventFilter.parse("{\"types\":[]}")),
        () -> ContextOptions.DEFAULT.withForm(EventForm.V1),
        () -> MembersOptions.DEFAULT,
        () -> MembersOptions.DEFAULT.withAt(token),
        () -> MembersOptions.DEFAULT.withMemberships(Membership.JOIN, null),
        () -> MembersOptions.DEFAULT.withMemberships(null, Membership.JOIN),
        () -> MembersOptions.DEFAULT.withForm(EventForm.V1),
        () -> RestSettings.DEFAULT,
        () -> RestSettings.DEFAULT.withLeftRooms(LeftRooms.HIDDEN),
        () -> RestSettings.DEFAULT.withErrcodes("A", "B"),
        () -> RestSettings.DEFAULT.withTimeouts(Duration.ZERO, Duration.ZERO),
        () -> RestSettings.DEFAULT.withSnapshotLimits(0, 1),
        () -> RestSettings.DEFAULT.withMessageLimits(0, 1),
        () -> RestSettings.DEFAULT.withCorsHeaders(Map.of()));
  }

  @Test
  void options_sameValues_areEqualAndOthersAreNot() {
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

  @ParameterizedTest
  @ValueSource(ints = {0, -1})
  void streamLimit_belowOne_isRefused(int limit) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StreamOptions.DEFAULT.withLimit(limit))
        .withMessageContaining("at least 1, got " + limit);
  }

  @Test
  void limit_belowZero_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ContextOptions.DEFAULT.withLimit(-1))
        .withMessageContaining("must not be negative, got -1");
  }

  @Test
  void stream_ofOneRoomAndAService_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StreamOptions.DEFAULT.inRoom(ROOM).withService(NAMESPACES));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StreamOptions.DEFAULT.withService(NAMESPACES).inRoom(ROOM));
  }

  @Test
  @SuppressWarnings("NullAway")
  void nothing_whereAValueMustBe_isRefused() {
    assertThatNullPointerException().isThrownBy(() -> StreamOptions.DEFAULT.withForm(null));
    assertThatNullPointerException().isThrownBy(() -> SnapshotOptions.DEFAULT.withForm(null));
    assertThatNullPointerException().isThrownBy(() -> SnapshotOptions.DEFAULT.withLeftRooms(null));
    assertThatNullPointerException().isThrownBy(() -> MessagesOptions.DEFAULT.withForm(null));
    assertThatNullPointerException().isThrownBy(() -> MessagesOptions.DEFAULT.withDirection(null));
    assertThatNullPointerException().isThrownBy(() -> MessagesOptions.DEFAULT.withFilter(null));
    assertThatNullPointerException().isThrownBy(() -> ContextOptions.DEFAULT.withFilter(null));
    assertThatNullPointerException().isThrownBy(() -> ContextOptions.DEFAULT.withForm(null));
    assertThatNullPointerException().isThrownBy(() -> MembersOptions.DEFAULT.withForm(null));
    assertThatNullPointerException().isThrownBy(() -> SyncOptions.DEFAULT.withDevice(null));
    assertThatNullPointerException().isThrownBy(() -> SyncOptions.DEFAULT.withFilter(null));
    assertThatNullPointerException().isThrownBy(() -> SyncOptions.DEFAULT.withPresence(null));
    assertThatNullPointerException().isThrownBy(() -> SyncOptions.DEFAULT.withStateMode(null));
    assertThatNullPointerException().isThrownBy(() -> RestSettings.DEFAULT.withLeftRooms(null));
    assertThatNullPointerException().isThrownBy(() -> RestSettings.DEFAULT.withErrcodes(null, ""));
    assertThatNullPointerException().isThrownBy(() -> RestSettings.DEFAULT.withErrcodes("", null));
  }
}
