package io.github.matrixsync.internal.ephemeral;

import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.encoding.EncodedEvent;
import io.github.matrixsync.internal.encoding.EphemeralEvents;
import io.github.matrixsync.internal.follow.CoalescingFollower;
import io.github.matrixsync.operation.EphemeralStream;
import io.github.matrixsync.store.ephemeral.AccountDataChange;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Selects the account data of an answer: the reader's own, independent of membership. May block. Thread-safe. */
final class AccountDataEntries {
  private final CoalescingFollower<UserId, AccountDataChange> follower;

  AccountDataEntries(CoalescingFollower<UserId, AccountDataChange> follower) {
    this.follower = follower;
  }

  /**
   * Adds the changed entries in the order of the changes. A poll for one room gets those of that room, an application
   * service gets none.
   *
   * @return false if a store must be read and {@code mayBlock} is false
   */
  boolean add(AnswerScope scope, List<EncodedEvent> entries, boolean mayBlock) {
    if (scope.isOfService()) {
      return true;
    }
    Optional<List<AccountDataChange>> changes = changes(scope, mayBlock);
    changes.orElse(List.of()).stream()
        .filter(change ->
            !scope.isOfRoom() || change.room().filter(scope.rooms()::contains).isPresent())
        .forEach(change -> entries.add(EphemeralEvents.accountData(change)));
    return changes.isPresent();
  }

  /** Returns the user's changed entries, ascending; empty if a store must be read and {@code mayBlock} is false. */
  Optional<List<AccountDataChange>> changes(AnswerScope scope, boolean mayBlock) {
    if (!scope.moved(EphemeralStream.ACCOUNT_DATA)) {
      return Optional.of(List.of());
    }
    UserId user = scope.reader().user();
    long after = scope.after().accountData();
    long upTo = scope.end().accountData();
    Optional<Collection<AccountDataChange>> cached = follower.cached(after, upTo);
    if (cached.isEmpty() && !mayBlock) {
      return Optional.empty();
    }
    Collection<AccountDataChange> changes =
        cached.orElseGet(() -> follower.current(Set.of(user), after, upTo));
    return Optional.of(
        changes.stream().filter(change -> change.user().equals(user)).toList());
  }

  /** Returns all account data of a user as of a position, global and of rooms. */
  List<AccountDataChange> snapshot(UserId user, long upTo) {
    return follower.current(Set.of(user), 0, upTo).stream()
        .filter(change -> change.user().equals(user))
        .toList();
  }
}
