package io.github.matrixsync.store.tck.reference;

import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.Registration;
import io.github.matrixsync.store.SettableUserSettings;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Settings as plainly as they can be written. Every instance reads the same tables. Thread-safe. */
public class ReferenceSettings implements SettableUserSettings {
  /** What all instances share. Guarded by its own monitor, but for the instances. */
  public static final class Tables {
    public final Map<UserId, Set<UserId>> ignored = new HashMap<>();
    public final Map<UserId, Set<RoomId>> forgotten = new HashMap<>();
    public final Map<UserId, Set<UserId>> presenceLists = new HashMap<>();
    public final Set<UserId> erased = new HashSet<>();
    public final Set<UserId> blocksInvites = new HashSet<>();
    public final List<ReferenceSettings> instances = new CopyOnWriteArrayList<>();
  }

  public final Tables tables;
  public volatile boolean signals = true;
  public final List<Consumer<UserId>> listeners = new CopyOnWriteArrayList<>();

  @SuppressWarnings("this-escape") // Others only tell it of changes.
  public ReferenceSettings(Tables tables) {
    this.tables = tables;
    tables.instances.add(this);
  }

  public void change(UserId user, Runnable change) {
    synchronized (tables) {
      change.run();
    }
    tables.instances.forEach(instance -> {
      if (instance == this || instance.signals) {
        instance.tell(user);
      }
    });
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
  public Set<UserId> ignored(UserId user) {
    synchronized (tables) {
      return Set.copyOf(tables.ignored.getOrDefault(user, Set.of()));
    }
  }

  @Override
  public Set<RoomId> forgotten(UserId user) {
    synchronized (tables) {
      return Set.copyOf(tables.forgotten.getOrDefault(user, Set.of()));
    }
  }

  @Override
  public Set<UserId> presenceList(UserId user) {
    synchronized (tables) {
      return Set.copyOf(tables.presenceLists.getOrDefault(user, Set.of()));
    }
  }

  @Override
  public Set<UserId> erased(Collection<UserId> users) {
    Set<UserId> found = new HashSet<>(users);
    synchronized (tables) {
      found.retainAll(tables.erased);
    }
    return Set.copyOf(found);
  }

  @Override
  public Set<UserId> blocksInvites(Collection<UserId> users) {
    Set<UserId> found = new HashSet<>(users);
    synchronized (tables) {
      found.retainAll(tables.blocksInvites);
    }
    return Set.copyOf(found);
  }

  @Override
  public Registration onChange(Consumer<UserId> listener) {
    Consumer<UserId> own = listener::accept;
    listeners.add(own);
    return () -> listeners.remove(own);
  }

  @Override
  public void setIgnored(UserId user, Set<UserId> users) {
    change(user, () -> tables.ignored.put(user, Set.copyOf(users)));
  }

  @Override
  public void forget(UserId user, RoomId room) {
    change(user, () -> tables.forgotten.merge(user, Set.of(room), ReferenceSettings::union));
  }

  @Override
  public void unforget(UserId user, RoomId room) {
    change(user, () -> {
      Set<RoomId> rest = new HashSet<>(tables.forgotten.getOrDefault(user, Set.of()));
      rest.remove(room);
      tables.forgotten.put(user, Set.copyOf(rest));
    });
  }

  @Override
  public void setPresenceList(UserId user, Set<UserId> users) {
    change(user, () -> tables.presenceLists.put(user, Set.copyOf(users)));
  }

  @Override
  public void erase(UserId user) {
    change(user, () -> tables.erased.add(user));
  }

  @Override
  public void setBlocksInvites(UserId user, boolean blocks) {
    change(user, () -> {
      if (blocks) {
        tables.blocksInvites.add(user);
      } else {
        tables.blocksInvites.remove(user);
      }
    });
  }

  public static <T> Set<T> union(Set<T> some, Set<T> others) {
    Set<T> all = new HashSet<>(some);
    all.addAll(others);
    return Set.copyOf(all);
  }
}
