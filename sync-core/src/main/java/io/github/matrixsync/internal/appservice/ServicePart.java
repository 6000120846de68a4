package io.github.matrixsync.internal.appservice;

import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.internal.log.JoinsAndLeaves;
import io.github.matrixsync.internal.log.RoomPart;
import java.util.Set;

/**
 * The room events of one look of an application service.
 *
 * @param part the events
 * @param entered the rooms into which, with one of these events, the first of the service's users came
 */
public record ServicePart(RoomPart part, Set<RoomId> entered) {
  /** Returns who came and went in it. The service's own users are others to it too. */
  public JoinsAndLeaves joinsAndLeaves() {
    return JoinsAndLeaves.ofOthers(part).withEntered(entered);
  }
}
