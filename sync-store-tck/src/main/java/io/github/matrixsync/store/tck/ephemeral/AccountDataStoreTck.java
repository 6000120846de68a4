package io.github.matrixsync.store.tck.ephemeral;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.ephemeral.AccountDataChange;
import io.github.matrixsync.store.ephemeral.AccountDataStore;
import io.github.matrixsync.store.tck.support.Events;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The contract of an {@link AccountDataStore} that is only read: the rules P, W, L, B, R and C of the package
 * {@code io.github.matrixsync.store}.
 *
 * @param <S> the store's type
 * @since 0.1.0
 */
public abstract class AccountDataStoreTck<S extends AccountDataStore>
    extends CoalescingStreamTck<UserId, AccountDataChange, S> {

  /** For subclasses. */
  protected AccountDataStoreTck() {}

  /** Returns a new, empty store. Called before every test. */
  @Override
  protected abstract S open();

  /**
   * Writes a new entry into the tables of {@link #store()}. Returns when it is committed. May be called by several
   * threads. The position is ignored.
   */
  protected abstract void set(AccountDataChange entry);

  @Test
  void c1_changes_otherUserRoomOrType_isAnotherEntry() {
    set(entry(Events.ALICE, null, "m.a", "{}"));
    set(entry(Events.BOB, null, "m.a", "{}"));
    set(entry(Events.ALICE, Events.ROOM, "m.a", "{}"));
    set(entry(Events.ALICE, Events.OTHER_ROOM, "m.a", "{}"));
    set(entry(Events.ALICE, Events.ROOM, "m.b", "{}"));

    assertThat(tested().changes(start(), tested().refresh(), 9)).hasSize(5);
  }

  @Test
  void c2_current_everyPart_comesBackByteForByte() {
    AccountDataChange entry = entry(
        Events.ALICE, Events.ROOM, "m.\u00e4", "{ \"b\" : 1.0, \"a\":\"\\u00e9\u20ac\" ,\"b\":2}");
    set(entry);

    assertThat(tested().current(List.of(Events.ALICE)))
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("position")
        .containsExactly(entry);
  }

  @Test
  void c2_current_ofAUser_isGlobalAndOfEveryRoom() {
    set(entry(Events.ALICE, null, "m.a", "{}"));
    set(entry(Events.ALICE, Events.ROOM, "m.tag", "{}"));
    set(entry(Events.ALICE, Events.OTHER_ROOM, "m.b", "{}"));
    set(entry(Events.BOB, Events.ROOM, "m.tag", "{}"));

    assertThat(tested().current(List.of(Events.ALICE)))
        .extracting(AccountDataChange::room)
        .containsExactlyInAnyOrder(
            Optional.empty(), Optional.of(Events.ROOM), Optional.of(Events.OTHER_ROOM));
  }

  @Test
  void v1_changes_anyJavaStringAsType_comesBackAndIsAnEntryOfItsOwn() {
    Events.ANY_TEXTS.forEach(type -> set(entry(Events.ALICE, Events.ROOM, type, "{}")));

    assertThat(tested().changes(start(), tested().refresh(), 99))
        .extracting(AccountDataChange::type)
        .containsExactlyInAnyOrderElementsOf(Events.ANY_TEXTS);
  }

  static AccountDataChange entry(UserId user, @Nullable RoomId room, String type, String content) {
    return new AccountDataChange(0, user, Optional.ofNullable(room), type, RawJson.of(content));
  }

  @Override
  public final void change(int key, int value) {
    set(entry(Events.USERS.get(key), null, "m.test", content(value)));
  }

  @Override
  public final boolean hasValue(AccountDataChange change, int value) {
    return change.content().equals(RawJson.of(content(value)));
  }

  static String content(int value) {
    return "{\"value\":" + value + "}";
  }

  @Override
  final UserId key(int number) {
    return Events.USERS.get(number);
  }

  @Override
  final UserId keyIn(AccountDataChange change) {
    return change.user();
  }
}
