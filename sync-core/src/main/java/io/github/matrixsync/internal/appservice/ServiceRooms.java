package io.github.matrixsync.internal.appservice;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.internal.delivery.LookRequest;
import io.github.matrixsync.internal.log.DeliveryRule;
import io.github.matrixsync.internal.log.Window;
import io.github.matrixsync.internal.stores.Stores;
import io.github.matrixsync.store.EventStore;
import io.github.matrixsync.store.RoomDirectory;
import io.github.matrixsync.store.model.StoredEvent;
import io.github.matrixsync.store.state.MemberChange;
import io.github.matrixsync.store.state.StateChange;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the rooms of interest to application services: from the services' readers, else in one store call for all
 * rooms. Rooms that may match by an alias cost one call of the directory, which is read as of now each time.
 * Thread-safe.
 */
public final class ServiceRooms {
  private static final int MOST_SERVICES = 100;

  private final EventStore events;
  private final Window window;
  private final RoomDirectory directory;
  private final boolean hasDirectory;
  private final LoadingCache<AppService, ServiceReader> readers = Caffeine.newBuilder()
      .maximumSize(MOST_SERVICES)
      .executor(Runnable::run)
      .build(ServiceReader::new);

  public ServiceRooms(Stores stores, Window window) {
    this.events = stores.events();
    this.window = window;
    this.directory = stores.directory();
    this.hasDirectory = stores.hasDirectory();
  }

  /** Returns the reader of a service. */
  public ServiceReader reader(AppService service) {
    return readers.get(service);
  }

  /** Returns what a look finds in the window; empty if the window does not reach back. May block. */
  Optional<ServiceReader.Found> inWindow(LookRequest look, ServiceReader reader) {
    Window.View view = window.view();
    if (view.after() > look.after()) {
      return Optional.empty();
    }
    Set<RoomId> asked = new HashSet<>();
    for (int i = view.indexAfter(look.after());
        i < view.end() && view.entry(i).position() <= look.upTo();
        i++) {
      asked.add(view.entry(i).stored().event().room());
    }
    ensureCached(reader, view, asked, look.after());
    Optional<ServiceReader.Found> found = reader.find(look, view, Set.of());
    Set<RoomId> skipped = found.map(ServiceReader.Found::skipped).orElse(Set.of());
    if (!skipped.isEmpty() && asksForAliases(reader.service())) {
      Set<RoomId> aliased = aliased(reader.service(), skipped);
      found = aliased.isEmpty() ? found : reader.find(look, view, aliased);
    }
    return found;
  }

  /** Returns the interest of a service in the rooms of consecutive events that begin after {@code after}. May block. */
  RangeInterest interestIn(ServiceReader reader, Collection<StoredEvent> chunk, long after) {
    Set<RoomId> rooms = new HashSet<>();
    chunk.forEach(event -> rooms.add(event.event().room()));
    Set<RoomId> named = named(reader.service(), rooms);
    rooms.removeAll(named);
    RangeInterest interest =
        new RangeInterest(reader.users(), named, occupancies(reader, rooms, after));
    chunk.forEach(interest::take);
    return interest;
  }

  /** Returns those of {@code rooms} that are of interest at {@code position}. May block. */
  public Set<RoomId> ofInterest(ServiceReader reader, Collection<RoomId> rooms, long position) {
    Window.View view = window.view();
    if (view.after() <= position) {
      ensureCached(reader, view, rooms, position);
    }
    Set<RoomId> found =
        reader.ofInterest(rooms, position).orElseGet(() -> read(reader, rooms, position));
    Set<RoomId> others = new HashSet<>(rooms);
    others.removeAll(found);
    found.addAll(aliased(reader.service(), others));
    return found;
  }

  /** Makes sure that a reader has rooms cached, reading them if needed. */
  private void ensureCached(
      ServiceReader reader, Window.View view, Collection<RoomId> rooms, long position) {
    Set<RoomId> unknown = reader.unknown(view, rooms, position);
    if (!unknown.isEmpty()) {
      reader.cacheMembers(window.view(), events.joinedMembers(unknown, position), position);
    }
  }

  private Set<RoomId> read(ServiceReader reader, Collection<RoomId> rooms, long position) {
    Set<RoomId> found = new HashSet<>();
    occupancies(reader, rooms, position).forEach((room, occupancy) -> {
      if (occupancy.isAt(position) || reader.service().namespaces().matchesRoom(room)) {
        found.add(room);
      }
    });
    return found;
  }

  /** Returns those of {@code rooms} that match by their id or by one of their present aliases. */
  private Set<RoomId> named(AppService service, Collection<RoomId> rooms) {
    Set<RoomId> named = new HashSet<>();
    Set<RoomId> others = new HashSet<>();
    rooms.forEach(room -> (service.namespaces().matchesRoom(room) ? named : others).add(room));
    named.addAll(aliased(service, others));
    return named;
  }

  private boolean asksForAliases(AppService service) {
    return hasDirectory && service.namespaces().hasAliases();
  }

  private Set<RoomId> aliased(AppService service, Collection<RoomId> rooms) {
    Set<RoomId> aliased = new HashSet<>();
    if (asksForAliases(service) && !rooms.isEmpty()) {
      directory.aliases(rooms).forEach((room, aliases) -> {
        if (aliases.stream().anyMatch(service.namespaces()::matchesAlias)) {
          aliased.add(room);
        }
      });
    }
    return aliased;
  }

  private Map<RoomId, Occupancy> occupancies(
      ServiceReader reader, Collection<RoomId> rooms, long position) {
    Map<RoomId, Occupancy> found = new HashMap<>();
    if (!rooms.isEmpty()) {
      events
          .joinedMembers(rooms, position)
          .forEach((room, members) -> found.put(room, Occupancy.of(reader.users(), members)));
    }
    return found;
  }

  /** Decides which events of a range of the log are of interest to one service. Confined to one thread. */
  static final class RangeInterest {
    private final ServiceUsers users;
    private final Set<RoomId> named;
    private final Map<RoomId, Occupancy> occupancies;

    private RangeInterest(
        ServiceUsers users, Set<RoomId> named, Map<RoomId, Occupancy> occupancies) {
      this.users = users;
      this.named = named;
      this.occupancies = occupancies;
    }

    private void take(StoredEvent event) {
      Occupancy occupancy = occupancies.get(event.event().room());
      if (occupancy != null) {
        for (StateChange change : event.changes()) {
          if (change instanceof MemberChange member && users.contains(member.user())) {
            occupancy.take(member, 0);
          }
        }
      }
    }

    /**
     * Returns whether the room of an event of the range is of interest at it or right before it.
     *
     * @param entered gets the room added if the first of the service's users joined by this event
     */
    boolean isInterested(StoredEvent event, Set<RoomId> entered) {
      RoomId room = event.event().room();
      Occupancy occupancy = occupancies.get(room);
      if (occupancy != null && occupancy.beginsAt(event.position())) {
        entered.add(room);
      }
      return named.contains(room) || (occupancy != null && occupancy.isAround(event.position()));
    }

    /** Returns whether an event of the range is delivered to the service. */
    boolean isDue(StoredEvent event, boolean interested) {
      return DeliveryRule.isDueToService(event, users::contains, interested);
    }
  }
}
