package io.github.matrixsync.internal.ephemeral;

import io.github.matrixsync.domain.event.ClientEvent;
import io.github.matrixsync.domain.filter.EventFilter;
import io.github.matrixsync.domain.filter.RoomEventFilter;
import io.github.matrixsync.domain.filter.RoomFilter;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.encoding.EphemeralEvents;
import io.github.matrixsync.internal.log.JoinsAndLeaves;
import io.github.matrixsync.store.ephemeral.AccountDataChange;
import io.github.matrixsync.store.ephemeral.PresenceState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Selects the presence, typing, receipts and account data of an answer of {@code /sync}: the changes that the v1 stream
 * would have, by room, filtered, and in the shapes of {@code /sync}. A stream whose part of the client's token is 0
 * gives everything that is current. May block, unless told not to. Thread-safe.
 */
final class EntriesOfSync {
  private final PresenceEntries presence;
  private final TypingEntries typing;
  private final ReceiptEntries receipts;
  private final AccountDataEntries accountData;

  EntriesOfSync(
      PresenceEntries presence,
      TypingEntries typing,
      ReceiptEntries receipts,
      AccountDataEntries accountData) {
    this.presence = presence;
    this.typing = typing;
    this.receipts = receipts;
    this.accountData = accountData;
  }

  /** Returns the entries of an answer; empty if a store must be read and {@code mayBlock} is false. */
  Optional<SyncEntries> find(SyncScope scope, Instant now, boolean mayBlock) {
    if (isNothingNew(scope)) {
      return Optional.of(SyncEntries.NONE);
    }
    if (!mayBlock && needsRead(scope)) {
      return Optional.empty();
    }
    Map<RoomId, List<ClientEvent>> ephemeral = new TreeMap<>();
    Map<RoomId, List<ClientEvent>> ofRooms = new TreeMap<>();
    List<ClientEvent> global = new ArrayList<>();
    List<ClientEvent> present = new ArrayList<>();
    boolean complete = addPresence(scope, now, present, mayBlock)
        && addEphemeral(scope, now, ephemeral, mayBlock)
        && addAccountData(scope, now, ofRooms, global, mayBlock);
    return complete
        ? Optional.of(new SyncEntries(ephemeral, ofRooms, global, present))
        : Optional.empty();
  }

  private static boolean isNothingNew(SyncScope scope) {
    return EphemeralEntries.isNothingNew(scope.range(), scope.changes());
  }

  /** Returns whether somebody joined or left, on which presence, typing and what the reader has of a room depend. */
  private static boolean needsRead(SyncScope scope) {
    StreamToken end = scope.range().end();
    return !scope.changes().entered().isEmpty()
        || (!scope.changes().isNone() && (end.presence() > 0 || end.typing() > 0));
  }

  /** Presence belongs to no room: which rooms the filter has makes no difference. */
  private boolean addPresence(
      SyncScope scope, Instant now, List<ClientEvent> found, boolean mayBlock) {
    EventFilter filter = scope.filter().presence();
    if (filter.acceptsNothing()) {
      return true;
    }
    boolean isFirst = scope.range().after().presence() == 0;
    AnswerScope answer = AnswerScope.ofUser(
        scope.reader(),
        scope.joined(),
        scope.range(),
        isFirst ? JoinsAndLeaves.NONE : scope.changes());
    return presence
        .changes(answer, true, mayBlock)
        .map(changes -> {
          changes.stream()
              .filter(
                  change -> !isFirst || scope.isAgain() || change.state() != PresenceState.OFFLINE)
              .filter(change -> filter.matches("m.presence", change.user()))
              .forEach(
                  change -> found.add(EphemeralEvents.presenceWithSender(change).at(now)));
          return true;
        })
        .orElse(false);
  }

  private boolean addEphemeral(
      SyncScope scope, Instant now, Map<RoomId, List<ClientEvent>> byRoom, boolean mayBlock) {
    RoomEventFilter filter = scope.filter().room().ephemeral();
    AnswerScope answer =
        AnswerScope.ofUser(scope.reader(), wanted(scope, filter), scope.range(), scope.changes());
    boolean none = answer.rooms().isEmpty() || filter.containsUrl().orElse(false);
    return none
        || ((!filter.matches("m.typing") || addTyping(answer, now, byRoom, mayBlock))
            && (!filter.matches("m.receipt") || addReceipts(answer, now, byRoom, mayBlock)));
  }

  /** Returns the joined rooms of which a filter wants entries. */
  private static Set<RoomId> wanted(SyncScope scope, RoomEventFilter filter) {
    if (filter.acceptsNothing()) {
      return Set.of();
    }
    RoomFilter rooms = scope.filter().room();
    Predicate<RoomId> isWanted = room -> rooms.includes(room) && filter.includes(room);
    Set<RoomId> joined = scope.joined();
    return joined.stream().allMatch(isWanted)
        ? joined
        : joined.stream().filter(isWanted).collect(Collectors.toSet());
  }

  private boolean addTyping(
      AnswerScope scope, Instant now, Map<RoomId, List<ClientEvent>> byRoom, boolean mayBlock) {
    boolean isFirst = scope.after().typing() == 0;
    Optional<Map<RoomId, List<UserId>>> changes = typing.changes(scope, mayBlock);
    Map<RoomId, List<UserId>> due = new HashMap<>(changes.orElse(Map.of()));
    if (isFirst) {
      due.values().removeIf(List::isEmpty);
    } else if (changes.isPresent() && typing.isForgotten(scope)) {
      scope.rooms().forEach(room -> due.putIfAbsent(room, List.of()));
    }
    due.forEach(
        (room, users) -> add(byRoom, room, EphemeralEvents.typingInPlace(users).at(now)));
    return changes.isPresent();
  }

  private boolean addReceipts(
      AnswerScope scope, Instant now, Map<RoomId, List<ClientEvent>> byRoom, boolean mayBlock) {
    return receipts
        .changes(scope, mayBlock)
        .map(changes -> {
          changes.forEach((room, some) ->
              add(byRoom, room, EphemeralEvents.receiptsInPlace(room, some).at(now)));
          return true;
        })
        .orElse(false);
  }

  private boolean addAccountData(
      SyncScope scope,
      Instant now,
      Map<RoomId, List<ClientEvent>> byRoom,
      List<ClientEvent> global,
      boolean mayBlock) {
    AnswerScope answer =
        AnswerScope.ofUser(scope.reader(), scope.joined(), scope.range(), JoinsAndLeaves.NONE);
    Optional<List<AccountDataChange>> changes = accountData.changes(answer, mayBlock);
    if (changes.isEmpty()) {
      return false;
    }
    Set<RoomId> entered =
        scope.range().after().accountData() == 0 ? Set.of() : scope.changes().entered();
    List<AccountDataChange> due = new ArrayList<>();
    changes.get().stream()
        .filter(change -> change.room().filter(entered::contains).isEmpty())
        .forEach(due::add);
    if (!entered.isEmpty()) {
      accountData.snapshot(scope.reader().user(), scope.range().end().accountData()).stream()
          .filter(change -> change.room().filter(entered::contains).isPresent())
          .forEach(due::add);
    }
    for (AccountDataChange change : due) {
      if (isWanted(change, scope)) {
        ClientEvent entry = EphemeralEvents.accountDataInPlace(change).at(now);
        change.room().ifPresentOrElse(room -> add(byRoom, room, entry), () -> global.add(entry));
      }
    }
    return true;
  }

  private static boolean isWanted(AccountDataChange change, SyncScope scope) {
    RoomFilter rooms = scope.filter().room();
    return change
        .room()
        .map(room -> rooms.includes(room)
            && rooms.accountData().includes(room)
            && rooms.accountData().matches(change.type(), change.content()))
        .orElseGet(() -> scope.filter().accountData().matches(change.type()));
  }

  private static void add(Map<RoomId, List<ClientEvent>> byRoom, RoomId room, ClientEvent entry) {
    byRoom.computeIfAbsent(room, key -> new ArrayList<>()).add(entry);
  }
}
