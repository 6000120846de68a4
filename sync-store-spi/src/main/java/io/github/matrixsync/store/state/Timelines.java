package io.github.matrixsync.store.state;

import java.util.List;

/**
 * The viewer's member changes and the visibility changes of one room, which decide what the viewer may see of it.
 *
 * @param members the changes of the viewer's member event, ascending by position. A change between two memberships that
 *     are both {@code JOIN} may be left out
 * @param visibility the changes of the room's history visibility, ascending by position
 * @since 0.1.0
 */
public record Timelines(List<MemberChange> members, List<VisibilityChange> visibility) {
  /** No changes: the viewer was never a member, and the visibility was never set. */
  public static final Timelines EMPTY = new Timelines(List.of(), List.of());

  /** Copies the lists. */
  public Timelines {
    members = List.copyOf(members);
    visibility = List.copyOf(visibility);
  }
}
