package io.github.matrixsync.internal.appservice;

import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.internal.log.JoinsAndLeaves;
import io.github.matrixsync.internal.log.RoomPart;
import java.util.Set;

/**
 * The room events of one look of an application service, and the rooms that it came into.
 *
 * @param part the events
 * @param entered the rooms that the first of the service's users joined by one of these events
 */
public record ServicePart(RoomPart part, Set<RoomId> entered) {
  /** Returns the joins and leaves in it. The service's own users count as other users. */
  public JoinsAndLeaves joinsAndLeaves() {
    return JoinsAndLeaves.ofOthers(part).withEntered(entered);
  }
}
