package io.github.matrixsync.store.tck.ephemeral;

import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.ephemeral.TypingChange;
import io.github.matrixsync.store.ephemeral.TypingStore;
import io.github.matrixsync.store.tck.rules.stream.TypingRules;
import io.github.matrixsync.store.tck.support.Events;
import io.github.matrixsync.store.tck.support.StoreReads;
import java.time.Instant;

/**
 * The contract of a {@link TypingStore} that is only read: the rules P, W, L, B, R, C and T of the package
 * {@code io.github.matrixsync.store}.
 *
 * @param <S> the store's type
 * @since 0.1.0
 */
@SuppressWarnings("exports") // The rules are inherited and never named.
public abstract class TypingStoreTck<S extends TypingStore>
    extends CoalescingStreamTck<RoomId, TypingChange, S> implements TypingRules {
  static final Instant FAR = Instant.ofEpochSecond(4_000_000_000L);

  /** For subclasses. */
  protected TypingStoreTck() {}

  @Override
  public TypingStore tested() {
    return recorded(TypingStore.class);
  }

  /** Returns a new, empty store. Called before every test. */
  @Override
  protected abstract S open();

  /**
   * Writes into the tables of {@link #store()} that a user is typing until a deadline; if the user is typing already,
   * only the deadline changes. Returns when it is committed. May be called by several threads.
   */
  @Override
  public abstract void start(RoomId room, UserId user, Instant deadline);

  /** Writes into the tables of {@link #store()} that a user is no longer typing. Returns when it is committed. */
  @Override
  public abstract void stop(RoomId room, UserId user);

  @Override
  public final void change(int key, int value) {
    start(Events.ROOMS.get(key), user(value), FAR);
  }

  @Override
  public final boolean hasValue(TypingChange change, int value) {
    return StoreReads.last(change.users()).equals(user(value));
  }

  @Override
  final RoomId key(int number) {
    return Events.ROOMS.get(number);
  }

  @Override
  final RoomId keyIn(TypingChange change) {
    return change.room();
  }

  static UserId user(int value) {
    return UserId.parse("@user" + value + ":tck.example");
  }
}
