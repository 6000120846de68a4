package io.github.matrixsync.internal.room;

import io.github.matrixsync.domain.visibility.RoomView;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.internal.log.WindowEntry;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The part of one room that an answer contains for a viewer who is or was joined to it.
 *
 * @param room the room
 * @param section its section, join or leave
 * @param after the position up to which the client has the room's events; 0: the client has none, and the timeline is
 *     the end of the room's history
 * @param upTo the position up to which the room is told
 * @param allState whether the client has none of the room's state
 * @param isNew whether the viewer joined since the client's token
 * @param told up to where an earlier stay was told
 * @param view what the viewer may see; null if the viewer was joined throughout, and may see everything
 * @param entries the room's events after {@code after} up to {@code upTo}, ascending; null if they are not in the
 *     window
 */
// More than five parameters: one for each thing that differs between the parts of rooms.
public record RoomScope(
    RoomId room,
    Section section,
    long after,
    long upTo,
    boolean allState,
    boolean isNew,
    OptionalLong told,
    @Nullable RoomView view,
    @Nullable List<WindowEntry> entries) {
  /** Returns the scope of a room that the viewer was joined to throughout, with its events in the window. */
  public static RoomScope inWindow(RoomId room, long after, long upTo, List<WindowEntry> entries) {
    return new RoomScope(
        room,
        Section.JOIN,
        after,
        upTo,
        false,
        false,
        OptionalLong.empty(),
        null,
        List.copyOf(entries));
  }

  /** Returns the same scope with all of the room's state. */
  public RoomScope withAllState() {
    return new RoomScope(room, section, after, upTo, true, isNew, told, view, entries);
  }

  /** Returns the same scope with its events in the window. */
  public RoomScope withEntries(List<WindowEntry> inWindow) {
    List<WindowEntry> upToEnd =
        inWindow.stream().filter(entry -> entry.position() <= upTo).toList();
    return new RoomScope(room, section, after, upTo, allState, isNew, told, view, upToEnd);
  }

  /** Returns whether the timeline is the end of the room's history, not what is new. */
  public boolean isHistory() {
    return after == 0;
  }

  public boolean isLeft() {
    return section == Section.LEAVE;
  }
}
