package io.github.matrixsync.internal.ephemeral;

import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.follow.CoalescingFollower;
import io.github.matrixsync.internal.log.JoinsAndLeaves;
import io.github.matrixsync.operation.EphemeralStream;
import io.github.matrixsync.store.device.DeviceListChange;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Selects the users whose devices a client must look at again, or may forget: whose devices changed and who share a
 * room with the reader, and who came to share one or ceased to. Memberships count as of both ends of the answer, so
 * the same range always has the same result. May block, unless told not to. Thread-safe.
 */
final class DeviceListEntries {
  private final CoalescingFollower<UserId, DeviceListChange> follower;
  private final SharedRooms sharedRooms;

  DeviceListEntries(
      CoalescingFollower<UserId, DeviceListChange> follower, SharedRooms sharedRooms) {
    this.follower = follower;
    this.sharedRooms = sharedRooms;
  }

  /** Returns the users for an increment; empty if a store must be read and {@code mayBlock} is false. */
  Optional<ChangedDevices> find(SyncScope scope, boolean mayBlock) {
    StreamToken after = scope.range().after();
    Optional<Set<RoomId>> before = sharedRooms.roomsOf(scope.reader(), after.room(), mayBlock);
    if (before.isEmpty()) {
      return Optional.empty();
    }
    Set<RoomId> left = new HashSet<>(before.get());
    left.removeAll(scope.joined());
    Set<RoomId> entered = new HashSet<>(scope.joined());
    entered.removeAll(before.get());
    entered.addAll(scope.changes().entered());
    boolean isSame = left.isEmpty() && entered.isEmpty() && scope.changes().isNone();
    if (!isSame && !mayBlock) {
      return Optional.empty();
    }
    Optional<Set<UserId>> ofStream = ofStream(scope, mayBlock);
    if (ofStream.isEmpty() || isSame) {
      return ofStream.map(users -> new ChangedDevices(users, Set.of()));
    }
    Set<UserId> changed = new HashSet<>(ofStream.get());
    Moves moves = new Moves(scope, before.get(), left, entered);
    changed.addAll(moves.came());
    return Optional.of(new ChangedDevices(changed, moves.gone()));
  }

  /** Returns everybody who shares a room with the reader, and the reader. May block. */
  Set<UserId> everybody(SyncScope scope) {
    Set<UserId> everybody =
        sharedRooms.membersOf(scope.joined(), scope.range().end().room());
    everybody.add(scope.reader().user());
    return everybody;
  }

  private Optional<Set<UserId>> ofStream(SyncScope scope, boolean mayBlock) {
    if (!scope.range().moved(EphemeralStream.DEVICE_LISTS)) {
      return Optional.of(Set.of());
    }
    long after = scope.range().after().deviceLists();
    long upTo = scope.range().end().deviceLists();
    boolean isEverybody = follower.wantsEverything(after);
    Optional<Collection<DeviceListChange>> cached = follower.cached(after, upTo);
    if ((isEverybody || cached.isEmpty()) && !mayBlock) {
      return Optional.empty();
    }
    if (isEverybody) {
      return Optional.of(everybody(scope));
    }
    if (cached.isEmpty()) {
      return Optional.of(users(follower.current(everybody(scope), after, upTo)));
    }
    Set<UserId> users = users(cached.get());
    boolean isOwn = users.remove(scope.reader().user());
    return sharedRooms
        .among(users, scope.joined(), scope.range().end().room(), mayBlock)
        .map(sharing -> {
          Set<UserId> seen = new HashSet<>(sharing);
          if (isOwn) {
            seen.add(scope.reader().user());
          }
          return seen;
        });
  }

  private static Set<UserId> users(Collection<DeviceListChange> changes) {
    Set<UserId> users = new HashSet<>();
    changes.forEach(change -> users.add(change.user()));
    return users;
  }

  /** Who came to share a room with the reader, and who ceased to. Confined to one thread. */
  private final class Moves {
    private final UserId self;
    private final Set<RoomId> now;
    private final Set<RoomId> before;
    private final Set<RoomId> left;
    private final Set<RoomId> entered;
    private final JoinsAndLeaves changes;
    private final long after;
    private final long upTo;

    Moves(SyncScope scope, Set<RoomId> before, Set<RoomId> left, Set<RoomId> entered) {
      this.self = scope.reader().user();
      this.now = scope.joined();
      this.before = before;
      this.left = left;
      this.entered = entered;
      this.changes = scope.changes();
      this.after = scope.range().after().room();
      this.upTo = scope.range().end().room();
    }

    /**
     * Returns those who share a room now and did not before, and those who left a room and came again, whose devices
     * may have changed while they were away.
     */
    Set<UserId> came() {
      Set<UserId> came = sharedRooms.membersOf(entered, upTo);
      changes.joined().values().forEach(came::addAll);
      came.remove(self);
      came.removeAll(among(came, before, after));
      changes.joined().forEach((room, users) -> {
        if (before.contains(room) && now.contains(room)) {
          came.addAll(among(users, Set.of(room), after));
        }
      });
      return came;
    }

    /** Returns those who shared a room before and share none now. */
    Set<UserId> gone() {
      Set<RoomId> ended = new HashSet<>(entered);
      ended.retainAll(before);
      ended.addAll(left);
      Set<UserId> moved = sharedRooms.membersOf(ended, after);
      changes.changed().values().forEach(moved::addAll);
      moved.remove(self);
      Set<UserId> gone = new HashSet<>(among(moved, before, after));
      gone.removeAll(among(gone, now, upTo));
      return gone;
    }

    private Set<UserId> among(Collection<UserId> users, Set<RoomId> rooms, long position) {
      return users.isEmpty()
          ? Set.of()
          : sharedRooms.among(List.copyOf(users), rooms, position, true).orElseThrow();
    }
  }
}
