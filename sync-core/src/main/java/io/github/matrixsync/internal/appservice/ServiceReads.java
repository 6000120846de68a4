package io.github.matrixsync.internal.appservice;

import io.github.matrixsync.domain.visibility.RoomView;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.internal.delivery.DueEvents;
import io.github.matrixsync.internal.delivery.LogReads;
import io.github.matrixsync.internal.delivery.LookRequest;
import io.github.matrixsync.internal.delivery.WindowFindings;
import io.github.matrixsync.internal.log.RoomPart;
import io.github.matrixsync.store.model.Interest;
import io.github.matrixsync.store.state.Timelines;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the room events that are due to an application service: in the window if that serves, else in the store.
 * Thread-safe.
 */
public final class ServiceReads {
  private final ServiceRooms rooms;
  private final DueEvents window;
  private final LogReads log;

  public ServiceReads(ServiceRooms rooms, DueEvents window, LogReads log) {
    this.rooms = rooms;
    this.window = window;
    this.log = log;
  }

  /**
   * Returns what is due to an application service.
   *
   * @param mayBlock whether the store may be read; if not, the answer is empty when it must be
   */
  public Optional<ServicePart> find(LookRequest look, ServiceReader service, boolean mayBlock) {
    Optional<ServiceReader.Found> inWindow = rooms.inWindow(look, service, mayBlock);
    if (inWindow.isPresent()) {
      WindowFindings found =
          new WindowFindings(new ArrayList<>(), inWindow.get().moving(), new HashSet<>());
      inWindow.get().due().forEach(entry -> found.add(entry, false));
      Optional<RoomPart> part = window.unlessErased(look, found, mayBlock);
      if (part.isPresent()) {
        return Optional.of(new ServicePart(part.get(), inWindow.get().entered()));
      }
    }
    return mayBlock ? Optional.of(fromStore(look, service)) : Optional.empty();
  }

  /** A service is no member: it gets what erased users sent as strangers do. */
  private ServicePart fromStore(LookRequest look, ServiceReader service) {
    RoomView stranger = RoomView.of(service.service().sender(), Timelines.EMPTY, look.upTo());
    Set<RoomId> entered = new HashSet<>();
    RoomPart part = log.read(look, Interest.everything(), (after, page) -> {
      ServiceRooms.Stretch stretch = rooms.stretch(service, page.events(), after);
      return new LogReads.Law(
          event -> stranger, (event, view) -> stretch.isInterested(event, entered), stretch::isDue);
    });
    return new ServicePart(part, entered);
  }
}
