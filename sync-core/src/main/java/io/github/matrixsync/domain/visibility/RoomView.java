package io.github.matrixsync.domain.visibility;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.HistoryVisibility;
import io.github.matrixsync.event.Membership;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.model.EventKind;
import io.github.matrixsync.store.model.Range;
import io.github.matrixsync.store.model.Ranges;
import io.github.matrixsync.store.model.StoredEvent;
import io.github.matrixsync.store.state.MemberChange;
import io.github.matrixsync.store.state.Timelines;
import io.github.matrixsync.store.state.VisibilityChange;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Decides which events of one room a viewer may see, from the timelines of the viewer's membership and the room's
 * history visibility. It reads no events; testing one is a binary search. Immutable, pure.
 *
 * <p>"At an event" means after the changes at its position. Between two changes the decision is the same, so the
 * history consists of ranges that are visible or hidden as a whole. Only a visibility event is decided on its own,
 * because the visibility before it counts as well.
 */
public final class RoomView {
  private final UserId viewer;
  private final Timelines timelines;
  private final long asOf;
  private final Set<UserId> ignored;
  private final Set<EventId> unwanted;

  private RoomView(
      UserId viewer, Timelines timelines, long asOf, Set<UserId> ignored, Set<EventId> unwanted) {
    this.viewer = viewer;
    this.timelines = timelines;
    this.asOf = asOf;
    this.ignored = ignored;
    this.unwanted = unwanted;
  }

  /**
   * Makes the view of {@code viewer}.
   *
   * @param timelines the room's timelines for this viewer, complete up to {@code asOf}
   * @param asOf the position of the view; later changes are ignored
   */
  public static RoomView of(UserId viewer, Timelines timelines, long asOf) {
    return new RoomView(viewer, timelines, asOf, Set.of(), Set.of());
  }

  /** Returns the same view as of another position, up to which its timelines are complete too. */
  public RoomView asOf(long position) {
    return new RoomView(viewer, timelines, position, ignored, unwanted);
  }

  /** Returns the same view without the events of these ignored users. */
  public RoomView ignoring(Set<UserId> users) {
    return new RoomView(viewer, timelines, asOf, Set.copyOf(users), unwanted);
  }

  /**
   * Returns the same view, in which these invitations, of those whom the viewer ignores, are not the viewer's latest
   * change.
   */
  public RoomView withoutInvitations(Set<EventId> invitations) {
    return new RoomView(viewer, timelines, asOf, ignored, Set.copyOf(invitations));
  }

  /**
   * Returns the view of the same user without any membership in the room, which applies after the user left and forgot
   * it.
   */
  public RoomView asStranger() {
    return new RoomView(
        viewer, new Timelines(List.of(), timelines.visibility()), asOf, ignored, unwanted);
  }

  /**
   * Returns whether the viewer may read {@code event}, which is of this room. An outlier is known to its own subject
   * alone.
   */
  public boolean shows(StoredEvent event) {
    return event.kind() == EventKind.OUTLIER
        ? event.event().isAbout(viewer) && !Ranges.ignores(viewer, ignored, event.event())
        : ranges().includes(event);
  }

  /** Returns the viewer's membership at the event at {@code position}. */
  public Membership membershipAt(long position) {
    Membership membership = Membership.LEAVE;
    for (MemberChange change : timelines.members()) {
      if (change.position() > position) {
        break;
      }
      membership = change.after();
    }
    return membership;
  }

  /** Returns whether the viewer was joined at the event at {@code position}. */
  public boolean joinedAt(long position) {
    return membershipAt(position) == Membership.JOIN;
  }

  /** Returns the room's visibility at the event at {@code position}. */
  public HistoryVisibility visibilityAt(long position) {
    HistoryVisibility visibility = HistoryVisibility.SHARED;
    for (VisibilityChange change : timelines.visibility()) {
      if (change.position() > position) {
        break;
      }
      visibility = change.after();
    }
    return visibility;
  }

  /** Returns whether the event at {@code position} is open to everybody, by the visibility before or after it. */
  public boolean worldReadableAround(long position) {
    return visibilityAt(position) == HistoryVisibility.WORLD_READABLE
        || visibilityAt(position - 1) == HistoryVisibility.WORLD_READABLE;
  }

  /**
   * Returns the viewer's latest change as of now, {@linkplain #withoutInvitations unwanted invitations} aside; empty if
   * they never had a membership.
   */
  public Optional<MemberChange> latestChange() {
    List<MemberChange> changes = memberChanges();
    return changes.isEmpty() ? Optional.empty() : Optional.of(changes.get(changes.size() - 1));
  }

  /**
   * Returns the viewer's changes as of now, ascending, {@linkplain #withoutInvitations unwanted invitations} aside.
   */
  public List<MemberChange> memberChanges() {
    List<MemberChange> changes = new ArrayList<>();
    for (MemberChange change : timelines.members()) {
      if (change.position() <= asOf && !isUnwanted(change)) {
        changes.add(change);
      }
    }
    return changes;
  }

  private boolean isUnwanted(MemberChange change) {
    return change.event().filter(unwanted::contains).isPresent();
  }

  /**
   * Returns the positions of the {@linkplain #withoutInvitations unwanted invitations} as of now, ascending. The viewer
   * may have been shown them before they were unwanted.
   */
  public List<Long> unwantedInvitations() {
    return timelines.members().stream()
        .filter(change -> change.position() <= asOf && isUnwanted(change))
        .map(MemberChange::position)
        .toList();
  }

  /**
   * Returns the invitations that have come since the viewer's last change of another kind, as of now. An invitation
   * that ended a membership is not included, because it must stay visible.
   */
  public Set<EventId> latestInvitations() {
    Set<EventId> latest = new HashSet<>();
    Optional<EventId> ending = Optional.empty();
    for (MemberChange change : timelines.members()) {
      if (change.position() <= asOf) {
        if (change.after() != Membership.INVITE || change.isDeparture()) {
          latest.clear();
          ending = change.event();
        } else if (!change.event().equals(ending)) {
          change.event().ifPresent(latest::add);
        }
      }
    }
    return latest;
  }

  /** Returns the position at which the viewer last stopped being joined; empty if they never were, or are still. */
  public OptionalLong lastDeparture() {
    OptionalLong departure = OptionalLong.empty();
    for (MemberChange change : timelines.members()) {
      if (change.position() <= asOf && change.isJoin()) {
        departure = OptionalLong.empty();
      } else if (change.position() <= asOf && change.isDeparture()) {
        departure = OptionalLong.of(change.position());
      }
    }
    return departure;
  }

  /** Returns whether the viewer left or was banned last. */
  public boolean isOut() {
    return latestChange()
        .map(MemberChange::after)
        .filter(last -> last == Membership.LEAVE || last == Membership.BAN)
        .isPresent();
  }

  /** Returns whether the viewer was joined at any time. */
  public boolean everJoined() {
    return lastJoin() > 0;
  }

  /**
   * Returns the part of the room's history that the viewer may read, as of {@code upTo}.
   *
   * @param upTo where the history ends for this purpose, at most the position as of which the view is
   */
  public Ranges ranges(long upTo) {
    List<Range> live = new ArrayList<>();
    RangeCollector collector = new RangeCollector(live, upTo);
    long lastJoin = lastJoin();
    int m = 0;
    int v = 0;
    Membership membership = Membership.LEAVE;
    HistoryVisibility visibility = HistoryVisibility.SHARED;
    long position = 0;
    while (position <= upTo) {
      collector.from(position, Visibility.allows(visibility, membership, position < lastJoin));
      long nextMember = m < members().size() ? members().get(m).position() : Long.MAX_VALUE;
      long nextVisibility = v < changes().size() ? changes().get(v).position() : Long.MAX_VALUE;
      position = Math.min(nextMember, nextVisibility);
      if (position > Math.min(upTo, asOf)) {
        break;
      }
      if (nextMember == position) {
        membership = members().get(m++).after();
      }
      if (nextVisibility == position) {
        VisibilityChange change = changes().get(v++);
        visibility = change.after();
        if (change.boundary()
            && Visibility.allows(change.before(), membership, position < lastJoin)) {
          collector.single(position);
        }
      }
    }
    collector.end();
    return new Ranges(live, upTo, Optional.of(viewer), visibleBackfill(), ignored);
  }

  /** Returns the part of the room's history that the viewer may read. */
  public Ranges ranges() {
    return ranges(asOf);
  }

  private List<MemberChange> members() {
    return timelines.members();
  }

  private List<VisibilityChange> changes() {
    return timelines.visibility();
  }

  /** Returns the position at which the last time of being joined began; 0 if there was none. */
  private long lastJoin() {
    long join = 0;
    for (MemberChange change : timelines.members()) {
      if (change.position() <= asOf && change.isJoin()) {
        join = change.position();
      }
    }
    return join;
  }

  /**
   * Backfill lies before every live event: whoever ever came in, came in later. Whether they were invited or joined
   * back then is not known, so it hides.
   */
  private Set<HistoryVisibility> visibleBackfill() {
    Set<HistoryVisibility> visible = EnumSet.of(HistoryVisibility.WORLD_READABLE);
    if (everJoined()) {
      visible.add(HistoryVisibility.SHARED);
    }
    return visible;
  }
}
