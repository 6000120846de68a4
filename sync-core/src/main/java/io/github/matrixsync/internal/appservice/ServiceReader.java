package io.github.matrixsync.internal.appservice;

import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.delivery.LookRequest;
import io.github.matrixsync.internal.log.DeliveryRule;
import io.github.matrixsync.internal.log.JoinsAndLeaves;
import io.github.matrixsync.internal.log.Window;
import io.github.matrixsync.internal.log.WindowEntry;
import io.github.matrixsync.store.model.StoredEvent;
import io.github.matrixsync.store.state.MemberChange;
import io.github.matrixsync.store.state.StateChange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Caches in which rooms an application service's users are, as far back as the window reaches.
 *
 * <p>A room's members are read when the room is first needed, as of a position inside the window; later changes of the
 * window are applied on each call. The follower does nothing for services: their patterns are evaluated by their own
 * polls. Thread-safe; the looks of a service are made one after another, so the lock is not contended.
 */
public final class ServiceReader {
  /** Above this number of rooms, those without an event in the window are dropped. */
  static final int MOST_ROOMS = 10_000;

  private final AppService service;
  private final ServiceUsers users;
  private final Map<RoomId, Known> rooms = new HashMap<>(); // guarded by this
  private long after; // guarded by this
  private long through; // guarded by this
  private int mostRooms = MOST_ROOMS; // guarded by this

  /** The cached occupancy of a room, for positions from {@code since} on. */
  private static final class Known {
    private final boolean named;
    private final long since;
    private final Occupancy occupancy;
    private long lastSeen;

    Known(boolean named, long since, Occupancy occupancy) {
      this.named = named;
      this.since = since;
      this.occupancy = occupancy;
      this.lastSeen = since;
    }
  }

  /**
   * The events that a look found in the window.
   *
   * @param due the events to return
   * @param joinsAndLeaves events of interest that are not returned, but are joins or leaves
   * @param entered the rooms that the first of the service's users joined
   * @param skipped the rooms with events that are not returned, unless the room matches by an alias
   */
  record Found(
      List<WindowEntry> due,
      List<StoredEvent> joinsAndLeaves,
      Set<RoomId> entered,
      Set<RoomId> skipped) {}

  ServiceReader(AppService service) {
    this.service = service;
    this.users = new ServiceUsers(service);
  }

  AppService service() {
    return service;
  }

  ServiceUsers users() {
    return users;
  }

  /** Returns those of {@code asked} that are not cached for {@code position}. */
  synchronized Set<RoomId> unknown(Window.View view, Collection<RoomId> asked, long position) {
    roll(view);
    Set<RoomId> unknown = new HashSet<>();
    for (RoomId room : asked) {
      if (known(room, position) == null) {
        if (service.namespaces().matchesRoom(room)) {
          rooms.put(room, new Known(true, Long.MIN_VALUE, Occupancy.of(users, Set.of())));
        } else {
          unknown.add(room);
        }
      }
    }
    return unknown;
  }

  /**
   * Caches who is joined to rooms at {@code position}. Does nothing if the window no longer reaches back there, or has
   * advanced beyond {@code view}.
   */
  synchronized void cacheMembers(
      Window.View view, Map<RoomId, Set<UserId>> members, long position) {
    roll(view);
    if (after > position || endOf(view) < through) {
      return;
    }
    Map<RoomId, Known> added = new HashMap<>();
    members.forEach((room, joined) -> {
      if (known(room, position) == null) {
        added.put(room, new Known(false, position, Occupancy.of(users, joined)));
      }
    });
    for (int i = view.indexAfter(position); i < view.end(); i++) {
      take(view.entry(i), added);
    }
    rooms.putAll(added);
  }

  /**
   * Returns what a look finds in {@code view}; empty if the view does not reach back far enough, or a room is not
   * cached.
   *
   * @param aliased the rooms that match by an alias
   */
  synchronized Optional<Found> find(LookRequest look, Window.View view, Set<RoomId> aliased) {
    roll(view);
    if (after > look.after()) {
      return Optional.empty();
    }
    Found found = new Found(new ArrayList<>(), new ArrayList<>(), new HashSet<>(), new HashSet<>());
    for (int i = view.indexAfter(look.after()); i < view.end(); i++) {
      WindowEntry entry = view.entry(i);
      if (entry.position() > look.upTo() || found.due().size() == look.limit()) {
        break;
      }
      RoomId room = entry.stored().event().room();
      Known known = known(room, look.after());
      if (known == null) {
        return Optional.empty();
      }
      add(entry, known, known.named || aliased.contains(room), found);
    }
    return Optional.of(found);
  }

  private void add(WindowEntry entry, Known known, boolean named, Found found) {
    StoredEvent event = entry.stored();
    boolean interested = named || known.occupancy.isAround(event.position());
    if (DeliveryRule.isDueToService(event, users::contains, interested)) {
      found.due().add(entry);
    } else if (!interested) {
      found.skipped().add(event.event().room());
    } else if (JoinsAndLeaves.areIn(event)) {
      found.joinsAndLeaves().add(event);
    }
    if (!named && known.occupancy.beginsAt(event.position())) {
      found.entered().add(event.event().room());
    }
  }

  /**
   * Returns those of {@code asked} that are of interest at {@code position} other than by an alias; empty if not all
   * are cached.
   */
  synchronized Optional<Set<RoomId>> ofInterest(Collection<RoomId> asked, long position) {
    Set<RoomId> found = new HashSet<>();
    for (RoomId room : asked) {
      Known known = after > position ? null : known(room, position);
      if (known == null) {
        return Optional.empty();
      }
      if (known.named || known.occupancy.isAt(position)) {
        found.add(room);
      }
    }
    return Optional.of(found);
  }

  /** Returns the number of cached rooms. */
  synchronized int size() {
    return rooms.size();
  }

  private @Nullable Known known(RoomId room, long position) {
    Known known = rooms.get(room);
    return known == null || known.since > position ? null : known;
  }

  /**
   * Applies the changes of a view, unless a newer view was applied already. Clears the cache if the window has moved
   * past all that it covers.
   */
  private void roll(Window.View view) {
    if (endOf(view) < through || view.after() < after) {
      return;
    }
    if (view.after() > through) {
      rooms.clear();
    }
    after = view.after();
    for (int i = view.indexAfter(through); i < view.end(); i++) {
      take(view.entry(i), rooms);
    }
    through = endOf(view);
    forgetIdle();
  }

  private void take(WindowEntry entry, Map<RoomId, Known> into) {
    Known known = into.get(entry.stored().event().room());
    if (known == null) {
      return;
    }
    known.lastSeen = entry.position();
    if (known.named) {
      return;
    }
    for (StateChange change : entry.stored().changes()) {
      if (change instanceof MemberChange member && users.contains(member.user())) {
        known.occupancy.take(member, after);
      }
    }
  }

  private void forgetIdle() {
    if (rooms.size() > mostRooms) {
      rooms.values().removeIf(known -> known.lastSeen <= after);
      mostRooms = Math.max(MOST_ROOMS, 2 * rooms.size());
    }
  }

  /** Returns the position up to which a view is complete. */
  private static long endOf(Window.View view) {
    return view.size() == 0 ? view.after() : view.entry(view.end() - 1).position();
  }
}
