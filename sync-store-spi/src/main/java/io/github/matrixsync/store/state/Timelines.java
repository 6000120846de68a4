package io.github.matrixsync.store.state;

import java.util.List;

/**
 * The two short histories from which it follows what one viewer may see of one room.
 *
 * @param members the changes of the viewer's member event, ascending by position. A change between two memberships that
 *     are both {@code JOIN} may be left out
 * @param visibility the changes of the room's history visibility, ascending by position
 * @since 0.1.0
 */
public record Timelines(List<MemberChange> members, List<VisibilityChange> visibility) {
  /** Nothing ever changed: never a member, visibility never set. */
  public static final Timelines EMPTY = new Timelines(List.of(), List.of());

  /** Copies the lists. */
  public Timelines {
    members = List.copyOf(members);
    visibility = List.copyOf(visibility);
  }
}
