package io.github.matrixsync;

import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.store.EventStore;
import io.github.matrixsync.store.MemberChange;
import io.github.matrixsync.store.RoomDirectory;
import io.github.matrixsync.store.StateChange;
import io.github.matrixsync.store.StoredEvent;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds out which rooms are of interest to application services: in two store calls for any number of rooms. May block. Thread-safe. */
final class ServiceRooms {
  private final EventStore events;
  private final @Nullable RoomDirectory directory;

  ServiceRooms(SyncEngineBuilder given) {
    events = given.events;
    directory = given.directory;
  }

  /** Returns the interest of a service in the rooms of some events, which are all that follow {@code after} up to some position. */
  Stretch stretch(Service service, Collection<StoredEvent> following, long after) {
    Set<RoomId> rooms = new HashSet<>();
    following.forEach(event -> rooms.add(event.event().room()));
    Set<RoomId> named = named(service, rooms);
    rooms.removeAll(named);
    Stretch stretch = new Stretch(service, named, occupancies(service, rooms, after));
    following.forEach(stretch::take);
    return stretch;
  }

  /** Returns those of {@code rooms} that are of interest at {@code position}. */
  Set<RoomId> ofInterest(Service service, Collection<RoomId> rooms, long position) {
    Set<RoomId> others = new HashSet<>(rooms);
    Set<RoomId> found = named(service, others);
    others.removeAll(found);
    occupancies(service, others, position).forEach((room, occupancy) -> {
      if (occupancy.isAt(position)) {
        found.add(room);
      }
    });
    return found;
  }

  /** Returns those of {@code rooms} that match by their id or by one of their present aliases. */
  private Set<RoomId> named(Service service, Collection<RoomId> rooms) {
    Set<RoomId> named = new HashSet<>();
    Set<RoomId> others = new HashSet<>();
    rooms.forEach(room -> (service.namespaces().matchesRoom(room) ? named : others).add(room));
    if (directory != null && service.namespaces().hasAliases() && !others.isEmpty()) {
      directory.aliases(others).forEach((room, aliases) -> {
        if (aliases.stream().anyMatch(service.namespaces()::matchesAlias)) {
          named.add(room);
        }
      });
    }
    return named;
  }

  private Map<RoomId, Occupancy> occupancies(
      Service service, Collection<RoomId> rooms, long position) {
    Map<RoomId, Occupancy> found = new HashMap<>();
    if (!rooms.isEmpty()) {
      events
          .joinedMembers(rooms, position)
          .forEach((room, members) -> found.put(
              room, new Occupancy((int) members.stream().filter(service::owns).count())));
    }
    return found;
  }

  /** What is of interest to one service in a stretch of the log. Confined to one thread. */
  static final class Stretch {
    private final Service service;
    private final Set<RoomId> named;
    private final Map<RoomId, Occupancy> occupancies;

    private Stretch(Service service, Set<RoomId> named, Map<RoomId, Occupancy> occupancies) {
      this.service = service;
      this.named = named;
      this.occupancies = occupancies;
    }

    private void take(StoredEvent event) {
      Occupancy occupancy = occupancies.get(event.event().room());
      for (StateChange change : occupancy == null ? Set.<StateChange>of() : event.changes()) {
        if (change instanceof MemberChange member && service.owns(member.user())) {
          occupancy.take(member, 0);
        }
      }
    }

    /** Returns whether an event of the stretch is due to the service. */
    boolean isDue(StoredEvent event) {
      RoomId room = event.event().room();
      Occupancy occupancy = occupancies.get(room);
      boolean interested =
          named.contains(room) || (occupancy != null && occupancy.isAround(event.position()));
      return StreamLaw.isDueToService(event, service.isSubject(event), interested);
    }
  }
}
