package io.github.matrixsync.store.postgres.internal.stream;

import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.Registration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * The users whose settings changed, up to the position that this node's listeners were called for. Thread-safe; does no
 * I/O.
 */
public final class SettingsChanges {
  private final AtomicLong told = new AtomicLong(Long.MAX_VALUE);
  private final Listeners<Consumer<UserId>> listeners = new Listeners<>();

  /** Adds a listener that is called with the user whose settings changed. */
  public Registration onChange(Consumer<UserId> listener) {
    return listeners.add(listener);
  }

  /** Tells that a user's settings were changed on this node. */
  public void changed(UserId user) {
    listeners.call(listener -> listener.accept(user));
  }

  /** Returns the position up to which all changes were told; the greatest number before the first look. */
  long told() {
    return told.get();
  }

  /** Tells changes, the last of which has this position. */
  void tell(List<UserId> users, long through) {
    users.forEach(this::changed);
    told.updateAndGet(known -> known == Long.MAX_VALUE ? through : Math.max(known, through));
  }
}
