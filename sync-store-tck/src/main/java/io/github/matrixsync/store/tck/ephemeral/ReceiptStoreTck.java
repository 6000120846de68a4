package io.github.matrixsync.store.tck.ephemeral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.ephemeral.ReceiptChange;
import io.github.matrixsync.store.ephemeral.ReceiptStore;
import io.github.matrixsync.store.tck.support.Events;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * The contract of a {@link ReceiptStore} that is only read: the rules P, W, L, B, R and C of the package
 * {@code io.github.matrixsync.store}.
 *
 * @param <S> the store's type
 * @since 0.1.0
 */
public abstract class ReceiptStoreTck<S extends ReceiptStore>
    extends CoalescingStreamTck<RoomId, ReceiptChange, S> {
  private static final Instant AT = Instant.ofEpochMilli(1_450_000_000_123L);

  /** For subclasses. */
  protected ReceiptStoreTck() {}

  /** Returns a new, empty store. Called before every test. */
  @Override
  protected abstract S open();

  /**
   * Writes a new receipt into the tables of {@link #store()}. Returns when it is committed. May be called by several
   * threads. The position is ignored.
   */
  protected abstract void set(ReceiptChange receipt);

  @Test
  void c1_changes_otherRoomUserOrType_isAnotherEntry() {
    set(receipt(Events.ROOM, Events.ALICE, "m.read", "a"));
    set(receipt(Events.ROOM, Events.BOB, "m.read", "a"));
    set(receipt(Events.ROOM, Events.ALICE, "m.read.private", "a"));
    set(receipt(Events.OTHER_ROOM, Events.ALICE, "m.read", "a"));

    assertThat(tested().changes(start(), tested().refresh(), 9)).hasSize(4);
  }

  @Test
  void c1_changes_otherThreadOrNone_isAnotherEntry() {
    ReceiptChange all = receipt(Events.ROOM, Events.ALICE, "m.read", "a");
    set(all);
    set(inThread(all, "main", "a"));
    set(inThread(all, "$root:tck.example", "a"));
    set(inThread(all, "main", "b"));

    List<ReceiptChange> changes = tested().changes(start(), tested().refresh(), 9);
    assertThat(changes)
        .extracting(ReceiptChange::threadId, ReceiptChange::event)
        .containsExactly(
            tuple(Optional.empty(), Events.id("a")),
            tuple(Optional.of("$root:tck.example"), Events.id("a")),
            tuple(Optional.of("main"), Events.id("b")));
    assertThat(tested().current(List.of(Events.ROOM))).containsExactlyInAnyOrderElementsOf(changes);
  }

  private static ReceiptChange inThread(ReceiptChange receipt, String thread, String event) {
    return new ReceiptChange(
        0,
        receipt.room(),
        receipt.user(),
        receipt.type(),
        Optional.of(thread),
        Events.id(event),
        AT);
  }

  @Test
  void c2_current_everyPart_comesBack() {
    ReceiptChange receipt = receipt(Events.ROOM, Events.ALICE, "m.read", "a");
    set(receipt);

    assertThat(tested().current(List.of(Events.ROOM)))
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("position")
        .containsExactly(receipt);
  }

  @Test
  void v1_changes_anyJavaStringAsType_comesBackAndIsAnEntryOfItsOwn() {
    Events.ANY_TEXTS.forEach(type -> set(receipt(Events.ROOM, Events.ALICE, type, "a")));

    assertThat(tested().changes(start(), tested().refresh(), 99))
        .extracting(ReceiptChange::type)
        .containsExactlyInAnyOrderElementsOf(Events.ANY_TEXTS);
  }

  static ReceiptChange receipt(RoomId room, UserId user, String type, String event) {
    return new ReceiptChange(0, room, user, type, Events.id(event), AT);
  }

  @Override
  public final void change(int key, int value) {
    set(receipt(Events.ROOMS.get(key), Events.ALICE, "m.read", "value" + value));
  }

  @Override
  public final boolean hasValue(ReceiptChange change, int value) {
    return change.event().equals(Events.id("value" + value));
  }

  @Override
  final RoomId key(int number) {
    return Events.ROOMS.get(number);
  }

  @Override
  final RoomId keyIn(ReceiptChange change) {
    return change.room();
  }
}
