package io.github.matrixsync.law.sync;

import io.github.matrixsync.law.sync.SyncLog.Step;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one user must be told of a log: which rooms, in which section, and which events, from the definitions and
 * slowly. It shares no code with the engine. Confined to one thread.
 */
final class SyncOracle {
  private final SyncLog log;
  private final String user;

  SyncOracle(SyncLog log, String user) {
    this.log = log;
    this.user = user;
  }

  /** From where a room is told. */
  enum Coverage {
    /** What is new: the user was joined from the token on. */
    SINCE,
    /** All there is. */
    WHOLE,
    /** The user's own member events alone. */
    OWN
  }

  /**
   * Where a room stands in an answer.
   *
   * @param end the position up to which it is told
   * @param isNew whether the user joined since the token
   */
  record Place(Section section, Coverage coverage, long end, boolean isNew) {}

  String user() {
    return user;
  }

  private Set<String> ignored() {
    return log.ignored.getOrDefault(user, Set.of());
  }

  /** Returns whether the user ignores the sender of an event that is not state, or of an invitation of the user. */
  boolean isUnwanted(LoggedEvent event) {
    boolean ofIgnored = !event.sender().equals(user) && ignored().contains(event.sender());
    return ofIgnored
        && (!event.isState() || (event.isAbout(user) && event.value().equals("invite")));
  }

  /** Returns the user's membership changes; invitations by ignored users are not, unless they ended a stay. */
  List<Step> steps(String room, long upTo) {
    List<Step> steps = new ArrayList<>();
    boolean isIn = false;
    for (Step step : log.memberships(user, room, upTo)) {
      if (isIn || step.event().filter(this::isUnwanted).isEmpty()) {
        steps.add(step);
        isIn = step.isJoin();
      }
    }
    return steps;
  }

  private static String membership(List<Step> steps, long at) {
    String membership = "none";
    for (Step step : steps) {
      membership = step.position() <= at ? step.membership() : membership;
    }
    return membership;
  }

  /** Returns the user's membership, without invitations by ignored users. */
  String membership(String room, long at) {
    return membership(steps(room, at), at);
  }

  /** Returns where a user's last stay of a room ended; empty if the user is joined or never was. */
  OptionalLong departure(String room, long upTo) {
    OptionalLong departure = OptionalLong.empty();
    boolean isIn = false;
    for (Step step : steps(room, upTo)) {
      if (step.isJoin()) {
        departure = OptionalLong.empty();
      } else if (isIn) {
        departure = OptionalLong.of(step.position());
      }
      isIn = step.isJoin();
    }
    return departure;
  }

  /** Returns where a room stands in an increment; empty if it is not listed for the membership. */
  Optional<Place> increment(String room, long since, long now) {
    List<Step> steps = steps(room, now);
    boolean wasIn = membership(steps, since).equals("join");
    boolean isIn = wasIn;
    boolean hasMoved = false;
    boolean hasJoined = false;
    for (Step step : steps) {
      if (step.position() > since) {
        hasMoved |= !isIn || !step.isJoin();
        hasJoined |= step.isJoin() && !isIn;
        isIn = step.isJoin();
      }
    }
    return switch (membership(steps, now)) {
      case "join" ->
        Optional.of(
            hasMoved
                ? new Place(Section.JOIN, Coverage.WHOLE, now, true)
                : new Place(Section.JOIN, Coverage.SINCE, now, false));
      case "invite" -> found(hasMoved, new Place(Section.INVITE, Coverage.OWN, now, false));
      case "knock" -> found(hasMoved, new Place(Section.KNOCK, Coverage.OWN, now, false));
      case "none" -> Optional.empty();
      default -> {
        boolean wasTold = wasIn || hasJoined;
        long end = wasTold ? departure(room, now).orElse(now) : now;
        Coverage coverage = hasJoined ? Coverage.WHOLE : wasIn ? Coverage.SINCE : Coverage.OWN;
        yield found(hasMoved, new Place(Section.LEAVE, coverage, end, hasJoined));
      }
    };
  }

  private static Optional<Place> found(boolean isFound, Place place) {
    return isFound ? Optional.of(place) : Optional.empty();
  }

  /** Returns where a room stands in an answer that has everything; empty if it is not listed. */
  Optional<Place> whole(String room, long now, boolean withLeft) {
    return switch (membership(room, now)) {
      case "join" -> Optional.of(new Place(Section.JOIN, Coverage.WHOLE, now, false));
      case "invite" -> Optional.of(new Place(Section.INVITE, Coverage.OWN, now, false));
      case "knock" -> Optional.of(new Place(Section.KNOCK, Coverage.OWN, now, false));
      default -> {
        OptionalLong departure = departure(room, now);
        boolean isForgotten = log.forgotten.getOrDefault(user, Set.of()).contains(room);
        yield departure.isEmpty() || isForgotten || !(withLeft || wasRemoved(room, now))
            ? Optional.empty()
            : Optional.of(new Place(Section.LEAVE, Coverage.WHOLE, departure.getAsLong(), false));
      }
    };
  }

  /** Returns whether a member event of somebody else ended the user's last stay. */
  private boolean wasRemoved(String room, long now) {
    long end = departure(room, now).orElse(0);
    return steps(room, now).stream()
        .filter(step -> step.position() == end)
        .anyMatch(
            step -> step.event().filter(event -> !event.sender().equals(user)).isPresent());
  }

  /** Returns the events of {@code (since, end]} that are due to a user who was joined up to the end, or left at it. */
  List<LoggedEvent> due(String room, long since, long end, SyncWish wish) {
    return log.of(room, end).stream()
        .filter(event -> event.isLive() && event.position() > since)
        .filter(event -> !isUnwanted(event) && wish.wants(event))
        .filter(event -> isDue(event))
        .toList();
  }

  /** Returns whether the user was joined at an event, sent it, or is its subject. */
  private boolean isDue(LoggedEvent event) {
    return event.isAbout(user)
        || event.sender().equals(user)
        || log.membership(user, event.room(), event.position()).equals("join");
  }

  /** Returns the room's history up to a position as the user may see it then, by depth and position. */
  List<LoggedEvent> history(String room, long end, SyncWish wish) {
    return log.of(room, end).stream()
        .filter(event -> !event.isOutlier() && !log.isPurged(event) && !isUnwanted(event))
        .filter(event -> wish.wants(event) && sees(event, end))
        .sorted(
            Comparator.comparingLong(LoggedEvent::depth).thenComparingLong(LoggedEvent::position))
        .toList();
  }

  /** Returns whether the user may see an event of a room, as of a position. */
  boolean sees(LoggedEvent event, long now) {
    if (event.isAbout(user) || event.sender().equals(user)) {
      return true;
    }
    boolean joinsLater = joinsLater(event, now);
    if (event.position() < 0) {
      return event.visibility() != null && mayRead(event.visibility(), "none", joinsLater);
    }
    String membership = log.membership(user, event.room(), event.position());
    boolean changesVisibility = event.tookItsEntry() && event.type().equals(LoggedEvent.VISIBILITY);
    return mayRead(log.visibility(event.room(), event.position()), membership, joinsLater)
        || (changesVisibility
            && mayRead(log.visibility(event.room(), event.position() - 1), membership, joinsLater));
  }

  private boolean joinsLater(LoggedEvent event, long now) {
    boolean isIn = false;
    for (Step step : log.memberships(user, event.room(), now)) {
      if (step.position() > event.position() && step.isJoin() && !isIn) {
        return true;
      }
      isIn = step.isJoin();
    }
    return false;
  }

  private static boolean mayRead(
      @Nullable String visibility, String membership, boolean joinsLater) {
    if ("world_readable".equals(visibility) || membership.equals("join")) {
      return true;
    }
    if ("joined".equals(visibility)) {
      return false;
    }
    return "invited".equals(visibility) ? membership.equals("invite") : joinsLater;
  }
}
