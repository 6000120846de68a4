package io.github.matrixsync.homeserver.appservice;

import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.homeserver.registration.Service;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Which rooms application services have listed for the networks that they connect. These lists are read apart from
 * that of the server, or with it. In memory. Thread-safe.
 *
 * @since 0.1.0
 */
public final class NetworkLists {
  private final Map<String, Set<RoomId>> rooms = new ConcurrentHashMap<>();

  /** Creates the object without any list. */
  public NetworkLists() {}

  /** Adds a room to a list or removes it. */
  public void set(Service service, String network, RoomId room, boolean isListed) {
    Set<RoomId> list =
        rooms.computeIfAbsent(service.id() + "|" + network, id -> ConcurrentHashMap.newKeySet());
    if (isListed) {
      list.add(room);
    } else {
      list.remove(room);
    }
  }

  /**
   * Returns the rooms of a list.
   *
   * @param instance the ids of the service and the network, with a bar in between, as homeservers have it
   */
  public Set<RoomId> of(String instance) {
    return Set.copyOf(rooms.getOrDefault(instance, Set.of()));
  }

  /** Returns the rooms of all lists. */
  public Set<RoomId> all() {
    return rooms.values().stream().flatMap(Set::stream).collect(Collectors.toUnmodifiableSet());
  }
}
