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
 * Selects the room events for an application service: from the window if possible, else from the store. Thread-safe.
 */
public final class ServiceReads {
  private final ServiceRooms rooms;
  private final DueEvents dueEvents;
  private final LogReads logReads;

  public ServiceReads(ServiceRooms rooms, DueEvents dueEvents, LogReads logReads) {
    this.rooms = rooms;
    this.dueEvents = dueEvents;
    this.logReads = logReads;
  }

  /** Returns the room events of a look, from the window if it reaches back far enough. May block. */
  public ServicePart find(LookRequest look, ServiceReader service) {
    Optional<ServiceReader.Found> inWindow = rooms.inWindow(look, service);
    if (inWindow.isPresent()) {
      WindowFindings found =
          new WindowFindings(new ArrayList<>(), inWindow.get().joinsAndLeaves(), new HashSet<>());
      inWindow.get().due().forEach(entry -> found.add(entry, false));
      Optional<RoomPart> part = dueEvents.unlessErased(look, found, true);
      if (part.isPresent()) {
        return new ServicePart(part.get(), inWindow.get().entered());
      }
    }
    return fromStore(look, service);
  }

  /** Reads the store. A service is no member, so events of erased users are redacted for it. */
  private ServicePart fromStore(LookRequest look, ServiceReader service) {
    RoomView stranger = RoomView.of(service.service().sender(), Timelines.EMPTY, look.upTo());
    Set<RoomId> entered = new HashSet<>();
    RoomPart part = logReads.read(look, Interest.everything(), (after, page) -> {
      ServiceRooms.RangeInterest interest = rooms.interestIn(service, page.events(), after);
      return new LogReads.PageFilter(
          event -> stranger,
          (event, view) -> interest.isInterested(event, entered),
          interest::isDue);
    });
    return new ServicePart(part, entered);
  }
}
