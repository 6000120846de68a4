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
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Selects the presence of an answer: of the reader, of members of joined rooms and of the reader's presence list. May
 * block. Thread-safe.
 */
final class PresenceEntries {
  private final LatestFollower<UserId, PresenceChange> follower;
  private final SharedRooms sharedRooms;
  private final int onJoin;

  PresenceEntries(
      LatestFollower<UserId, PresenceChange> follower,
      SharedRooms sharedRooms,
      int presenceOnJoin) {
    this.follower = follower;
    this.sharedRooms = sharedRooms;
    this.onJoin = presenceOnJoin;
  }

  /**
   * Adds the changed presence, at most one entry per user, in the order of the changes.
   *
   * @return false if a store must be read and {@code mayBlock} is false
   */
  boolean add(AnswerScope scope, List<EncodedEvent> entries, boolean mayBlock) {
    Optional<List<PresenceChange>> changes = changes(scope, false, mayBlock);
    changes.ifPresent(due -> due.forEach(change -> entries.add(EphemeralEvents.presence(change))));
    return changes.isPresent();
  }

  /**
   * Returns the changed presence, ascending, at most one change per user; empty if a store must be read and {@code
   * mayBlock} is false.
   *
   * @param withOffline whether a join adds offline users too: a client may still show a user as online from the last
   *     time that they shared a room
   */
  Optional<List<PresenceChange>> changes(AnswerScope scope, boolean withOffline, boolean mayBlock) {
    if (scope.end().presence() == 0) {
      return Optional.of(List.of());
    }
    return changed(scope, mayBlock).map(changed -> {
      Map<UserId, PresenceChange> due = new HashMap<>(changed);
      afterJoins(scope, due.keySet(), withOffline)
          .forEach(change -> due.put(change.user(), change));
      return due.values().stream()
          .sorted(Comparator.comparingLong(PresenceChange::position))
          .toList();
    });
  }

  /** Returns the presence of {@code users} as of {@code end}. */
  List<EncodedEvent> snapshot(Collection<UserId> users, StreamToken end) {
    return follower.current(users, 0, end.presence()).stream()
        .map(EphemeralEvents::presence)
        .toList();
  }

  private Optional<Map<UserId, PresenceChange>> changed(AnswerScope scope, boolean mayBlock) {
    if (!scope.moved(EphemeralStream.PRESENCE)) {
      return Optional.of(Map.of());
    }
    long after = scope.after().presence();
    long upTo = scope.end().presence();
    Optional<Collection<PresenceChange>> cached = follower.cached(after, upTo);
    if (cached.isPresent()) {
      return seen(scope, byUser(cached.get()), mayBlock);
    }
    return mayBlock
        ? Optional.of(byUser(follower.current(around(scope), after, upTo)))
        : Optional.empty();
  }

  /**
   * Returns the presence of users who came to share a room with the reader by a join, except {@code known}: of all
   * members if the reader joined, of the new member if another user did. Offline users are left out, and the most
   * recent changes win if there are too many.
   *
   * @param withOffline whether offline users are included too, after all others and up to the bound
   */
  private List<PresenceChange> afterJoins(
      AnswerScope scope, Set<UserId> known, boolean withOffline) {
    Map<UserId, PresenceChange> found = new HashMap<>();
    Set<RoomId> entered = new HashSet<>(scope.joinsAndLeaves().entered());
    entered.retainAll(scope.rooms());
    Set<UserId> members = without(sharedRooms.membersOf(entered, scope.end().room()), known);
    if (!scope.isOfService()) {
      members.remove(scope.reader().user());
    }
    found.putAll(byUser(follower.current(members, 0, scope.end().presence())));
    Set<UserId> joiners = without(without(present(scope, entered), known), members);
    found.putAll(follower.latest(joiners));
    return found.values().stream()
        .filter(change -> change.position() <= scope.end().presence())
        .filter(change -> withOffline || !isOffline(change))
        .sorted(Comparator.comparing(PresenceEntries::isOffline)
            .thenComparing(Comparator.comparingLong(PresenceChange::position).reversed()))
        .limit(onJoin)
        .toList();
  }

  /**
   * Returns the users who joined rooms that the reader was in, and share one with the reader as of the end. A reader
   * who peeks may not have got all member events, so their membership is checked.
   */
  private Set<UserId> present(AnswerScope scope, Set<RoomId> entered) {
    Set<UserId> present = new HashSet<>();
    scope.joinsAndLeaves().joined().forEach((room, users) -> {
      if (scope.rooms().contains(room) && !entered.contains(room)) {
        present.addAll(users);
      }
    });
    return scope.isOfRoom()
        ? sharedRooms.among(present, scope.rooms(), scope.end().room(), true).orElseThrow()
        : present;
  }

  /** Returns the entries of the users whose presence the reader may see. */
  private Optional<Map<UserId, PresenceChange>> seen(
      AnswerScope scope, Map<UserId, PresenceChange> entries, boolean mayBlock) {
    Set<UserId> seen = new HashSet<>();
    Set<UserId> others = new HashSet<>();
    entries.keySet().forEach(user -> (scope.isAlwaysSeen(user) ? seen : others).add(user));
    return sharedRooms
        .among(others, scope.rooms(), scope.end().room(), mayBlock)
        .map(sharing -> {
          seen.addAll(sharing);
          Map<UserId, PresenceChange> visible = new HashMap<>(entries);
          visible.keySet().retainAll(seen);
          return visible;
        });
  }

  private static boolean isOffline(PresenceChange change) {
    return change.state() == PresenceState.OFFLINE;
  }

  private Set<UserId> around(AnswerScope scope) {
    Set<UserId> people = sharedRooms.membersOf(scope.rooms(), scope.end().room());
    if (scope.isOfUser()) {
      people.add(scope.reader().user());
      people.addAll(scope.reader().settings().presenceList());
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
