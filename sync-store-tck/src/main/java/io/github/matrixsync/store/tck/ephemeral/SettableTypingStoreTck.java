package io.github.matrixsync.store.tck.ephemeral;

import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.ephemeral.SettableTypingStore;
import io.github.matrixsync.store.ephemeral.TypingChange;
import io.github.matrixsync.store.tck.rules.stream.SettableRules;
import java.time.Instant;

/**
 * The contract of a {@link SettableTypingStore}: all of {@link TypingStoreTck}, and the changes that setting makes.
 *
 * @param <S> the store's type
 * @since 0.1.0
 */
@SuppressWarnings("exports") // The rules are inherited and never named.
public abstract class SettableTypingStoreTck<S extends SettableTypingStore>
    extends TypingStoreTck<S> implements SettableRules<TypingChange> {
  /** For subclasses. */
  protected SettableTypingStoreTck() {}

  @Override
  public final SettableTypingStore tested() {
    return recorded(SettableTypingStore.class);
  }

  @Override
  public final void start(RoomId room, UserId user, Instant deadline) {
    tested().start(room, user, deadline);
  }

  @Override
  public final void stop(RoomId room, UserId user) {
    tested().stop(room, user);
  }

  @Override
  public final void changeBack(int key, int value) {
    stop(key(key), user(value));
    change(key, value);
  }
}
