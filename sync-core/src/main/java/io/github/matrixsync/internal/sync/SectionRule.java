package io.github.matrixsync.internal.sync;

import io.github.matrixsync.event.Membership;
import io.github.matrixsync.internal.room.Section;
import io.github.matrixsync.store.state.MemberChange;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Decides in which section of an answer a room stands, and from where to where it is told, by the viewer's member
 * changes alone. Pure.
 */
final class SectionRule {
  private SectionRule() {}

  /**
   * Where a room stands in an answer.
   *
   * @param section its section
   * @param coverage from where it is told
   * @param upTo the position up to which it is told: the end of the answer, or the viewer's departure
   * @param told the position up to which an earlier stay of the viewer was told, if the room is told from its beginning
   *     again
   * @param own the viewer's last change
   */
  record Place(
      Section section, Coverage coverage, long upTo, OptionalLong told, MemberChange own) {}

  /** From where an answer tells a room. */
  enum Coverage {
    /** What is new since the client's token: the viewer was joined from there to the end, or to the departure. */
    SINCE,
    /** All there is, because all is asked for. */
    WHOLE,
    /** All there is, because the viewer joined since the client's token. */
    NEW,
    /** The viewer's own member events alone: of an invitation or a knock, or of the end of one. */
    OWN
  }

  /**
   * Returns the place of a room in an answer to a client that has everything up to a position; empty if the answer does
   * not list it for the viewer's membership. It may still list it for its events if the viewer is joined throughout,
   * which gives {@link Coverage#SINCE} as well.
   *
   * @param changes the viewer's changes, ascending, without unwanted invitations
   * @param unwanted the positions of the unwanted invitations
   * @param after the position up to which the client has everything
   * @param end the end of the answer
   */
  static Optional<Place> since(
      List<MemberChange> changes, List<Long> unwanted, long after, long end) {
    Walk walk = new Walk(after, unwanted);
    changes.stream().filter(change -> change.position() <= end).forEach(walk::pass);
    MemberChange last = walk.last;
    if (last == null) {
      return Optional.empty();
    }
    return switch (last.after()) {
      case JOIN ->
        Optional.of(
            walk.moved
                ? new Place(Section.JOIN, Coverage.NEW, end, walk.told(), last)
                : new Place(Section.JOIN, Coverage.SINCE, end, OptionalLong.empty(), last));
      case LEAVE, BAN -> walk.moved ? Optional.of(walk.left(last)) : Optional.empty();
      case INVITE -> walk.moved ? Optional.of(own(Section.INVITE, end, last)) : Optional.empty();
      case KNOCK -> walk.moved ? Optional.of(own(Section.KNOCK, end, last)) : Optional.empty();
    };
  }

  /**
   * Returns the place of a room in an answer that has everything; empty if the viewer has no membership there. Whether
   * rooms that the viewer left are listed is not decided here.
   */
  static Optional<Place> whole(List<MemberChange> changes, long end) {
    Walk walk = new Walk(end, List.of());
    changes.stream().filter(change -> change.position() <= end).forEach(walk::pass);
    MemberChange last = walk.last;
    if (last == null) {
      return Optional.empty();
    }
    return switch (last.after()) {
      case JOIN ->
        Optional.of(new Place(Section.JOIN, Coverage.WHOLE, end, OptionalLong.empty(), last));
      case INVITE -> Optional.of(own(Section.INVITE, end, last));
      case KNOCK -> Optional.of(own(Section.KNOCK, end, last));
      case LEAVE, BAN ->
        walk.departure.isPresent()
            ? Optional.of(new Place(
                Section.LEAVE,
                Coverage.WHOLE,
                walk.departure.getAsLong(),
                OptionalLong.empty(),
                last))
            : Optional.empty();
    };
  }

  private static Place own(Section section, long end, MemberChange last) {
    return new Place(section, Coverage.OWN, end, OptionalLong.empty(), last);
  }

  /** Passes the changes one by one. Confined to one thread. */
  private static final class Walk {
    private final long after;
    private final List<Long> unwanted;
    private @Nullable MemberChange last;
    private boolean joinedAtStart;
    private boolean moved;
    private boolean joinedSince;
    private boolean hasJoined;
    private long firstJoin;

    /** Whether the viewer was invited, or knocked, after the last stay. */
    private boolean invitedAgain;

    /** Whether that was so at the token. */
    private boolean invitedBefore;

    private OptionalLong departure = OptionalLong.empty();

    /** The last departure before the token. */
    private OptionalLong departureBefore = OptionalLong.empty();

    private Walk(long after, List<Long> unwanted) {
      this.after = after;
      this.unwanted = unwanted;
    }

    private void pass(MemberChange change) {
      boolean isJoined = change.after() == Membership.JOIN;
      boolean wasJoined = last == null ? change.before() == Membership.JOIN : isJoined(last);
      last = change;
      hasJoined |= wasJoined;
      if (wasJoined && !isJoined) {
        departure = OptionalLong.of(change.position());
      }
      if (!wasJoined && isJoined) {
        firstJoin = hasJoined ? firstJoin : change.position();
        hasJoined = true;
        invitedAgain = false;
      }
      invitedAgain |= departure.isPresent() && !isJoined && isInvitation(change);
      if (change.position() <= after) {
        joinedAtStart = isJoined;
        departureBefore = departure;
        invitedBefore = invitedAgain;
      } else if (!wasJoined || !isJoined) {
        moved = true;
        joinedSince |= isJoined;
      }
    }

    private static boolean isJoined(MemberChange change) {
      return change.after() == Membership.JOIN;
    }

    private static boolean isInvitation(MemberChange change) {
      return change.after() == Membership.INVITE || change.after() == Membership.KNOCK;
    }

    /**
     * Returns up to where an earlier stay was told: up to the token if it held there, else up to its end before. If an
     * invitation or a knock followed, only the beginning of the first stay is certain to be told: an answer that ends
     * with the invitation lists the invitation alone, and nothing of the stays since the token of its request.
     */
    private OptionalLong told() {
      if (joinedAtStart) {
        return OptionalLong.of(after);
      }
      if (departureBefore.isEmpty()) {
        return departureBefore;
      }
      long left = departureBefore.getAsLong();
      boolean mayBeHidden = invitedBefore
          || unwanted.stream().anyMatch(invitation -> invitation > left && invitation <= after);
      return OptionalLong.of(mayBeHidden ? firstJoin : left);
    }

    private Place left(MemberChange last) {
      if (joinedSince) {
        return new Place(Section.LEAVE, Coverage.NEW, departure.orElseThrow(), told(), last);
      }
      if (joinedAtStart) {
        return new Place(
            Section.LEAVE, Coverage.SINCE, departure.orElseThrow(), OptionalLong.empty(), last);
      }
      return new Place(Section.LEAVE, Coverage.OWN, last.position(), OptionalLong.empty(), last);
    }
  }
}
