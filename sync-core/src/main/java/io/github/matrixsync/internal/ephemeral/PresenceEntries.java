package io.github.matrixsync.internal.ephemeral;

import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.encoding.EncodedEvent;
import io.github.matrixsync.internal.encoding.EphemeralEvents;
import io.github.matrixsync.internal.follow.LatestFollower;
import io.github.matrixsync.operation.EphemeralStream;
import io.github.matrixsync.store.ephemeral.PresenceChange;
import io.github.matrixsync.store.ephemeral.PresenceState;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Presence in answers: of oneself, of people in a shared joined room and of those one follows. May block. Thread-safe.
 */
final class PresenceEntries {
  private final LatestFollower<UserId, PresenceChange> follower;
  private final SharedRooms company;
  private final int onJoin;

  PresenceEntries(
      LatestFollower<UserId, PresenceChange> follower, SharedRooms company, int presenceOnJoin) {
    this.follower = follower;
    this.company = company;
    this.onJoin = presenceOnJoin;
  }

  /** Adds what is new: at most one entry per user, in the order of their changes. */
  void add(AnswerScope sight, List<EncodedEvent> entries) {
    if (sight.end().presence() == 0) {
      return;
    }
    Map<UserId, PresenceChange> due = new HashMap<>(changed(sight));
    ofThoseMet(sight, due.keySet()).forEach(change -> due.put(change.user(), change));
    due.values().stream()
        .sorted(Comparator.comparingLong(PresenceChange::position))
        .forEach(change -> entries.add(EphemeralEvents.presence(change)));
  }

  /** Returns the present presence of {@code users}, as of {@code end}. */
  List<EncodedEvent> snapshot(Collection<UserId> users, StreamToken end) {
    return follower.current(users, 0, end.presence()).stream()
        .map(EphemeralEvents::presence)
        .toList();
  }

  private Map<UserId, PresenceChange> changed(AnswerScope sight) {
    if (!sight.moved(EphemeralStream.PRESENCE)) {
      return Map.of();
    }
    long after = sight.from().presence();
    long upTo = sight.end().presence();
    return follower
        .kept(after, upTo)
        .map(changes -> seen(sight, byUser(changes)))
        .orElseGet(() -> byUser(follower.current(around(sight), after, upTo)));
  }

  /**
   * Returns the presence of those whom a join brought together with the reader, less {@code known}: of the members to
   * one who came, of who came to the members. Who is offline is left out, and the newest go first if they are too many.
   */
  private List<PresenceChange> ofThoseMet(AnswerScope sight, Set<UserId> known) {
    Map<UserId, PresenceChange> found = new HashMap<>();
    Set<RoomId> entered = new HashSet<>(sight.turnover().entered());
    entered.retainAll(sight.rooms());
    Set<UserId> members = without(company.membersOf(entered, sight.end().room()), known);
    if (!sight.ofService()) {
      members.remove(sight.reader().user());
    }
    found.putAll(byUser(follower.current(members, 0, sight.end().presence())));
    Set<UserId> met = without(without(present(sight, entered), known), members);
    found.putAll(follower.latest(met));
    return found.values().stream()
        .filter(change -> change.position() <= sight.end().presence())
        .filter(change -> change.state() != PresenceState.OFFLINE)
        .sorted(Comparator.comparingLong(PresenceChange::position).reversed())
        .limit(onJoin)
        .toList();
  }

  /**
   * Returns those who came into rooms that the reader was in, and are there with the reader as of the end. Their events
   * said so, unless somebody peeks, who may not have got them all.
   */
  private Set<UserId> present(AnswerScope sight, Set<RoomId> entered) {
    Set<UserId> present = new HashSet<>();
    sight.turnover().met().forEach((room, users) -> {
      if (sight.rooms().contains(room) && !entered.contains(room)) {
        present.addAll(users);
      }
    });
    return sight.only().isEmpty()
        ? present
        : company.among(present, sight.rooms(), sight.end().room());
  }

  /** Returns the entries of those whom the reader sees. */
  private Map<UserId, PresenceChange> seen(AnswerScope sight, Map<UserId, PresenceChange> entries) {
    Set<UserId> seen = new HashSet<>();
    Set<UserId> others = new HashSet<>();
    entries.keySet().forEach(user -> (sight.isAlwaysSeen(user) ? seen : others).add(user));
    seen.addAll(company.among(others, sight.rooms(), sight.end().room()));
    Map<UserId, PresenceChange> visible = new HashMap<>(entries);
    visible.keySet().retainAll(seen);
    return visible;
  }

  private Set<UserId> around(AnswerScope sight) {
    Set<UserId> people = company.membersOf(sight.rooms(), sight.end().room());
    if (sight.isOwn()) {
      people.add(sight.reader().user());
      people.addAll(sight.reader().preferences().presenceList());
    }
    return people;
  }

  private static Set<UserId> without(Set<UserId> users, Set<UserId> others) {
    return users.stream()
        .filter(user -> !others.contains(user))
        .collect(Collectors.toCollection(HashSet::new));
  }

  private static Map<UserId, PresenceChange> byUser(Collection<PresenceChange> changes) {
    Map<UserId, PresenceChange> byUser = new HashMap<>();
    changes.forEach(change -> byUser.put(change.user(), change));
    return byUser;
  }
}
