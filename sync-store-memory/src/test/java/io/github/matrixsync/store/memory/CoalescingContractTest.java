package io.github.matrixsync.store.memory;

import static io.github.matrixsync.store.memory.Sample.ALICE;
import static io.github.matrixsync.store.memory.Sample.BOB;
import static io.github.matrixsync.store.memory.Sample.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.ExpiredPositionException;
import io.github.matrixsync.store.ephemeral.AccountDataChange;
import io.github.matrixsync.store.ephemeral.CoalescingStream;
import io.github.matrixsync.store.ephemeral.PresenceChange;
import io.github.matrixsync.store.ephemeral.PresenceState;
import io.github.matrixsync.store.ephemeral.ReceiptChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests the rules W, L, B and C, which presence, typing, receipts and account data have in common. */
class CoalescingContractTest {
  private static final List<RoomId> ROOMS =
      List.of(RoomId.parse("!0:x"), RoomId.parse("!1:x"), RoomId.parse("!2:x"));
  private static final List<UserId> USERS =
      List.of(UserId.parse("@0:x"), UserId.parse("@1:x"), UserId.parse("@2:x"));

  /** One of the four stores, with three keys that can be changed. */
  private interface Subject {
    /** Changes the entry of key 0, 1 or 2; each {@code version} is a different value. */
    void change(int key, int version);

    CoalescingStream<?, ?> stream();

    List<? extends CoalescingStream.Change> current(int... keys);
  }

  /** Creates each of the four stores. */
  private enum Kind {
    PRESENCE(PresenceSubject::new),
    TYPING(TypingSubject::new),
    RECEIPTS(ReceiptSubject::new),
    ACCOUNT_DATA(AccountDataSubject::new);

    private final LongFunction<Subject> maker;

    Kind(LongFunction<Subject> maker) {
      this.maker = maker;
    }

    Subject startingAt(long firstPosition) {
      return maker.apply(firstPosition);
    }
  }

  @ParameterizedTest
  @EnumSource
  void c1_change_sameKeyAgain_entryMovesUp(Kind kind) {
    Subject subject = kind.startingAt(1);
    subject.change(0, 1);
    subject.change(1, 1);
    subject.change(0, 2);

    assertThat(positions(subject.stream().changes(0, 3, 9))).containsExactly(2L, 3L);
    assertThat(positions(subject.stream().changes(0, 2, 9))).containsExactly(2L);
    assertThat(positions(subject.current(0))).containsExactly(3L);
  }

  @ParameterizedTest
  @EnumSource
  void c1_change_sameValue_takesNoPosition(Kind kind) {
    Subject subject = kind.startingAt(1);
    subject.change(0, 1);
    subject.change(0, 1);

    assertThat(subject.stream().watermark()).isEqualTo(1);
    assertThat(positions(subject.current(0))).containsExactly(1L);
  }

  @ParameterizedTest
  @EnumSource
  void c2_current_afterChange_isTheLatestOfTheKeysAskedFor(Kind kind) {
    Subject subject = kind.startingAt(1);
    subject.change(0, 1);
    subject.change(1, 1);
    subject.change(1, 2);

    assertThat(positions(subject.current(1, 2, 1))).containsExactly(3L);
    assertThat(positions(subject.current())).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void c3_startingAt_laterPosition_earlierIsExpired(Kind kind) {
    Subject subject = kind.startingAt(100);
    assertThat(subject.stream().watermark()).isEqualTo(99);
    subject.change(0, 1);

    assertThat(subject.stream().retainedAfter()).isEqualTo(99);
    assertThat(positions(subject.stream().changes(99, 100, 9))).containsExactly(100L);
    assertThatThrownBy(() -> subject.stream().changes(98, 100, 9))
        .isInstanceOf(ExpiredPositionException.class);
    assertThatThrownBy(() -> kind.startingAt(0)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @EnumSource
  void b2_changes_limit_cutsOffTheHighest(Kind kind) {
    Subject subject = kind.startingAt(1);
    subject.change(2, 1);
    subject.change(0, 1);
    subject.change(1, 1);

    assertThat(positions(subject.stream().changes(0, 3, 2))).containsExactly(1L, 2L);
    assertThat(positions(subject.stream().changes(1, 2, 2))).containsExactly(2L);
    assertThat(positions(subject.stream().changes(3, 3, 2))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void b1_changes_argumentsOutOfBounds_areRefused(Kind kind) {
    CoalescingStream<?, ?> stream = kind.startingAt(1).stream();

    assertThatThrownBy(() -> stream.changes(0, 1, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> stream.changes(1, 0, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> stream.changes(0, 0, 0)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @EnumSource
  void r1_changes_laterChange_resultStaysAndCannotBeChanged(Kind kind) {
    Subject subject = kind.startingAt(1);
    subject.change(0, 1);
    List<? extends CoalescingStream.Change> changes = subject.stream().changes(0, 1, 9);

    subject.change(0, 2);

    assertThat(positions(changes)).containsExactly(1L);
    assertThatThrownBy(changes::clear).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(subject.current(0)::clear).isInstanceOf(UnsupportedOperationException.class);
  }

  @ParameterizedTest
  @EnumSource
  void l1_onAdvance_change_listenerReadsIt(Kind kind) {
    Subject subject = kind.startingAt(1);
    List<Long> seen = new ArrayList<>();
    subject.stream()
        .onAdvance(() ->
            seen.addAll(positions(subject.stream().changes(0, subject.stream().watermark(), 9))));

    subject.change(0, 1);
    subject.change(0, 1);

    assertThat(seen).containsExactly(1L);
  }

  @ParameterizedTest
  @EnumSource
  void l2_onAdvance_closed_isNotCalled(Kind kind) {
    Subject subject = kind.startingAt(1);
    List<Long> seen = new ArrayList<>();
    subject.stream().onAdvance(() -> seen.add(subject.stream().watermark())).close();

    subject.change(0, 1);

    assertThat(seen).isEmpty();
  }

  private static List<Long> positions(List<? extends CoalescingStream.Change> changes) {
    return changes.stream().map(CoalescingStream.Change::position).toList();
  }

  private static final class PresenceSubject implements Subject {
    private final MemoryPresenceStore store;

    PresenceSubject(long firstPosition) {
      store = firstPosition == 1
          ? MemoryPresenceStore.create()
          : MemoryPresenceStore.startingAt(firstPosition);
    }

    @Override
    public void change(int key, int version) {
      long position = store.set(new PresenceChange(
          99,
          USERS.get(key),
          PresenceState.ONLINE,
          Optional.empty(),
          Optional.of(Instant.ofEpochSecond(version)),
          Optional.empty(),
          Optional.empty()));
      assertThat(positions(current(key))).containsExactly(position);
    }

    @Override
    public CoalescingStream<?, ?> stream() {
      return store;
    }

    @Override
    public List<PresenceChange> current(int... keys) {
      return store.current(Arrays.stream(keys).mapToObj(USERS::get).toList());
    }
  }

  private static final class ReceiptSubject implements Subject {
    private final MemoryReceiptStore store;

    ReceiptSubject(long firstPosition) {
      store = firstPosition == 1
          ? MemoryReceiptStore.create()
          : MemoryReceiptStore.startingAt(firstPosition);
    }

    @Override
    public void change(int key, int version) {
      long position = store.set(
          new ReceiptChange(99, ROOMS.get(key), ALICE, "m.read", id("e" + version), Instant.EPOCH));
      assertThat(positions(current(key))).containsExactly(position);
    }

    @Override
    public CoalescingStream<?, ?> stream() {
      return store;
    }

    @Override
    public List<ReceiptChange> current(int... keys) {
      return store.current(Arrays.stream(keys).mapToObj(ROOMS::get).toList());
    }
  }

  private static final class AccountDataSubject implements Subject {
    private final MemoryAccountDataStore store;

    AccountDataSubject(long firstPosition) {
      store = firstPosition == 1
          ? MemoryAccountDataStore.create()
          : MemoryAccountDataStore.startingAt(firstPosition);
    }

    @Override
    public void change(int key, int version) {
      RawJson content = RawJson.of("{\"v\":" + version + "}");
      long position =
          store.set(new AccountDataChange(99, USERS.get(key), Optional.empty(), "x.y", content));
      assertThat(positions(current(key))).containsExactly(position);
    }

    @Override
    public CoalescingStream<?, ?> stream() {
      return store;
    }

    @Override
    public List<AccountDataChange> current(int... keys) {
      return store.current(Arrays.stream(keys).mapToObj(USERS::get).toList());
    }
  }

  private static final class TypingSubject implements Subject {
    private final MemoryTypingStore store;

    TypingSubject(long firstPosition) {
      store = firstPosition == 1
          ? MemoryTypingStore.create()
          : MemoryTypingStore.startingAt(firstPosition);
    }

    @Override
    public void change(int key, int version) {
      store.start(ROOMS.get(key), version == 1 ? ALICE : BOB, Instant.ofEpochSecond(version));
    }

    @Override
    public CoalescingStream<?, ?> stream() {
      return store;
    }

    @Override
    public List<? extends CoalescingStream.Change> current(int... keys) {
      return store.current(Arrays.stream(keys).mapToObj(ROOMS::get).toList());
    }
  }
}
