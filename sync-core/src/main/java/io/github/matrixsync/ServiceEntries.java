package io.github.matrixsync;

import io.github.matrixsync.domain.ClientEvent;
import io.github.matrixsync.domain.EncodedEvent;
import io.github.matrixsync.domain.EphemeralEvents;
import io.github.matrixsync.domain.StreamToken;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.PresenceChange;
import io.github.matrixsync.store.ReceiptChange;
import io.github.matrixsync.store.TypingChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the answers of an application service hold besides room events: typing and receipts of its rooms, and the presence of those who are in them, as of the room part of the answer's end. It gets what changed and no more, since it
 * has no snapshot of its own; of account data, which is each user's own, it gets nothing. May block. Thread-safe.
 */
final class ServiceEntries {
  private final Following following;
  private final ServiceRooms rooms;
  private final Company company;

  ServiceEntries(Following following, ServiceRooms rooms, Company company) {
    this.following = following;
    this.rooms = rooms;
    this.company = company;
  }

  /** Returns what is new to a service between two places, in the order of the parts of a token. */
  List<ClientEvent> between(Service service, StreamToken from, StreamToken end, Instant now) {
    Collection<PresenceChange> presence = following.presence().all(from.presence(), end.presence());
    Collection<TypingChange> typing = following.typing().all(from.typing(), end.typing());
    List<ReceiptChange> receipts =
        new ArrayList<>(following.receipts().all(from.receipts(), end.receipts()));
    Map<UserId, Set<RoomId>> places = new HashMap<>();
    presence.forEach(
        change -> places.put(change.user(), company.roomsOf(change.user(), end.room())));
    Set<RoomId> asked = new HashSet<>();
    places.values().forEach(asked::addAll);
    typing.forEach(change -> asked.add(change.room()));
    receipts.forEach(change -> asked.add(change.room()));
    Set<RoomId> found = rooms.ofInterest(service, asked, end.room());

    List<EncodedEvent> entries = new ArrayList<>();
    for (PresenceChange change : presence) {
      if (places.getOrDefault(change.user(), Set.of()).stream().anyMatch(found::contains)) {
        entries.add(EphemeralEvents.presence(change));
      }
    }
    for (TypingChange change : typing) {
      if (found.contains(change.room())) {
        entries.add(typing(change, end));
      }
    }
    receipts.removeIf(receipt -> !found.contains(receipt.room()));
    entries.addAll(ReceiptEntries.encode(service.sender(), receipts));
    return entries.stream().map(entry -> ClientEvent.of(entry, now)).toList();
  }

  private EncodedEvent typing(TypingChange change, StreamToken end) {
    Set<UserId> there = company.among(change.users(), Set.of(change.room()), end.room());
    return EphemeralEvents.typing(
        change.room(), change.users().stream().filter(there::contains).toList());
  }
}
