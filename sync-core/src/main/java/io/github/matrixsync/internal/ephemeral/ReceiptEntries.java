package io.github.matrixsync.internal.ephemeral;

import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.internal.encoding.EncodedEvent;
import io.github.matrixsync.internal.encoding.EphemeralEvents;
import io.github.matrixsync.internal.follow.CoalescingFollower;
import io.github.matrixsync.operation.EphemeralStream;
import io.github.matrixsync.store.ephemeral.ReceiptChange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Selects the receipts of an answer: those that changed in joined rooms, or, in a snapshot and for a room just joined,
 * the newest of each room up to a limit. A private receipt is shown only to its user. May block. Thread-safe.
 */
final class ReceiptEntries {
  private static final String PRIVATE = "m.read.private";

  private final CoalescingFollower<RoomId, ReceiptChange> follower;
  private final int perRoom;

  ReceiptEntries(CoalescingFollower<RoomId, ReceiptChange> follower, int receiptsPerRoom) {
    this.follower = follower;
    this.perRoom = receiptsPerRoom;
  }

  /**
   * Adds the changed receipts, at most one entry per room.
   *
   * @return false if a store must be read and {@code mayBlock} is false
   */
  boolean add(AnswerScope scope, List<EncodedEvent> entries, boolean mayBlock) {
    Optional<Map<RoomId, List<ReceiptChange>>> changes = changes(scope, mayBlock);
    changes.ifPresent(due -> entries.addAll(encode(due)));
    return changes.isPresent();
  }

  /** Returns the changed receipts by room; empty if a store must be read and {@code mayBlock} is false. */
  Optional<Map<RoomId, List<ReceiptChange>>> changes(AnswerScope scope, boolean mayBlock) {
    if (scope.end().receipts() == 0) {
      return Optional.of(Map.of());
    }
    Optional<Collection<ReceiptChange>> cached = cached(scope);
    if (cached.isEmpty() && !mayBlock) {
      return Optional.empty();
    }
    Set<RoomId> entered = new HashSet<>(scope.joinsAndLeaves().entered());
    entered.retainAll(scope.rooms());
    Set<RoomId> others = new HashSet<>(scope.rooms());
    others.removeAll(entered);
    Map<RoomId, List<ReceiptChange>> due = new LinkedHashMap<>(changed(scope, others, cached));
    due.putAll(newest(scope.reader().user(), entered, scope.end()));
    return Optional.of(due);
  }

  /** Returns the changes of all rooms, if they are in memory and the viewer has earlier ones. */
  private Optional<Collection<ReceiptChange>> cached(AnswerScope scope) {
    if (!scope.moved(EphemeralStream.RECEIPTS)) {
      return Optional.of(List.of());
    }
    long after = scope.after().receipts();
    return after == 0 ? Optional.empty() : follower.cached(after, scope.end().receipts());
  }

  /**
   * Returns the newest receipts of each room as of {@code end}, always with the viewer's own: one entry per room that
   * has any.
   */
  List<EncodedEvent> snapshot(UserId viewer, Set<RoomId> rooms, StreamToken end) {
    return encode(newest(viewer, rooms, end));
  }

  private Map<RoomId, List<ReceiptChange>> newest(
      UserId viewer, Set<RoomId> rooms, StreamToken end) {
    return bounded(viewer, follower.current(rooms, 0, end.receipts()));
  }

  private Map<RoomId, List<ReceiptChange>> changed(
      AnswerScope scope, Set<RoomId> rooms, Optional<Collection<ReceiptChange>> cached) {
    UserId viewer = scope.reader().user();
    long after = scope.after().receipts();
    long upTo = scope.end().receipts();
    if (cached.isEmpty() && follower.wantsEverything(after)) {
      return newest(viewer, rooms, scope.end());
    }
    Collection<ReceiptChange> changes =
        cached.orElseGet(() -> follower.current(rooms, after, upTo));
    return byRoom(viewer, changes.stream().filter(one -> rooms.contains(one.room())));
  }

  private Map<RoomId, List<ReceiptChange>> bounded(
      UserId viewer, Collection<ReceiptChange> changes) {
    Map<RoomId, List<ReceiptChange>> rooms = byRoom(viewer, changes.stream());
    rooms.replaceAll((room, receipts) -> {
      int surplus = Math.max(0, receipts.size() - perRoom);
      return Stream.concat(
              receipts.subList(0, surplus).stream().filter(one -> one.user().equals(viewer)),
              receipts.subList(surplus, receipts.size()).stream())
          .toList();
    });
    return rooms;
  }

  private static Map<RoomId, List<ReceiptChange>> byRoom(
      UserId viewer, Stream<ReceiptChange> changes) {
    Map<RoomId, List<ReceiptChange>> rooms = new LinkedHashMap<>();
    changes
        .filter(one -> !one.type().equals(PRIVATE) || one.user().equals(viewer))
        .sorted(Comparator.comparingLong(ReceiptChange::position))
        .forEach(
            one -> rooms.computeIfAbsent(one.room(), room -> new ArrayList<>()).add(one));
    return rooms;
  }

  private static List<EncodedEvent> encode(Map<RoomId, List<ReceiptChange>> rooms) {
    List<EncodedEvent> entries = new ArrayList<>();
    rooms.forEach((room, receipts) -> entries.add(EphemeralEvents.receipts(room, receipts)));
    return entries;
  }
}
