package io.github.matrixsync.store.tck.reference;

import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.Registration;
import io.github.matrixsync.store.UserSettings;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Settings as plainly as they can be written. Thread-safe. */
public class ReferenceSettings implements UserSettings {
  public final Map<UserId, Set<UserId>> ignored = new HashMap<>(); // guarded by this
  public final Map<UserId, Set<RoomId>> forgotten = new HashMap<>(); // guarded by this
  public final Map<UserId, Set<UserId>> presenceLists = new HashMap<>(); // guarded by this
  public final Set<UserId> erased = new HashSet<>(); // guarded by this
  public final List<Consumer<UserId>> listeners = new CopyOnWriteArrayList<>();

  public void change(UserId user, Runnable change) {
    synchronized (this) {
      change.run();
    }
    tell(user);
  }

  public void tell(UserId user) {
    for (Consumer<UserId> listener : listeners) {
      try {
        listener.accept(user);
      } catch (RuntimeException ignored) {
        // The contract: a listener's failure harms nobody.
      }
    }
  }

  @Override
  public synchronized Set<UserId> ignored(UserId user) {
    return Set.copyOf(ignored.getOrDefault(user, Set.of()));
  }

  @Override
  public synchronized Set<RoomId> forgotten(UserId user) {
    return Set.copyOf(forgotten.getOrDefault(user, Set.of()));
  }

  @Override
  public synchronized Set<UserId> presenceList(UserId user) {
    return Set.copyOf(presenceLists.getOrDefault(user, Set.of()));
  }

  @Override
  public synchronized Set<UserId> erased(Collection<UserId> users) {
    Set<UserId> found = new HashSet<>(users);
    found.retainAll(erased);
    return Set.copyOf(found);
  }

  @Override
  public Registration onChange(Consumer<UserId> listener) {
    Consumer<UserId> own = listener::accept;
    listeners.add(own);
    return () -> listeners.remove(own);
  }
}
