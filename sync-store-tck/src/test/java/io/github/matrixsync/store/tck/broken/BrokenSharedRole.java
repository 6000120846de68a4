package io.github.matrixsync.store.tck.broken;

import io.github.matrixsync.event.RoomAlias;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.ephemeral.PresenceChange;
import io.github.matrixsync.store.tck.reference.Pause;
import io.github.matrixsync.store.tck.reference.ReferenceDirectory;
import io.github.matrixsync.store.tck.reference.ReferencePresences;
import io.github.matrixsync.store.tck.reference.ReferenceSettings;
import io.github.matrixsync.store.tck.reference.ReferenceStream;
import io.github.matrixsync.store.tck.reference.ReferenceTyping;
import io.github.matrixsync.store.tck.reference.StoresUnderTest;
import io.github.matrixsync.store.tck.support.Rule;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongFunction;

/** Small roles whose instances forget that there are others. */
public final class BrokenSharedRole {
  public static final List<BrokenRole> ALL = List.of(
      presence(Rule.P1, "positions are taken back where others have taken more", TakesBack::new),
      presence(Rule.L1, "refresh calls no listener", RefreshIsSilent::new),
      presence(Rule.L1, "signals reach no other instance", KeepsSignals::new),
      presence(Rule.C1, "no change is decided by what was seen here", ComparesSeen::new),
      presence(Rule.C1, "positions from a sequence, committed late", CommitsLate::new),
      presence(Rule.C2, "what was read once stays current", CachesCurrent::new),
      typing(Rule.T1, "the next deadline stays if nothing ended", DeadlineStays::new),
      typing(Rule.T1, "the next deadline is not looked up again", DeadlineNotLookedUp::new),
      typing(Rule.T2, "refresh keeps quiet about a deadline", QuietRefresh::new),
      settings(Rule.N1, "settings are cached until a signal", CachesSettings::new),
      settings(Rule.L1, "the others hear of every other change", EveryOther::new),
      settings(Rule.L1, "the others hear of the first user alone", FirstAlone::new),
      new BrokenRole(
          Rule.N1, "aliases are cached", () -> StoresUnderTest.directory = CachesAliases::new));

  private BrokenSharedRole() {}

  private static BrokenRole presence(
      Rule rule, String how, LongFunction<ReferencePresences> maker) {
    return new BrokenRole(rule, how, () -> StoresUnderTest.presences = maker);
  }

  private static BrokenRole typing(Rule rule, String how, LongFunction<ReferenceTyping> maker) {
    return new BrokenRole(rule, how, () -> StoresUnderTest.typing = maker);
  }

  private static BrokenRole settings(
      Rule rule, String how, Function<ReferenceSettings.Tables, ReferenceSettings> maker) {
    return new BrokenRole(rule, how, () -> StoresUnderTest.settings = maker);
  }

  /** Gives a position out before it is stored, and takes it back, though others saw it. */
  private static final class TakesBack extends ReferencePresences {
    TakesBack(long firstPosition) {
      super(firstPosition);
    }

    @Override
    public long set(PresenceChange presence) {
      Runnable pause = Pause.next();
      try {
        pause.run();
      } catch (RuntimeException rolledBack) {
        synchronized (storage) {
          storage.last++;
          storage.instances.forEach(ReferenceStream::take);
          storage.last--;
        }
        throw rolledBack;
      }
      return super.set(presence);
    }

    @Override
    public void take() {
      watermark = Math.max(watermark, storage.last);
    }
  }

  private static final class RefreshIsSilent extends ReferencePresences {
    RefreshIsSilent(long firstPosition) {
      super(firstPosition);
    }

    @Override
    public void found() {}
  }

  private static final class KeepsSignals extends ReferencePresences {
    KeepsSignals(long firstPosition) {
      super(firstPosition);
    }

    @Override
    public List<ReferenceStream<?, PresenceChange>> reached() {
      return List.of(this);
    }
  }

  /** Keeps what it has seen and set, and sets nothing that is there already. */
  private static final class ComparesSeen extends ReferencePresences {
    private final Map<UserId, PresenceChange> seen = new HashMap<>(); // guarded by storage

    ComparesSeen(long firstPosition) {
      super(firstPosition);
    }

    @Override
    public long set(PresenceChange presence) {
      Pause.next().run();
      long position;
      synchronized (storage) {
        PresenceChange known = seen.get(presence.user());
        if (known != null && known.equals(at(presence, known.position()))) {
          return known.position();
        }
        position = put(next -> at(presence, next));
        seen.put(presence.user(), at(presence, position));
      }
      publish();
      return position;
    }
  }

  private static final class CommitsLate extends ReferencePresences {
    CommitsLate(long firstPosition) {
      super(firstPosition);
    }

    @Override
    public long set(PresenceChange presence) {
      Runnable pause = Pause.next();
      long position;
      synchronized (storage) {
        for (PresenceChange row : storage.rows) {
          if (row.equals(at(presence, row.position()))) {
            return row.position();
          }
        }
        position = ++storage.last;
      }
      pause.run();
      synchronized (storage) {
        storage.rows.removeIf(row -> row.user().equals(presence.user()));
        storage.rows.add(at(presence, position));
      }
      publish();
      return position;
    }
  }

  private static final class CachesCurrent extends ReferencePresences {
    private final Map<UserId, List<PresenceChange>> cache = new ConcurrentHashMap<>();

    CachesCurrent(long firstPosition) {
      super(firstPosition);
    }

    @Override
    public long set(PresenceChange presence) {
      long position = super.set(presence);
      cache.clear();
      return position;
    }

    @Override
    public List<PresenceChange> current(Collection<UserId> keys) {
      return keys.stream()
          .distinct()
          .flatMap(user -> cache.computeIfAbsent(user, key -> super.current(List.of(key))).stream())
          .toList();
    }
  }

  private static final class DeadlineStays extends ReferenceTyping {
    DeadlineStays(long firstPosition) {
      super(firstPosition);
    }

    @Override
    public void ended(Set<RoomId> rooms) {
      if (!rooms.isEmpty()) {
        take();
      }
    }
  }

  private static final class DeadlineNotLookedUp extends ReferenceTyping {
    DeadlineNotLookedUp(long firstPosition) {
      super(firstPosition);
    }

    @Override
    public boolean look() {
      synchronized (storage) {
        Instant before = nextDeadline;
        boolean isNew = super.look();
        nextDeadline = isNew || before == null ? nextDeadline : before;
        return isNew;
      }
    }
  }

  private static final class QuietRefresh extends ReferenceTyping {
    QuietRefresh(long firstPosition) {
      super(firstPosition);
    }

    @Override
    public boolean look() {
      synchronized (storage) {
        long before = watermark;
        return super.look() && watermark > before;
      }
    }
  }

  private static final class CachesSettings extends ReferenceSettings {
    private final Map<UserId, Set<UserId>> cache = new ConcurrentHashMap<>();

    CachesSettings(Tables tables) {
      super(tables);
    }

    @Override
    public Set<UserId> ignored(UserId user) {
      return cache.computeIfAbsent(user, super::ignored);
    }

    @Override
    public void tell(UserId user) {
      cache.remove(user);
      super.tell(user);
    }
  }

  private static final class EveryOther extends ReferenceSettings {
    private int told;

    EveryOther(Tables tables) {
      super(tables);
    }

    @Override
    public synchronized void tell(UserId user) {
      if (told++ % 2 == 0) {
        super.tell(user);
      }
    }
  }

  private static final class FirstAlone extends ReferenceSettings {
    private Optional<UserId> first = Optional.empty();

    FirstAlone(Tables tables) {
      super(tables);
    }

    @Override
    public synchronized void tell(UserId user) {
      first = first.or(() -> Optional.of(user));
      if (first.get().equals(user)) {
        super.tell(user);
      }
    }
  }

  private static final class CachesAliases extends ReferenceDirectory {
    private final Map<RoomAlias, Optional<RoomId>> cache = new ConcurrentHashMap<>();

    CachesAliases(Tables tables) {
      super(tables);
    }

    @Override
    public Optional<RoomId> resolve(RoomAlias alias) {
      return cache.computeIfAbsent(alias, super::resolve);
    }
  }
}
